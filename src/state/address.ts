import { resultKey } from '../engine/keys.ts';
import { PLACES, type DecodedLink, type LinkParts } from '../spec/link.ts';
import type { PageName, PageSettings } from '../spec/linkPage.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import { createAllowance } from './addressAllowance.ts';
import type { SpecState, SpecStore } from './specStore.ts';

/** How often the address follows a drag. */
export const FOLLOW_MS = 160;
/** After so long, a way through the history that was asked for does not come any more. */
const TRAVEL_MS = 1000;

/** The parts of a window that the address bar needs. */
export interface AddressWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'go'> & { readonly state: unknown };
  addEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
  removeEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
}

/** The codec, which is loaded when it is first needed. */
export interface LinkCodec {
  encodeLink(spec: ExperimentSpec, extra?: LinkParts): string;
  decodeLink(link: string): DecodedLink;
  pageParts(page: Partial<PageSettings>): LinkParts;
}

export interface Address {
  /** Shows the page otherwise: the entry it is in is rewritten. */
  show(page: Partial<PageSettings>): void;
  /** Takes the spec that the address holds now. */
  read(): void;
  /** Writes what is still waiting. */
  flush(): void;
  stop(): void;
}

const stepOf = (state: unknown): number | null => {
  const step = (state as { readonly labStep?: unknown } | null)?.labStep;
  return typeof step === 'number' ? step : null;
};

/** What of a link goes along while a spec is edited. */
interface Luggage {
  readonly parts: LinkParts;
  /** What the sender saw, and where the rows lie, belong to one result and to one set of rows. */
  readonly bound: readonly {
    readonly part: readonly [string, string];
    readonly holds: (s: ExperimentSpec) => boolean;
  }[];
}

const ALWAYS: readonly PageName[] = ['embed', 'only', 'hide', 'present'];
const OF_THE_ROWS: readonly PageName[] = ['file', 'from'];

function luggageOf({ unknown, page, spec }: DecodedLink): Luggage {
  const part = (name: PageName) => (page[name] === undefined ? [] : [[name, page[name]] as const]);
  const result = resultKey(spec);
  const rows = JSON.stringify(spec.data.own);
  return {
    parts: [...unknown, ...ALWAYS.flatMap(part)],
    bound: [
      ...OF_THE_ROWS.flatMap(part).map((one) => ({
        part: one,
        holds: (other: ExperimentSpec) => JSON.stringify(other.data.own) === rows,
      })),
      ...part('seen').map((one) => ({ part: one, holds: (other: ExperimentSpec) => resultKey(other) === result })),
    ],
  };
}

/**
 * Keeps address and spec together. A discrete choice becomes an entry of the history, so that Back takes it back; a drag
 * rewrites the entry it is in, at most every {@link FOLLOW_MS} and once more when it ends. Undo and redo by other ways than
 * Back and Forward go through the history themselves, so that both always say the same. In a frame nothing is added to the
 * history, which belongs to the page around it. `opened` is told of every link that a person opens (by Back, Forward, or
 * typing), so that what it could not read can be shown. What was edited before this began is written at once.
 */
