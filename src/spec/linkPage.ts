import type { LinkParts, LinkProblem } from './link.ts';
import { readSeen, type Seen } from './linkSeen.ts';
import { PANEL_IDS } from './types.ts';

/** What a link may carry beside the spec: how the page shows it, where data lies, what its sender saw. No number follows it. */
export const PAGE_NAMES = ['embed', 'only', 'hide', 'present', 'file', 'from', 'seen'] as const;
export type PageName = (typeof PAGE_NAMES)[number];
export type PageTexts = { readonly [N in PageName]?: string };

/** The parts of the page that `only` picks, in the order of the page. */
export const PART_IDS = [
  'dashboard',
  'cliff',
  'headlines',
  'errors',
  'roc',
  'reliability',
  'histogram',
  'confusion',
  ...PANEL_IDS,
] as const;
export type PartId = (typeof PART_IDS)[number];

/** 'controls': the slider and the settings; 'settings': the settings alone. */
export const HIDE_IDS = ['controls', 'settings'] as const;
export type HideId = (typeof HIDE_IDS)[number];

export interface PageSettings {
  /** A frame in another page: no header, no footer. */
  readonly embed: boolean;
  /** Large type, for a room. */
  readonly present: boolean;
  /** The parts to show; null for all. */
  readonly only: readonly PartId[] | null;
  readonly hide: readonly HideId[];
  /** What the sender calls the file of their own rows; null where they did not say. */
  readonly file: string | null;
  /** Files beside the lab that hold the rows, relative to it. They are fetched only when a person says so. */
  readonly from: readonly string[];
  /** The numbers that the sender saw. */
  readonly seen: Seen | null;
}

export const PLAIN_PAGE: PageSettings = {
  embed: false,
  present: false,
  only: null,
  hide: [],
  file: null,
  from: [],
  seen: null,
};

const FILE = /^[^\p{Cc}]{1,200}$/u;
const MOST_PATHS = 8;

/**
 * Why a path cannot name a file beside the lab; null where it can. It is relative and stays below the lab's own address
 * however it is put together with it: no scheme, no host, no way up, no query, and no escapes that could hide one.
 */
export function pathProblem(path: string): string | null {
  if (path === '' || path.length > 200) return 'a path has 1 to 200 characters';
  if (/[\p{Cc}\\:%?#]/u.test(path)) return 'a path has no scheme, query, backslash or % in it';
  const segments = path.split('/');
  if (segments[0] === '') return 'a path begins at the lab, not with /';
  if (segments.some((segment) => segment === '' || segment.startsWith('.') || segment.trim() !== segment)) {
    return 'a path goes down only, without . or .. and without hidden files';
  }
  return null;
}

const listed = (text: string) => text.split(',').filter((part) => part !== '');

/** Reads what a link says of the page; what cannot be used is named in `problems`. Never throws. */
export function readPage(texts: PageTexts, problems: LinkProblem[]): PageSettings {
  const refuse = (name: PageName, asked: string, used: string, why: string) =>
    void problems.push({ name, asked, used, why });
  const flag = (name: 'embed' | 'present'): boolean => {
    const text = texts[name];
    if (text !== undefined && text !== '1') refuse(name, text, '-', 'it should be 1, or be left out.');
    return text === '1';
  };
  const words = <T extends string>(name: 'only' | 'hide', known: readonly T[], what: string): T[] => {
    const asked = listed(texts[name] ?? '');
    const found = known.filter((word) => asked.includes(word));
    for (const word of new Set(asked)) {
      if ((known as readonly string[]).includes(word)) continue;
      refuse(name, word, found.join(',') || '-', `there is no ${what} of that name; there are ${known.join(', ')}.`);
    }
    return found;
  };
  const only = words('only', PART_IDS, 'part of the page');
  const file = texts.file === undefined || FILE.test(texts.file) ? (texts.file ?? null) : null;
  if (texts.file !== undefined && file === null) {
    refuse('file', texts.file, '-', 'the name of a file has 1 to 200 characters and no control characters.');
  }
  const seen = texts.seen === undefined ? null : readSeen(texts.seen);
  if (seen && !seen.ok) refuse('seen', texts.seen ?? '', '-', seen.expected);
  return {
    embed: flag('embed'),
    present: flag('present'),
    only: only.length > 0 ? only : null,
    hide: words('hide', HIDE_IDS, 'group of controls'),
    file,
    from: readPaths(texts.from ?? '', refuse),
    seen: seen?.ok ? seen.value : null,
  };
}

/** All paths or none: with one of several files missing, the rest would be something else. */
function readPaths(
  text: string,
  refuse: (name: PageName, asked: string, used: string, why: string) => void,
): readonly string[] {
  const paths = listed(text);
  const wrong = paths.find((path) => pathProblem(path) !== null);
  if (wrong !== undefined) {
    refuse('from', wrong, '-', `${pathProblem(wrong)}; only files beside the lab can be opened.`);
    return [];
  }
  if (paths.length > MOST_PATHS) {
    refuse('from', text, '-', `a link names at most ${MOST_PATHS} files.`);
    return [];
  }
  return paths;
}

/** Page settings as parts of a link, in their one order, the plain ones left out. */
export function pageParts(page: Partial<PageSettings>): LinkParts {
  const { embed, present, only, hide, file, from } = page;
  const parts: (readonly [PageName, string] | null)[] = [
    embed ? ['embed', '1'] : null,
    only ? ['only', PART_IDS.filter((id) => only.includes(id)).join(',')] : null,
    hide?.length ? ['hide', HIDE_IDS.filter((id) => hide.includes(id)).join(',')] : null,
    present ? ['present', '1'] : null,
    file ? ['file', file] : null,
    from?.length ? ['from', from.join(',')] : null,
  ];
  return parts.filter((part) => part !== null);
}
