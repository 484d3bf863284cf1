import { parseArgs } from 'node:util';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment, type Prepared } from '../src/engine/experiment.ts';
import { amountOf } from '../src/engine/keys.ts';
import { transformRow } from '../src/core/drift/transform.ts';
import { writeNpy } from '../src/data/npyWrite.ts';
import type { ExperimentSpec } from '../src/spec/types.ts';
import { UsageError } from './errors.ts';
import { shippedSource, writeOut } from './files.ts';
import { ownSource, type OwnFiles } from './ownData.ts';
import { readSpec } from './readSpec.ts';
import { stderrProgress } from './progress.ts';

export const RUN_USAGE = `run [SPEC.json|-] [--embeddings X.npy --labels Y.csv [--target NEW.npy]]
         [--dump-scores OUT.csv] [--dump-embeddings OUT.npy] [--dump-split OUT.csv]
         Runs a spec (every field optional) on the shipped data or on your own, and prints the numbers.`;

const OPTIONS = {
  embeddings: { type: 'string' },
  labels: { type: 'string' },
  target: { type: 'string' },
  'dump-scores': { type: 'string' },
  'dump-embeddings': { type: 'string' },
  'dump-split': { type: 'string' },
} as const;

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} Usage: ${RUN_USAGE.split('\n')[0]}`);
  }
}

function ownFiles(values: { embeddings?: string; labels?: string; target?: string }): OwnFiles | null {
  const { embeddings, labels, target } = values;
  if (embeddings === undefined && labels === undefined && target === undefined) return null;
  if (embeddings === undefined) throw new UsageError('--embeddings X.npy is missing: your own data needs both files.');
  if (labels === undefined) throw new UsageError('--labels Y.csv is missing: your own data needs both files.');
  return { embeddings, labels, target: target ?? null };
}

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args);
  if (positionals.length > 1) throw new UsageError(`One spec at a time: ${positionals.join(', ')}.`);
  const own = ownFiles(values);
  const spec = await readSpec(positionals[0], own);
  const experiment = new Experiment(own ? ownSource(own) : shippedSource(), createCpuBackend());
  const prepared = await experiment.prepare(spec, stderrProgress());
  const step = experiment.step(prepared, spec, amountOf(spec.drift));
  const { dataset, split, probe } = prepared;

  if (values['dump-split']) await writeOut(values['dump-split'], splitTable(prepared));
  if (values['dump-scores']) await writeOut(values['dump-scores'], scoreTable(experiment, prepared, spec));
  if (values['dump-embeddings']) await writeOut(values['dump-embeddings'], driftedRows(prepared, spec));

  const { rows, dims } = dataset.embeddings;
  const { converged, iterations, gradientNorm, bias, weightNorm } = probe;
  const { accuracyInterval, aucInterval, silentInterval, confusion, angleQuantiles } = step;
  const report = {
    spec,
    data: { name: dataset.id, version: dataset.version, title: dataset.title, rows, dims, sha256: dataset.sha256 },
    backend: experiment.backend.info.name,
    split: { train: split.train.length, validation: split.validation.length, test: split.test.length },
    probe: { iterations, gradientNorm, converged, bias, weightNorm },
    metrics: {
      ...step.headline,
      confusion,
      intervals: { rocAuc: aucInterval, accuracy: accuracyInterval, silentFailureRate: silentInterval },
      angleQuantilesDegrees: angleQuantiles,
    },
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

function splitTable({ dataset, split }: Prepared): string {
  const names: string[] = new Array(dataset.embeddings.rows);
  for (const name of ['train', 'validation', 'test'] as const) for (const row of split[name]) names[row] = name;
  return `row,split\n${names.map((name, row) => `${row},${name}\n`).join('')}`;
}

function scoreTable(experiment: Experiment, prepared: Prepared, spec: ExperimentSpec): string {
  const logits = experiment.testLogits(prepared, amountOf(spec.drift));
  const { rows, labels } = prepared.context;
  return `row,label,logit\n${Array.from(rows, (row, k) => `${row},${labels[k]},${logits[k]}\n`).join('')}`;
}

function driftedRows({ drift, context }: Prepared, spec: ExperimentSpec): Uint8Array {
  const { rows, embeddings } = context;
  const out = new Float64Array(rows.length * embeddings.dims);
  const amount = amountOf(spec.drift);
  for (let k = 0; k < rows.length; k++) {
    transformRow(drift, embeddings, rows, k, amount, out.subarray(k * embeddings.dims, (k + 1) * embeddings.dims));
  }
  return writeNpy(out, rows.length, embeddings.dims);
}
