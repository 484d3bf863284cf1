import { parseArgs } from 'node:util';
import { UnusableDriftError } from '../src/core/drift/definition.ts';
import { VanishedRowError } from '../src/core/drift/score.ts';
import { SliceError } from '../src/engine/slice.ts';
import type { RowChoices } from '../src/data/own/own.ts';
import type { Prepared } from '../src/engine/experiment.ts';
import { readCount } from './amounts.ts';
import { UsageError } from './errors.ts';
import type { OwnFiles } from './ownData.ts';

/** The spec's path among the arguments that are no option; at most one, "-" for standard input. Throws UsageError. */
export function onePath(args: readonly string[]): string | undefined {
  const option = args.find((arg) => arg.startsWith('-') && arg !== '-');
  if (option !== undefined) throw new UsageError(`Unknown option '${option}'. Name one SPEC.json, or - for stdin.`);
  if (args.length > 1) throw new UsageError(`One spec at a time: ${args.join(', ')}. Leave all but one out.`);
  if (args[0] === '') throw new UsageError('The path of the spec is empty. Name one SPEC.json, or - for stdin.');
  return args[0];
}

/** A spec that asks of its data what these cannot give, as bad input of that spec; null for any other error. */
export function badSettings(error: unknown, spec: string): UsageError | null {
  return error instanceof UnusableDriftError ||
    error instanceof VanishedRowError ||
    error instanceof SliceError ||
    error instanceof RangeError
    ? new UsageError(`${spec}: ${error.message}`)
    : null;
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** What is chosen of a person's files beside their names. */
export const ROW_OPTIONS = {
  map: { type: 'string' },
  'non-finite': { type: 'string' },
  sample: { type: 'string' },
} as const;

export const OWN_OPTIONS = {
  embeddings: { type: 'string' },
  labels: { type: 'string' },
  target: { type: 'string' },
  'embeddings-new': { type: 'string' },
  ...ROW_OPTIONS,
} as const;

/** Reads options and positionals. Throws UsageError for one that is unknown, given twice, or empty. */
export function readArguments<O extends Options>(args: readonly string[], options: O, usage: string) {
  const read = parsed(args, options, usage);
  const blank = Object.entries(read.values).find(([, value]) => value === '');
  if (blank) throw new UsageError(`--${blank[0]} is empty: give a ${WANTED[blank[0]] ?? 'path'} after it.`);
  return read;
}

/** What stands after an option that is no path. */
const WANTED: Readonly<Record<string, string>> = {
  sigma: 'range',
  seeds: 'number',
  map: 'mapping as JSON',
  'non-finite': 'word, refuse or drop,',
  sample: 'number of rows',
};

function parsed<O extends Options>(args: readonly string[], options: O, usage: string) {
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
    const given = read.tokens.flatMap((token) => (token.kind === 'option' ? [token.rawName] : []));
    const twice = given.find((name, place) => given.indexOf(name) !== place);
    if (twice !== undefined) throw new Error(`${twice} is given twice`);
    return read;
  } catch (error) {
    // Node adds advice on positional arguments that does not fit here.
    const wrong = (error as Error).message.split('. ')[0].replace(/\.$/, '');
    throw new UsageError(`${wrong}. Write: ${usage.split('\n').slice(0, 2).join('\n')}`);
  }
}

interface RowValues {
  readonly map?: string;
  readonly 'non-finite'?: string;
  readonly sample?: string;
}

interface OwnValues extends RowValues {
  readonly embeddings?: string;
  readonly labels?: string;
  readonly target?: string;
  readonly 'embeddings-new'?: string;
}

/** A person's own files; null where none is named. Throws UsageError where one of them is missing. */
export function ownFiles(values: OwnValues): OwnFiles | null {
  const { embeddings, labels } = values;
  if (values.target !== undefined && values['embeddings-new'] !== undefined) {
    throw new UsageError('--target and --embeddings-new are two names of one thing. Leave one of them out.');
  }
  const target = values.target ?? values['embeddings-new'];
  if (embeddings === undefined && labels === undefined && target === undefined) {
    const stray = Object.keys(ROW_OPTIONS).find((name) => values[name as keyof RowValues] !== undefined);
    if (stray !== undefined) throw new UsageError(`--${stray} is about your own data. Add --embeddings X --labels Y.`);
    return null;
  }
  if (embeddings === undefined) throw new UsageError('--embeddings X.npy is missing: your own data needs both files.');
  if (labels === undefined) throw new UsageError('--labels Y.csv is missing: your own data needs both files.');
  return { embeddings, labels, target: target ?? null, map: values.map ?? null, choices: rowChoices(values) };
}

/** Which rows to take: --non-finite refuse|drop, --sample N or N:SEED. Throws UsageError. */
export function rowChoices({ 'non-finite': nonFinite = 'refuse', sample }: RowValues): RowChoices {
  if (nonFinite !== 'refuse' && nonFinite !== 'drop') {
    throw new UsageError(
      `--non-finite is "${nonFinite}". Write refuse, or drop to leave out rows with NaN or infinity.`,
    );
  }
  if (sample === undefined) return { nonFinite, sample: null };
  const [rows, seed = '0', ...rest] = sample.split(':');
  if (rest.length > 0) throw new UsageError(`--sample is "${sample}". Write the number of rows, or ROWS:SEED.`);
  return {
    nonFinite,
    sample: {
      rows: readCount(rows, '--sample: the number of rows', 1, 100_000_000),
      seed: readCount(seed, '--sample: the seed', 0, Number.MAX_SAFE_INTEGER),
    },
  };
}

/** A row that a drift moves onto the origin, told with its place in the data; null for any other error. */
export function vanishedRow(error: unknown, prepared: Prepared | null, amount: number): UsageError | null {
  if (!(error instanceof VanishedRowError) || !prepared) return null;
  const row = prepared.context.rows[error.row] + 1;
  return new UsageError(
    `${prepared.dataset.title}, row ${row}: a drift of ${amount} moves it onto the origin, so it cannot be renormalised. ` +
      'Take a slightly different amount, or set drift.renormalize to false.',
  );
}
