import { LINK_FIELD_BY_NAME, LINK_FIELDS, type LinkField } from './linkKeys.ts';
import { crossChecks } from './crossChecks.ts';
import { PAGE_NAMES, readPage, type PageName, type PageSettings, type PageTexts } from './linkPage.ts';
import { DEFAULT_SPEC } from './defaultSpec.ts';
import type { ExperimentSpec } from './types.ts';

/** The version of the spec that links are written in. Its defaults are those of FIELDS. */
export const LINK_VERSION = 1;

/** Name and value of each part of a link, decoded, in the order given. */
export type LinkParts = readonly (readonly [name: string, value: string])[];

/** Rewrites the parts of a link of version k, at index k − 1, so that version k + 1 means the same by them. */
const MIGRATIONS: readonly ((parts: LinkParts) => LinkParts)[] = [];

/** Names of places in the page that its own anchors lead to: in the address they say nothing of the spec. */
export const PLACES: ReadonlySet<string> = new Set(['lab', 'settings']);

export interface LinkProblem {
  /** The name in the link. */
  readonly name: string;
  /** What the link says. */
  readonly asked: string;
  /** What is used instead, as a link would write it. */
  readonly used: string;
  readonly why: string;
}

export interface DecodedLink {
  readonly spec: ExperimentSpec;
  /** Nothing of a link is changed silently: everything that is not used as asked stands here. */
  readonly problems: readonly LinkProblem[];
  /** Names that this version does not know, as they came; {@link encodeLink} takes them back. */
  readonly unknown: LinkParts;
  /** What the link says of the page, as it is written, and as it is read. */
  readonly page: PageTexts;
  readonly settings: PageSettings;
}

const encoded = (text: string) =>
  // Half of a surrogate pair, on which encodeURIComponent throws, becomes the replacement character; no field holds one.
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(/%(2C|3A|2F|3B|40)/g, (escape) =>
    decodeURIComponent(escape),
  );

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

type Sections = Record<string, Record<string, unknown>>;

const valueOf = (spec: ExperimentSpec, { section, key }: LinkField): unknown =>
  (spec as unknown as Sections)[section][key];

function withValue(spec: ExperimentSpec, { section, key }: LinkField, value: unknown): ExperimentSpec {
  const sections = spec as unknown as Sections;
  return { ...sections, [section]: { ...sections[section], [key]: value } } as unknown as ExperimentSpec;
}

/**
 * The link of a spec, without '#': name=value joined by '&', version and lab first, then by name, defaults left out. One
 * spec has one link; the default spec alone has the empty one. `extra` (page settings, unknown names) follows.
 */
export function encodeLink(spec: ExperimentSpec, extra: LinkParts = []): string {
  const parts: (readonly [string, string])[] = [];
  for (const field of LINK_FIELDS) {
    const value = valueOf(spec, field);
    if (!field.field.eq(value, field.field.fallback)) parts.push([field.name, field.field.serialize(value)]);
  }
  parts.push(...extra);
  if (parts.length === 0) return '';
  return [['v', String(LINK_VERSION)], ['lab', spec.lab], ...parts]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
}

/** The parts of a link, with or without '#'. A part that cannot be decoded comes as it stands. */
export function linkParts(link: string): LinkParts {
  return link
    .replace(/^#/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return [decoded(name) ?? name, decoded(value) ?? value] as const;
    });
}

/**
 * Reads a link. Never throws: what cannot be used as asked is replaced by its default and named, with the reason.
 * `migrations` are those of this lab unless a test gives others.
 */
export function decodeLink(link: string, migrations = MIGRATIONS): DecodedLink {
  const newest = migrations.length + 1;
  const problems: LinkProblem[] = [];
  let parts = PLACES.has(link.replace(/^#/, '')) ? [] : linkParts(link);
  const version = parts.find(([name]) => name === 'v')?.[1] ?? String(newest);
  const asked = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : NaN;
  if (!(asked <= newest)) {
    const why =
      asked > newest
        ? `the link was made by a newer version of the lab; this one reads versions up to ${newest}.`
        : `a version is a whole number from 1 to ${newest}.`;
    problems.push({ name: 'v', asked: version, used: String(newest), why });
  }
  for (let v = asked; v < newest; v++) parts = migrations[v - 1](parts);

  const given = new Map<string, string>();
  const unknown: (readonly [string, string])[] = [];
  const page: { [N in PageName]?: string } = {};
  let spec: ExperimentSpec = DEFAULT_SPEC;
  for (const [name, value] of parts) {
    if (name === 'v') continue;
    const field = LINK_FIELD_BY_NAME.get(name);
    const first = given.get(name);
    if (first !== undefined) {
      problems.push({ name, asked: value, used: first, why: 'it is written twice; the first counts.' });
      continue;
    }
    given.set(name, value);
    if (name === 'lab') {
      if (value !== spec.lab) problems.push({ name, asked: value, used: spec.lab, why: 'there is no such lab.' });
    } else if (field) {
      const read = field.field.read(value);
      if (read.ok) spec = withValue(spec, field, read.value);
      else problems.push({ name, asked: value, used: written(field), why: `it should be ${read.expected}.` });
    } else if ((PAGE_NAMES as readonly string[]).includes(name)) {
      page[name as PageName] = value;
    } else {
      unknown.push([name, value]);
    }
  }
  spec = settle(spec, problems);
  const settings = readPage(page, problems);
  return { spec, problems, unknown, page, settings };
}

const written = ({ field }: LinkField): string => field.serialize(field.fallback);

/** Takes back the sections whose fields contradict each other. */
function settle(spec: ExperimentSpec, problems: LinkProblem[]): ExperimentSpec {
  for (let turn = 0; turn < LINK_FIELDS.length; turn++) {
    const contradiction = crossChecks(spec)[0];
    if (!contradiction) return spec;
    const section = contradiction.path.split('.')[0];
    let changed = false;
    for (const field of LINK_FIELDS) {
      const value = valueOf(spec, field);
      if (field.section !== section || field.field.eq(value, field.field.fallback)) continue;
      problems.push({
        name: field.name,
        asked: field.field.serialize(value),
        used: written(field),
        why: contradiction.message,
      });
      spec = withValue(spec, field, field.field.fallback);
      changed = true;
    }
    if (!changed) break;
  }
  return crossChecks(spec).length === 0 ? spec : DEFAULT_SPEC;
}