export function followAddress(
  window: AddressWindow,
  store: SpecStore,
  codec: LinkCodec,
  first: DecodedLink,
  opened: (link: DecodedLink) => void,
): Address {
  let luggage = luggageOf(first);
  let framed = first.settings.embed;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** What the write that waits will do. */
  let owed: 'push' | 'replace' = 'replace';
  let step = stepOf(window.history.state) ?? 0;
  /** The spec comes from the address itself: it is not written back as a new entry. */
  let reading = false;
  let travelling: ReturnType<typeof setTimeout> | undefined;
  /** A drag has one entry of its own: made by its first write, rewritten by the others. */
  let entered = false;
  const allowance = createAllowance();

  const linkOf = (spec: ExperimentSpec): string =>
    codec.encodeLink(spec, [
      ...luggage.parts,
      ...luggage.bound.filter(({ holds }) => holds(spec)).map(({ part }) => part),
    ]);
  const linkNow = () => linkOf(store.getState().spec);
  let written = linkOf(first.spec);
  /** What stands at each step of the history, as far as this page has been there. */
  const links = new Map([[step, written]]);

  const url = (link: string) => `${window.location.pathname}${window.location.search}${link === '' ? '' : `#${link}`}`;
  const rest = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const write = (how: 'push' | 'replace', link = linkNow()): void => {
    if (waiting !== undefined && owed === 'push') how = 'push';
    rest();
    if (travelling !== undefined || link === written) return;
    const later = allowance.wait();
    const taken = later === 0 && change(framed ? 'replace' : how, link);
    if (taken) return;
    owed = how;
    waiting = setTimeout(() => write(how), Math.max(later, FOLLOW_MS));
  };
  /** Browsers refuse too many changes, some of them by throwing. */
  const change = (how: 'push' | 'replace', link: string): boolean => {
    const next = how === 'push' ? step + 1 : step;
    try {
      if (how === 'push') window.history.pushState({ labStep: next }, '', url(link));
      else window.history.replaceState({ labStep: next }, '', url(link));
    } catch {
      return false;
    }
    allowance.spend();
    if (how === 'push') for (const later of links.keys()) if (later > step) links.delete(later);
    step = next;
    written = link;
    links.set(step, link);
    return true;
  };
  const writeDrag = (): void => {
    write(entered ? 'replace' : 'push');
    entered = true;
  };
  const flush = (): void => {
    if (waiting === undefined) return;
    if (store.getState().dragStart !== null) writeDrag();
    else write(owed);
  };

  const go = (by: number): void => {
    rest();
    travelling = setTimeout(() => {
      travelling = undefined;
      write('replace');
    }, TRAVEL_MS);
    window.history.go(by);
  };
  /** Undo and redo: through the history where the spec stands there, else by writing. */
  const travel = (by: 1 | -1): void => {
    const link = linkNow();
    if (travelling !== undefined) return;
    if (link === written) return rest();
    if (!framed && links.get(step + by) === link) return go(by);
    write(by < 0 ? 'replace' : 'push', link);
  };

  const follow = (now: SpecState, before: SpecState): void => {
    if (reading) return;
    if (now.dragStart !== null) {
      if (before.dragStart === null) {
        flush();
        entered = false;
      }
      if (now.spec !== before.spec && waiting === undefined) {
        owed = 'replace';
        waiting = setTimeout(writeDrag, FOLLOW_MS);
      }
    } else if (before.dragStart !== null) {
      writeDrag();
    } else if (now.spec !== before.spec) {
      if (now.spec === before.past.at(-1)) travel(-1);
      else if (now.spec === before.future[0]) travel(1);
      else write(now.past === before.past ? 'replace' : 'push');
    }
  };

  /** Takes over what a link carries beside its spec, and says whether that is something else than before. */
  let carried = JSON.stringify([first.unknown, first.page]);
  const carry = (link: DecodedLink): boolean => {
    const now = JSON.stringify([link.unknown, link.page]);
    const changed = now !== carried;
    carried = now;
    luggage = luggageOf(link);
    framed = link.settings.embed;
    return changed;
  };

  const arrive = (decoded: DecodedLink): void => {
    clearTimeout(travelling);
    travelling = undefined;
    if (carry(decoded)) opened(decoded);
    written = linkOf(decoded.spec);
    links.set(step, written);
    const wanted = linkNow();
    if (wanted === written) return;
    const places = [...links].filter(([, link]) => link === wanted).map(([place]) => place);
    if (places.length === 0) return write('push');
    go(places.reduce((a, b) => (Math.abs(b - step) < Math.abs(a - step) ? b : a)) - step);
  };

  const read = (): void => {
    const link = window.location.hash.replace(/^#/, '');
    const known = stepOf(window.history.state);
    const back = known !== null && known < step;
    const place = PLACES.has(link);
    if (known === null) {
      for (const later of links.keys()) if (later > step) links.delete(later);
      step++;
      window.history.replaceState({ labStep: step }, '', url(place ? written : link));
      if (place) links.set(step, written);
    } else step = known;
    if (place) return;
    const decoded = codec.decodeLink(link);
    if (travelling !== undefined) return arrive(decoded);
    const before = written;
    carry(decoded);
    written = linkOf(decoded.spec);
    links.set(step, written);
    // A drag that ended where it began leaves two entries alike: Back then means the one before.
    if (before === written && back && step > 0 && links.has(step - 1)) return window.history.go(-1);
    rest();
    reading = true;
    take(store, decoded.spec);
    reading = false;
    opened(decoded);
  };

  window.history.replaceState({ labStep: step }, '', url(window.location.hash.replace(/^#/, '')));
  const { past, spec, dragStart } = store.getState();
  for (const one of past.slice(1)) write('push', linkOf(one));
  if (dragStart !== null) waiting = setTimeout(writeDrag, FOLLOW_MS);
  else write(past.length > 0 ? 'push' : 'replace', linkOf(spec));
  const stopListening = store.subscribe(follow);
  window.addEventListener('popstate', read);
  window.addEventListener('pagehide', flush);
  return {
    show(page) {
      const unset = luggage.parts.filter(([name]) => !(ALWAYS as readonly string[]).includes(name));
      luggage = { ...luggage, parts: [...unset, ...codec.pageParts(page)] };
      framed = page.embed ?? false;
      write('replace');
    },
    read,
    flush,
    stop() {
      rest();
      clearTimeout(travelling);
      stopListening();
      window.removeEventListener('popstate', read);
      window.removeEventListener('pagehide', flush);
    },
  };
}

/** Back is undo and Forward is redo, where they lead to a spec that undo or redo would lead to. */
function take(store: SpecStore, spec: ExperimentSpec): void {
  if (store.getState().dragStart !== null) store.getState().undo();
  const { past, future, spec: current, undo, redo, replace } = store.getState();
  const wanted = JSON.stringify(spec);
  const spelled = (specs: readonly ExperimentSpec[]) => specs.map((one) => JSON.stringify(one));
  if (JSON.stringify(current) === wanted) return;
  const behind = past.length - spelled(past).lastIndexOf(wanted);
  const ahead = spelled(future).indexOf(wanted) + 1;
  if (behind <= past.length) for (let k = 0; k < behind; k++) undo();
  else if (ahead > 0) for (let k = 0; k < ahead; k++) redo();
  else replace(spec);
}
