import type { Headline } from '../src/engine/results.ts';
import { sweepAmounts } from '../src/state/sweepAmounts.ts';
import type { DriftSpec } from '../src/spec/types.ts';
import {
  effectiveRows,
  newExperiment,
  noCheckpoint,
  sharedSource,
  syntheticSource,
  syntheticSpec,
} from './support/experiments.ts';
import { figure, sayLoad } from './support/figures.ts';
import { options } from './support/options.ts';
import { findPython, withFolder, writeRaw } from './support/python.ts';
import { median, timedOnce } from './support/statistics.ts';
import { note, printTable, type Cell } from './support/table.ts';

const HOLD = 100;
const POINTS = 64;
/** Points that the baseline computes; its time for all of them follows, since every point is the same work. */
const BASELINE_POINTS = options.quick ? 1 : 3;
const KINDS = ['gaussian', 'directional', 'rotation', 'subspace'] as const;
type Kind = (typeof KINDS)[number];
/** The paper's other mechanism, subspace, stands apart. */
const MECHANISMS: readonly Kind[] = ['gaussian', 'directional'];

interface Baseline {
  /** Drawing and preparing what does not depend on σ. */
  readonly preparation: number;
  readonly seconds: number[];
  readonly numbers: Record<string, number>[];
}

/** Milliseconds of the whole table, from the points that were timed. */
const wholeBaseline = ({ preparation, seconds }: Baseline) => 1000 * (preparation + POINTS * median(seconds));

const COMPARED = [
  'rocAuc',
  'accuracy',
  'meanConfidence',
  'ece',
  'brier',
  'nll',
  'mcc',
  'f1',
  'silentFailureRate',
] as const;

console.log('A whole σ sweep: 64 points, all metrics of the cliff, 20,000 × 1,024 test rows, renormalised');
sayLoad();
const base = syntheticSpec({ rows: 21_000, dims: 1024, train: 0.05, test: 0.95 });
const source = sharedSource(await syntheticSource.load(base.data, noCheckpoint));
const specOf = (drift: Partial<DriftSpec>) => ({ ...base, drift: { ...base.drift, ...drift } });
const amounts = sweepAmounts(specOf({ kind: 'gaussian' }), POINTS);
const checked = Array.from(
  { length: BASELINE_POINTS },
  (_, k) => amounts[Math.round(((k + 1) * (POINTS - 1)) / (BASELINE_POINTS + 1))],
);

interface Ours {
  readonly preparationMs: number;
  readonly sweepMs: number;
  readonly at: Headline[];
}

async function ours(kind: Kind): Promise<Ours> {
  const experiment = newExperiment(source);
  // Load, split and fit are common to all kinds and to the baseline; another seed leaves only the drift to prepare.
  await experiment.prepare(specOf({ kind: 'directional', seed: 1 }), noCheckpoint);
  const spec = specOf({ kind });
  const { ms: preparationMs, value: prepared } = await timedOnce(() => experiment.prepare(spec, noCheckpoint));
  experiment.point(prepared, spec, 0.5);
  const { ms: sweepMs } = await timedOnce(() => amounts.forEach((amount) => experiment.point(prepared, spec, amount)));
  return { preparationMs, sweepMs, at: checked.map((amount) => experiment.point(prepared, spec, amount)) };
}

const python = findPython();
const found = new Map<Kind, { readonly ours: Ours; readonly theirs: Baseline | null }>();
await withFolder(async (folder) => {
  const prepared = await newExperiment(source).prepare(specOf({ kind: 'directional' }), noCheckpoint);
  const { split, probe, context, dataset } = prepared;
  if (probe.kind !== 'logistic') throw new Error('The baseline of this benchmark scores a linear probe.');
  const files =
    python === null
      ? []
      : [
          writeRaw(folder, 'x.f64', effectiveRows(dataset, split.test)),
          writeRaw(folder, 'y.f64', Float64Array.from(context.labels)),
          writeRaw(folder, 'w.f64', probe.weights),
        ];
  for (const kind of KINDS) {
    // Two matrices of 1,024² and an O(N·D²) pass: too long for a quick look.
    if (options.quick && (kind === 'rotation' || kind === 'subspace')) continue;
    const mine = await ours(kind);
    const theirs =
      python === null
        ? null
        : await python.run<Baseline>('sweep.py', [
            ...files,
            String(probe.bias),
            kind,
            String(base.drift.seed),
            String(base.metrics.bins),
            String(base.metrics.highConfidence),
            checked.join(','),
          ]);
    found.set(kind, { ours: mine, theirs });
  }
});

const table: Cell[][] = [];
for (const [kind, { ours: mine, theirs }] of found) {
  const whole = mine.preparationMs + mine.sweepMs;
  const baseline = theirs ? wholeBaseline(theirs) : null;
  const apart = theirs
    ? Math.max(
        ...theirs.numbers.flatMap((row, k) =>
          COMPARED.map((name) => Math.abs(row[name] - (mine.at[k][name] ?? Number.NaN))),
        ),
      )
    : null;
  table.push([
    kind,
    mine.preparationMs,
    mine.sweepMs,
    whole,
    baseline ?? '–',
    baseline === null ? '–' : baseline / whole,
    baseline === null || theirs === null ? '–' : (baseline - 1000 * theirs.preparation) / mine.sweepMs,
    apart === null ? '–' : apart.toExponential(1),
  ]);
}
printTable(
  ['kind', 'our pass ms', 'our 64 points ms', 'ours ms', 'NumPy ms', 'ratio', 'ratio of points', 'largest difference'],
  table,
);
note(
  `Our pass: drawing the noise (or direction, or matrix) and all scalars. Not in it on either side: data, split and fit.`,
);
if (python !== null) {
  note(`${python.versions}: draws once, then for each σ drifts all rows, renormalises, scores and measures; float64.`);
  note(
    `Timed at ${BASELINE_POINTS} of the ${POINTS} points; the median scaled up. largest difference: of ${COMPARED.join(', ')} there.`,
  );
}
const sum = (kinds: readonly Kind[], of: (kind: Kind) => number) => kinds.reduce((total, kind) => total + of(kind), 0);
const oursMs = (kind: Kind) => {
  const entry = found.get(kind);
  return entry ? entry.ours.preparationMs + entry.ours.sweepMs : Number.NaN;
};
const theirMs = (kind: Kind) => {
  const theirs = found.get(kind)?.theirs;
  if (!theirs) return Number.NaN;
  return wholeBaseline(theirs);
};
for (const [name, kinds, counts] of [
  ['σ sweep, 64 points × gaussian and directional', MECHANISMS, true],
  ['σ sweep, 64 points, true rotation', ['rotation'], false],
  ['σ sweep, 64 points, the paper’s subspace kind', ['subspace'], false],
] as const) {
  if (!kinds.every((kind) => found.has(kind))) continue;
  const [mine, baseline] = [sum(kinds, oursMs), sum(kinds, theirMs)];
  const ratio = baseline / mine;
  const compared = Number.isFinite(ratio);
  figure({
    name,
    hold: counts ? `≥ ${HOLD}× NumPy + scikit-learn` : 'none: it needs matrices of D × D',
    measured: `${(mine / 1000).toFixed(2)} s${compared ? `, baseline ${(baseline / 1000).toFixed(1)} s: ${ratio.toFixed(0)}×` : ''}`,
    held: counts && compared ? ratio >= HOLD : null,
    numbers: { ms: mine, baselineMs: compared ? baseline : null, ratio: compared ? ratio : null },
  });
}
