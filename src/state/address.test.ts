import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeLink, encodeLink, type DecodedLink } from '../spec/link.ts';
import { pageParts } from '../spec/linkPage.ts';
import { FOLLOW_MS, followAddress, type AddressWindow } from './address.ts';
import { CHANGES_MS, MOST_CHANGES } from './addressAllowance.ts';
import { createSpecStore, type SpecStore } from './specStore.ts';

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
  /** Whether a way through the history takes a moment, as it does in browsers. */
  slow = false;
  go(delta: number): void {
    if (this.slow) setTimeout(() => this.move(delta), 5);
    else this.move(delta);
  }
  private move(delta: number): void {
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

function open(hash = '', prepare: (store: SpecStore) => void = () => {}) {
  const window = new FakeWindow(hash);
  const first = decodeLink(window.location.hash);
  const store = createSpecStore(first.spec);
  prepare(store);
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

  test('goes with undo and redo by keys through the same entries as Back and Forward', () => {
    const { window, store } = open();
    store.getState().commit(sigma(0.1));
    store.getState().commit(sigma(0.2));
    store.getState().commit(sigma(0.3));
    const entries = window.entries.map(({ url }) => url);
    store.getState().undo();
    store.getState().undo();
    expect([window.location.hash, window.at]).toEqual(['#v=1&lab=drift&sigma=0.1', 1]);
    window.go(-1);
    expect([store.getState().spec.drift.sigma, window.at]).toEqual([0.02, 0]);
    store.getState().redo();
    expect([store.getState().spec.drift.sigma, window.at]).toEqual([0.1, 1]);
    window.go(2);
    expect(store.getState().spec.drift.sigma).toBe(0.3);
    expect([store.getState().past.length, store.getState().future.length]).toEqual([3, 0]);
    expect(window.entries.map(({ url }) => url)).toEqual(entries);
  });

  test('whatever is chosen, undone, redone, dragged or gone back to, holds the spec on screen', () => {
    const act = fc.oneof(
      fc.record({ act: fc.constantFrom('commit', 'drag', 'drop', 'show'), value: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ act: fc.constantFrom('undo', 'redo', 'back', 'forward', 'wait'), value: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.boolean(), (acts, slow) => {
        const { window, store, address } = open();
        window.slow = slow;
        for (const { act: name, value } of acts) {
          const { commit, drag, show, undo, redo } = store.getState();
          if (name === 'commit' || name === 'drop') commit(sigma(value));
          else if (name === 'drag') drag(sigma(value / 10));
          else if (name === 'show') show({ panels: value % 2 === 0 ? ['walk'] : [] });
          else if (name === 'undo') undo();
          else if (name === 'redo') redo();
          else if (name === 'wait') vi.advanceTimersByTime(400);
          else window.go(name === 'back' ? -1 : 1);
        }
        address.flush();
        vi.advanceTimersByTime(60_000);
        expect(window.location.hash.replace(/^#/, '')).toBe(encodeLink(store.getState().spec));
        address.stop();
      }),
      { numRuns: 300 },
    );
  });

  test('takes over what was edited before it could be followed, choice by choice', () => {
    const { window, store } = open('', (early) => {
      early.getState().commit(sigma(0.1));
      early.getState().commit(sigma(0.2));
    });
    expect(window.entries.map(({ url }) => url)).toEqual([
      '/lab/',
      '/lab/#v=1&lab=drift&sigma=0.1',
      '/lab/#v=1&lab=drift&sigma=0.2',
    ]);
    window.go(-1);
    expect(store.getState().spec.drift.sigma).toBe(0.1);
  });

  test('is never changed more often than a browser takes, and is right in the end', () => {
    const { window, store } = open();
    for (let k = 1; k <= 3 * MOST_CHANGES; k++) {
      store.getState().commit(sigma(k));
      vi.advanceTimersByTime(20);
    }
    expect(window.changes).toBeLessThanOrEqual(MOST_CHANGES + 1);
    vi.advanceTimersByTime(2 * CHANGES_MS);
    expect(window.location.hash).toBe(`#v=1&lab=drift&sigma=${3 * MOST_CHANGES}`);
    expect(store.getState().spec.drift.sigma).toBe(3 * MOST_CHANGES);
  });

  test('in a frame adds nothing to the history of the page around it', () => {
    const { window, store } = open('#v=1&lab=drift&sigma=0.1&embed=1');
    store.getState().commit(sigma(0.2));
    store.getState().commit(sigma(0.3));
    store.getState().undo();
    expect(window.entries.length).toBe(1);
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.2&embed=1');
  });

  test('of a place in the page is put back to the link, and changes nothing', () => {
    const { window, store } = open('#v=1&lab=drift&sigma=0.1');
    window.type('#settings');
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.1');
    expect(store.getState().spec.drift.sigma).toBe(0.1);
    expect(store.getState().past.length).toBe(0);
  });

  test('keeps what the sender saw while the same result is on screen, and has it again after undo', () => {
    const seen = '#v=1&lab=drift&sigma=0.1&seen=auc:.8';
    const { window, store } = open(seen);
    store.getState().show({ panels: ['walk'] });
    expect(window.location.hash).toBe('#v=1&lab=drift&panels=walk&sigma=0.1&seen=auc:.8');
    store.getState().commit(sigma(0.2));
    expect(window.location.hash).toBe('#v=1&lab=drift&panels=walk&sigma=0.2');
    store.getState().undo();
    expect(window.location.hash).toContain('seen=auc:.8');
  });

  test('keeps where own rows lie as long as they are the same rows', () => {
    const own = 'own=rows:8,dims:2,embeddings:0123456789abcdef,labels:0123456789abcdef,target:-';
    const { window, store } = open(`#v=1&lab=drift&data=own&${own}&file=mine.npy&from=x.npy,y.csv`);
    store.getState().commit(sigma(0.2));
    expect(window.location.hash).toBe(`#v=1&lab=drift&data=own&${own}&sigma=0.2&file=mine.npy&from=x.npy,y.csv`);
    store.getState().commit({ data: { id: 'tweets', own: null } });
    expect(window.location.hash).toBe('#v=1&lab=drift&sigma=0.2');
  });

  test('shows the page otherwise without a step of history', () => {
    const { window, address } = open('#v=1&lab=drift&sigma=0.1&colour=blue&present=1');
    address.show({});
    expect(window.entries.map(({ url }) => url)).toEqual(['/lab/#v=1&lab=drift&sigma=0.1&colour=blue']);
  });

  test('leaves two pages to themselves', () => {
    const [one, two] = [open('#sigma=0.5'), open('#sigma=0.5')];
    one.store.getState().commit(sigma(0.7));
    two.window.go(-1);
    expect(one.store.getState().spec.drift.sigma).toBe(0.7);
    expect(two.store.getState().spec.drift.sigma).toBe(0.5);
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
