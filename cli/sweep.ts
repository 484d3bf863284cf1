import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment, type Prepared } from '../src/engine/experiment.ts';
import { componentsKey } from '../src/engine/keys.ts';
import type { Headline } from '../src/engine/results.ts';
import type { DriftSpec, ExperimentSpec } from '../src/spec/types.ts';
import { readAmounts, readCount } from './amounts.ts';
import { badSettings, onePath, OWN_OPTIONS, ownFiles, readArguments, vanishedRow } from './arguments.ts';
import { summarize, type Summary } from './drawSummary.ts';
import { UsageError } from './errors.ts';
import { shippedSource } from './files.ts';
import { ownFacts, ownSource } from './ownData.ts';
import { stderrProgress } from './progress.ts';
import { readSpec, specName } from './readSpec.ts';

export const SWEEP_USAGE = `sweep [LINK|SPEC.json|-] --sigma FROM:TO:COUNT|A,B,C [--seeds N] [--csv]
         [--embeddings X --labels Y [--embeddings-new NEW]], read as run reads them
         Prints every headline number at each amount of drift (σ; t for kind model), each row as run prints it.
         --seeds N draws the drift anew from drift.seed … drift.seed + N − 1: mean, 5 %, 50 % and 95 % of real draws.`;

const OPTIONS = {
  sigma: { type: 'string' },
  seeds: { type: 'string' },
  csv: { type: 'boolean' },
  ...OWN_OPTIONS,
} as const;

const MOST_SEEDS = 10_000;

export async function sweepCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS, SWEEP_USAGE);
  const specPath = onePath(positionals);
  const own = ownFiles(values);
  if (values.sigma === undefined) {
    throw new UsageError('--sigma is missing. Write --sigma 0:0.15:8 or --sigma 0,0.02,0.1.');
  }
  const shipped = shippedSource();
  const spec = await readSpec(specPath, own, shipped);
  const name = spec.drift.kind === 'model' ? 't' : 'sigma';
  const amounts = readAmounts(values.sigma, name);
  const draws = values.seeds === undefined ? null : readCount(values.seeds, '--seeds', 1, MOST_SEEDS);
  const seeds = draws === null ? [spec.drift.seed] : seedsFrom(spec.drift, draws, specName(specPath));

  const source = own && ownSource(own);
  const experiment = new Experiment(source ?? shipped, createCpuBackend());
  const tables: Headline[][] = [];
  let last: Prepared | null = null;
  for (const [draw, seed] of seeds.entries()) {
    const drawn = { ...spec, drift: { ...spec.drift, seed } };
    const progress = stderrProgress();
    const { prepared, rows } = await tableOf(experiment, drawn, amounts, specName(specPath), (share, doing) =>
      progress(share, seeds.length > 1 ? `Draw ${draw + 1} of ${seeds.length}: ${doing}` : doing),
    );
    last = prepared;
    tables.push(rows);
  }
  if (!last) throw new Error('No draw was made.');
  const facts = await ownFacts(source, spec.data.own);

  if (values.csv)
    process.stdout.write(draws === null ? plainCsv(name, amounts, tables[0]) : drawsCsv(name, amounts, tables, seeds));
  else
    process.stdout.write(
      `${JSON.stringify(report(spec, last, facts, name, amounts, tables, draws === null ? null : seeds), null, 2)}\n`,
    );
  if (values.csv && draws !== null) process.stderr.write(`${WHAT_DRAWS_ARE}\n`);
  return 0;
}

const WHAT_DRAWS_ARE =
  'Every draw is a real one: the drift prepared again from its own seed, on the same data, split and probe.';

