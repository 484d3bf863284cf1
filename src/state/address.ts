import type { DecodedLink, LinkParts, PageName } from '../spec/link.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type { SpecState, SpecStore } from './specStore.ts';

/** How often the address follows a drag. Chromium refuses more than 200 changes in half a minute. */
export const FOLLOW_MS = 160;

/** The parts of a window that the address bar needs. */
export interface AddressWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'go'> & { readonly state: unknown };
  addEventListener(type: 'popstate' | 'hashchange' | 'pagehide', listener: () => void): void;
  removeEventListener(type: 'popstate' | 'hashchange' | 'pagehide', listener: () => void): void;
}

/** The codec, which is loaded when it is first needed. */
export interface LinkCodec {
  encodeLink(spec: ExperimentSpec, extra?: LinkParts): string;
  decodeLink(link: string): DecodedLink;
}

export interface Address {
  /** Writes what is still waiting. */
  flush(): void;
  stop(): void;
}

interface Place {
  readonly labStep: number;
}

const stepOf = (state: unknown): number => {
  const step = (state as Partial<Place> | null)?.labStep;
  return typeof step === 'number' ? step : 0;
};

/** Page settings stay in the address when the spec moves; what the sender saw does not. */
const KEPT: readonly PageName[] = ['embed', 'only', 'hide', 'present'];

/**
 * Keeps address and spec together. A discrete choice becomes an entry of the history, so that Back takes it back; a drag
 * rewrites the entry it is in, at most every {@link FOLLOW_MS} and once more when it ends. `opened` is told of every link
 * that a person opens (by Back, Forward, or typing), so that what it could not read can be shown.
 */
export function followAddress(
  window: AddressWindow,
  store: SpecStore,
  codec: LinkCodec,
  first: DecodedLink,
  opened: (link: DecodedLink) => void,
): Address {
  let extra: LinkParts = extraOf(first);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let written = codec.encodeLink(store.getState().spec, extra);
  let step = stepOf(window.history.state);
  /** The spec comes from the address itself: it is not written back as a new entry. */
  let reading = false;

  const url = (link: string) => `${window.location.pathname}${window.location.search}${link === '' ? '' : `#${link}`}`;
  const write = (how: 'push' | 'replace'): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const link = codec.encodeLink(store.getState().spec, extra);
    if (link === written) return;
    written = link;
    if (how === 'push') window.history.pushState({ labStep: ++step }, '', url(link));
    else window.history.replaceState({ labStep: step }, '', url(link));
  };
  /** A drag has one entry of its own: made by its first write, rewritten by the others. */
  let entered = false;
  const writeDrag = (): void => {
    write(entered ? 'replace' : 'push');
    entered = true;
  };
  const flush = (): void => {
    if (waiting !== undefined) writeDrag();
  };

  const follow = (now: SpecState, before: SpecState): void => {
    if (reading) return;
    if (now.dragStart !== null) {
      if (before.dragStart === null) entered = false;
      if (now.spec !== before.spec) waiting ??= setTimeout(writeDrag, FOLLOW_MS);
    } else if (before.dragStart !== null) {
      writeDrag();
    } else if (now.spec !== before.spec) {
      const chosen = now.past.length > before.past.length && now.future.length === 0;
      write(chosen ? 'push' : 'replace');
    }
  };

  const read = (): void => {
    const link = window.location.hash.replace(/^#/, '');
    const next = stepOf(window.history.state);
    const back = next < step;
    step = next;
    const decoded = codec.decodeLink(link);
    extra = extraOf(decoded);
    const canonical = codec.encodeLink(decoded.spec, extra);
    // Undo by a key rewrites its entry, so two entries can be alike: Back then means the one before.
    if (canonical === written && back && next > 0) return window.history.go(-1);
    written = canonical;
    clearTimeout(waiting);
    waiting = undefined;
    reading = true;
    take(store, decoded.spec);
    reading = false;
    opened(decoded);
  };

  const stopListening = store.subscribe(follow);
  window.addEventListener('popstate', read);
  window.addEventListener('pagehide', flush);
  return {
    flush,
    stop() {
      clearTimeout(waiting);
      stopListening();
      window.removeEventListener('popstate', read);
      window.removeEventListener('pagehide', flush);
    },
  };
}

/** Back is undo and Forward is redo, where they lead to the same spec. */
function take(store: SpecStore, spec: ExperimentSpec): void {
  const { past, future, undo, redo, replace } = store.getState();
  const wanted = JSON.stringify(spec);
  if (past.length > 0 && JSON.stringify(past.at(-1)) === wanted) undo();
  else if (future.length > 0 && JSON.stringify(future[0]) === wanted) redo();
  else replace(spec);
}

const extraOf = ({ unknown, page }: DecodedLink): LinkParts => [
  ...unknown,
  ...KEPT.flatMap((name) => (page[name] === undefined ? [] : [[name, page[name]] as const])),
];
