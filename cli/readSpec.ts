import type { DataSource } from '../src/engine/dataset.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import type { DriftSpec, ExperimentSpec } from '../src/spec/types.ts';
import { decodeLink, linkParts } from '../src/spec/link.ts';
import { oneLine, UsageError } from './errors.ts';
import { readBytes } from './files.ts';
import { OWN_VERSIONS, type OwnFiles } from './ownData.ts';

/** What a message calls the spec. */
export function specName(path: string | undefined): string {
  if (path === undefined) return 'the spec';
  if (isLink(path)) return 'the link';
  return path === '-' ? 'the spec on standard input' : path;
}

/** A whole address, or the part of one from '#' on. */
export const isLink = (text: string): boolean => /^(#|[a-z][a-z0-9+.-]*:\/\/|v=\d)/i.test(text);

/**
 * The spec of a link as JSON, without the kind of drift where the link does not name it. What cannot be used as asked goes
 * to stderr. Throws UsageError where the link is of a version that this lab does not read.
 */
function fromLink(link: string): unknown {
  const hash = link.includes('#') ? link.slice(link.indexOf('#')) : link.includes('://') ? '' : link;
  const { spec, problems, unknown } = decodeLink(hash);
  const version = problems.find(({ name }) => name === 'v');
  if (version) {
    throw new UsageError(`the link: v=${version.asked}: ${version.why} Open it with the lab that made it, or mend v.`);
  }
  const warnings = [
    ...problems.map(({ name, asked, used, why }) => `${name}=${asked}: ${why} Used: ${used === '' ? 'none' : used}.`),
    ...unknown.map(([name]) => `${name}: this version of the lab does not know it. It is left aside.`),
  ];
  for (const warning of warnings) process.stderr.write(`${oneLine(`Warning: the link: ${warning}`)}\n`);
  if (linkParts(hash).some(([name]) => name === 'drift') || spec.data.own?.target) return spec;
  const { kind: _, ...drift } = spec.drift;
  return { ...spec, drift };
}

/**
 * Reads and checks a spec file or a link; own files take the place of its dataset, and `shipped` says what it may name otherwise.
 * Throws UsageError naming file and field.
 */
export async function readSpec(
  path: string | undefined,
  own: OwnFiles | null,
  shipped: DataSource,
): Promise<ExperimentSpec> {
  const name = specName(path);
  let json: unknown = {};
  if (path !== undefined && isLink(path)) json = fromLink(path);
  else if (path !== undefined) {
    const bytes = await readBytes(path);
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      throw new UsageError(`${name}: it is not JSON (${(error as Error).message}). Write the spec as one JSON object.`);
    }
  }
  const result = parseSpec(own ? withOwnData(json, own, name) : json);
  if (!result.ok) {
    const messages = result.problems.map((problem) => problem.message).join(' ');
    throw new UsageError(`${name}: ${messages}`);
  }
  if (!own) await checkNames(result.spec, shipped, name);
  return result.spec;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Files given on the command line take the place of the spec's dataset, and a target that of the drift's version. */
function withOwnData(json: unknown, own: OwnFiles, name: string): unknown {
  if (!isObject(json)) return json;
  const { data = {}, drift = {}, ...rest } = json;
  // Anything else that is no object is for the spec's own checks to name.
  if (!isObject(data) || !isObject(drift)) return json;
  const kind = drift.kind ?? (own.target === null ? undefined : 'model');
  if (kind === 'model' && own.target === null) {
    throw new UsageError(`${name}: a drift of kind model on your own data needs the new rows. Add --target NEW.npy.`);
  }
  // Data that a spec names may hold a newer version that the drift does not read.
  const namesTarget = isObject(data.own) && typeof data.own.target === 'string';
  if (kind !== 'model' && own.target !== null && !namesTarget) {
    throw new UsageError(
      `${name}: drift.kind is ${JSON.stringify(kind)}, which does not read --target. Leave one of them out.`,
    );
  }
  return {
    ...rest,
    data: {
      ...data,
      id: 'own',
      version:
        data.id === 'own' && own.target !== null && data.version === OWN_VERSIONS.target
          ? data.version
          : OWN_VERSIONS.base,
      synthetic: null,
    },
    drift: kind === 'model' ? { ...drift, kind, to: OWN_VERSIONS.target } : drift,
  };
}

/** Whether the sets and encoder versions that a spec names are there. Throws UsageError with those that are. */
export async function checkNames({ data, drift }: ExperimentSpec, shipped: DataSource, name: string): Promise<void> {
  if (data.synthetic !== null) return checkPlanes(drift, data.synthetic.dims, name);
  if (data.id === 'own') {
    throw new UsageError(`${name}: data.id is "own". Name your files with --embeddings X.npy --labels Y.csv.`);
  }
  const { sets } = await shipped.catalogue();
  const set = sets.find(({ id }) => id === data.id);
  if (!set) {
    const known = [...sets.map(({ id }) => id), 'synthetic'].join(', ');
    throw new UsageError(`${name}: data.id is "${data.id}". Choose one of ${known}.`);
  }
  checkPlanes(drift, set.dims, name);
  const known = set.versions.map(({ id }) => id);
  const named = { 'data.version': data.version, ...(drift.kind === 'model' ? { 'drift.to': drift.to ?? '' } : {}) };
  for (const [field, version] of Object.entries(named)) {
    if (!known.includes(version)) {
      throw new UsageError(
        `${name}: ${field} is "${version}", which ${data.id} does not have. Choose one of ${known.join(', ')}.`,
      );
    }
  }
}

/** Planes of a rotation, where the dimensions are known before any data is read. */
function checkPlanes({ kind, planes }: DriftSpec, dims: number, name: string): void {
  const most = Math.floor(dims / 2);
  if (kind === 'rotation' && planes !== null && planes > most) {
    throw new UsageError(
      `${name}: drift.planes is ${planes}. Write a whole number from 1 to ${most}, as the data has ${dims} dimensions.`,
    );
  }
}