/** The seeds of the draws. Throws UsageError where the drift has nothing to draw. */
function seedsFrom(drift: DriftSpec, draws: number, name: string): number[] {
  if (!('seed' in componentsKey(drift))) {
    const kind = drift.kind === 'directional' ? `directional (${drift.direction})` : drift.kind;
    throw new UsageError(
      `${name}: a drift of kind ${kind} draws no random numbers, so every seed gives the same. Leave --seeds out.`,
    );
  }
  if (drift.seed > Number.MAX_SAFE_INTEGER - (draws - 1)) {
    throw new UsageError(`${name}: drift.seed is too large for ${draws} seeds from it on. Take a smaller seed.`);
  }
  return Array.from({ length: draws }, (_, draw) => drift.seed + draw);
}

async function tableOf(
  experiment: Experiment,
  spec: ExperimentSpec,
  amounts: Float64Array,
  name: string,
  checkpoint: (share: number, doing: string) => Promise<void>,
) {
  let prepared: Prepared | null = null;
  let amount = 0;
  try {
    prepared = await experiment.prepare(spec, checkpoint);
    const rows: Headline[] = [];
    for (amount of amounts) rows.push(experiment.point(prepared, spec, amount));
    return { prepared, rows };
  } catch (error) {
    throw vanishedRow(error, prepared, amount) ?? badSettings(error, name) ?? error;
  }
}

type AmountName = 'sigma' | 't';
const METRICS = (row: Headline) => Object.keys(row) as (keyof Headline)[];

/** For each metric of one amount: its summary over the draws. */
function overDraws(tables: readonly (readonly Headline[])[], k: number): [keyof Headline, Summary][] {
  return METRICS(tables[0][k]).map((metric) => [metric, summarize(tables.map((rows) => rows[k][metric]))]);
}

function report(
  spec: ExperimentSpec,
  { dataset, split, target }: Prepared,
  facts: object,
  name: AmountName,
  amounts: Float64Array,
  tables: readonly (readonly Headline[])[],
  seeds: readonly number[] | null,
) {
  const { rows, dims } = dataset.embeddings;
  return {
    spec,
    data: {
      name: dataset.id,
      version: dataset.version,
      title: dataset.title,
      rows,
      dims,
      sha256: dataset.sha256,
      target: target && { version: target.version, sha256: target.sha256 },
      ...facts,
    },
    backend: 'cpu',
    splitFrom: dataset.split ? 'column' : 'seed',
    split: { train: split.train.length, validation: split.validation.length, test: split.test.length },
    // What the rows are at: σ, or t for a drift towards another encoder version.
    amount: name,
    draws: seeds && {
      count: seeds.length,
      firstSeed: seeds[0],
      lastSeed: seeds[seeds.length - 1],
      note: WHAT_DRAWS_ARE,
    },
    rows: Array.from(amounts, (amount, k) => ({
      [name]: amount,
      ...(seeds ? Object.fromEntries(overDraws(tables, k)) : tables[0][k]),
    })),
  };
}

const cell = (value: number | null): string => (value === null ? '' : String(value));
const csv = (lines: readonly (readonly string[])[]): string => lines.map((line) => `${line.join(',')}\n`).join('');

function plainCsv(name: AmountName, amounts: Float64Array, rows: readonly Headline[]): string {
  const metrics = METRICS(rows[0]);
  return csv([
    [name, ...metrics],
    ...rows.map((row, k) => [String(amounts[k]), ...metrics.map((metric) => cell(row[metric]))]),
  ]);
}

function drawsCsv(
  name: AmountName,
  amounts: Float64Array,
  tables: readonly (readonly Headline[])[],
  seeds: readonly number[],
): string {
  const parts = ['mean', 'p5', 'p50', 'p95', 'defined'] as const;
  const head = METRICS(tables[0][0]).flatMap((metric) => parts.map((part) => `${metric}_${part}`));
  const which = [seeds.length, seeds[0], seeds[seeds.length - 1]].map(String);
  return csv([
    [name, 'realDraws', 'firstSeed', 'lastSeed', ...head],
    ...Array.from(amounts, (amount, k) => [
      String(amount),
      ...which,
      ...overDraws(tables, k).flatMap(([, summary]) => parts.map((part) => cell(summary[part]))),
    ]),
  ]);
}
