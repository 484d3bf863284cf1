import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeLink, encodeLink, type DecodedLink } from '../spec/link.ts';
import { pageParts } from '../spec/linkPage.ts';
import { FOLLOW_MS, followAddress, type AddressWindow } from './address.ts';
import { createSpecStore } from './specStore.ts';

interface Entry {
  readonly url: string;
  readonly state: unknown;
}

/** A window's history as browsers have it: Back and Forward move in it and say popstate. */
class FakeWindow implements AddressWindow {
  entries: Entry[];
  at = 0;
  changes = 0;
  private readonly listeners = new Map<string, Set<() => void>>();

  constructor(hash = '') {
    this.entries = [{ url: `/lab/${hash}`, state: null }];
  }
  get location() {
    const { url } = this.entries[this.at];
    const cut = url.indexOf('#');
    return { hash: cut < 0 ? '' : url.slice(cut), pathname: '/lab/', search: '' };
  }
  get history() {
    const { state } = this.entries[this.at];
    return {
      state,
      pushState: (data: unknown, _: string, url?: string | URL | null) => {
        this.changes++;
        this.entries = [...this.entries.slice(0, ++this.at), { url: String(url), state: data }];
      },
      replaceState: (data: unknown, _: string, url?: string | URL | null) => {
        this.changes++;
        this.entries[this.at] = { url: String(url), state: data };
      },
      go: (delta = 0) => this.go(delta),
    };
  }
  go(delta: number): void {
    this.at = Math.min(this.entries.length - 1, Math.max(0, this.at + delta));
    this.say('popstate');
  }
  /** A person edits the address. */
  type(hash: string): void {
    this.entries = [...this.entries.slice(0, ++this.at), { url: `/lab/${hash}`, state: null }];
    this.say('popstate');
  }
  say(type: string): void {
    for (const listener of this.listeners.get(type) ?? []) listener();
  }
  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }
  removeEventListener(type: string, listener: () => void): void {
    this.listeners.get(type)?.delete(listener);
  }
}

function open(hash = '') {
  const window = new FakeWindow(hash);
  const first = decodeLink(window.location.hash);
  const store = createSpecStore(first.spec);
  const opened: DecodedLink[] = [];
  const address = followAddress(window, store, { encodeLink, decodeLink, pageParts }, first, (link) =>
    opened.push(link),
  );
  return { window, store, address, opened };
}
const sigma = (value: number) => ({ drift: { sigma: value } });

describe('the address', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('follows a choice as a new entry, and Back takes it back as undo does', () => {
    const { window, store } = open();
    store.getState().commit({ data: { id: 'prompts' } });
    expect(window.location.hash).toBe('#v=1&lab=drift&data=prompts');
    store.getState().commit({ probe: { C: 10 } });
    expect(window.entries.length).toBe(3);
    window.go(-1);
    expect(store.getState().spec).toMatchObject({ data: { id: 'prompts' }, probe: { C: 1 } });
    expect(store.getState().future.length).toBe(1);
    window.go(-1);
    expect(window.location.hash).toBe('');
    expect(store.getState().spec.data.id).toBe('tweets');
    window.go(1);
    expect(store.getState().spec.data.id).toBe('prompts');
    expect(store.getState().future.length).toBe(1);
  });

  test('follows a drag in one entry, seldom while it lasts and once when it ends', () => {
    const { window, store } = open();
    for (let k = 1; k <= 100; k++) {
      store.getState().drag(sigma(k / 100));
      vi.advanceTimersByTime(10);
    }
    expect(window.changes).toBeLessThanOrEqual(Math.ceil(1000 / FOLLOW_MS));
    store.getState().commit(sigma(1));
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=1');
    expect(window.entries.length).toBe(2);
    vi.advanceTimersByTime(5000);
    expect(window.entries.length).toBe(2);
    window.go(-1);
    expect(store.getState().spec.drift.sigma).toBe(0.02);
  });

  test('is right at once when a short drag ends', () => {
    const { window, store } = open();
    store.getState().drag(sigma(0.5));
    expect(window.location.hash).toBe('');
    store.getState().commit(sigma(0.5));
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.5');
  });

  test('keeps nothing of a drag that is undone before it was written', () => {
    const { window, store } = open();
    store.getState().drag(sigma(0.5));
    store.getState().undo();
    vi.advanceTimersByTime(5000);
    expect(window.entries.map(({ url }) => url)).toEqual(['/lab/']);
  });

  test('after undo by a key, Back goes on to the state before', () => {
    const { window, store } = open();
    store.getState().commit(sigma(0.1));
    store.getState().commit(sigma(0.2));
    store.getState().undo();
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.1');
    window.go(-1);
    expect(store.getState().spec.drift.sigma).toBe(0.02);
  });

  test('opens what a person types, and says what could not be read', () => {
    const { window, store, opened } = open();
    window.type('#sigma=0.3&bins=0&colour=blue');
    expect(store.getState().spec.drift.sigma).toBe(0.3);
    expect(opened[0].problems.map(({ name }) => name)).toEqual(['bins']);
    store.getState().commit(sigma(0.4));
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.4&colour=blue');
  });

  test('keeps how the page is shown and drops what the sender saw once the spec moves', () => {
    const { window, store } = open('#v=1&lab=drift&sigma=0.1&embed=1&seen=auc:.8');
    store.getState().commit(sigma(0.2));
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.2&embed=1');
  });

  test('opening a panel rewrites the entry and leaves no step of history', () => {
    const { window, store } = open();
    store.getState().show({ panels: ['walk'] });
    expect(window.location.hash).toBe('#v=1&lab=drift&panels=walk');
    expect(window.entries.length).toBe(1);
  });

  test('writes what waits when the page is left', () => {
    const { window, store } = open();
    store.getState().drag(sigma(0.7));
    window.say('pagehide');
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.7');
  });
});
