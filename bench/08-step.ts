import { figure, sayLoad } from './support/figures.ts';
import { angleSummary } from '../src/core/drift/angles.ts';
import { createEvaluator } from '../src/core/metrics/evaluate.ts';
import { newExperiment, noCheckpoint, syntheticSpec } from './support/experiments.ts';
import { options } from './support/options.ts';
import { median, p95 } from './support/statistics.ts';
import { note, printTable, type Cell } from './support/table.ts';

const SIZES = options.quick ? [20_000, 100_000] : [20_000, 100_000, 1_000_000];
/** Figures to hold for the whole way from σ to painted charts; a step must leave room for the rest of it. */
const WHOLE: Readonly<Record<number, number>> = { 20_000: 16, 100_000: 33, 1_000_000: 100 };

interface Times {
  readonly wall: number[];
  /** Processor time of this process in that span, so other programs do not count; garbage collection does. */
  readonly cpu: number[];
}

function measure(work: (k: number) => void, repeats: number): Times {
  const times: Times = { wall: [], cpu: [] };
  for (let k = -3; k < repeats; k++) {
    const before = process.cpuUsage();
    const began = performance.now();
    work(k + 3);
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    if (k < 0) continue;
    times.wall.push(wall);
    times.cpu.push((user + system) / 1000);
  }
  return times;
}

console.log('One slider step in the engine, without page or worker: O(N) from the kept scalars');
sayLoad();
const table: Cell[][] = [];
for (const n of SIZES) {
  // Eight dimensions: a step reads a few scalars a row, whatever the dimensions were.
  const test = n === 1_000_000 ? 0.995 : 0.98;
  const spec = syntheticSpec({ rows: Math.min(1_000_000, Math.round(n / test)), dims: 8, train: 1 - test, test });
  const experiment = newExperiment();
  const prepared = await experiment.prepare(spec, noCheckpoint);
  const repeats = options.quick ? 20 : n >= 1_000_000 ? 15 : 60;
  const amount = (k: number) => 0.001 * 1.1 ** (k % 60);
  const logits = experiment.testLogits(prepared, 0.02).slice();
  const evaluator = createEvaluator(prepared.context.labels, spec.metrics);
  const parts: readonly (readonly [string, Times])[] = [
    ['whole step, all charts', measure((k) => void experiment.step(prepared, spec, amount(k)), repeats)],
    ['whole point of the cliff', measure((k) => void experiment.point(prepared, spec, amount(k)), repeats)],
    ['scores', measure((k) => void experiment.testLogits(prepared, amount(k)), repeats)],
    ['metrics for all charts', measure(() => void evaluator.evaluate(logits, 'full'), repeats)],
    ['metrics, numbers alone', measure(() => void evaluator.evaluate(logits, 'numbers'), repeats)],
    [
      'angles with quantiles',
      measure((k) => void angleSummary(prepared.scalars, prepared.drift, amount(k), null), repeats),
    ],
  ];
  const rows = prepared.split.test.length;
  for (const [name, { wall, cpu }] of parts) {
    table.push([name, rows.toLocaleString('en-US'), median(wall), p95(wall), median(cpu), (1e6 * median(cpu)) / rows]);
  }
  const [, { wall, cpu }] = parts[0];
  figure({
    name: `engine step, ${n.toLocaleString('en-US')} rows, all metrics`,
    hold: `a part of ${WHOLE[n]} ms`,
    measured: `median ${median(wall).toFixed(1)}, p95 ${p95(wall).toFixed(1)} ms (processor ${median(cpu).toFixed(1)} ms)`,
    held: null,
    numbers: { rows, median: median(wall), p95: p95(wall), processor: median(cpu) },
  });
}
printTable(['step', 'test rows', 'median ms', 'p95 ms', 'processor ms', 'processor ns a row'], table);
note('processor: time that this process got; where it is far below the median, other programs held the cores.');
