import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment, type Prepared } from '../src/engine/experiment.ts';
import { amountOf } from '../src/engine/keys.ts';
import { transformRow } from '../src/core/drift/transform.ts';
import { writeNpy } from '../src/data/npyWrite.ts';
import type { ExperimentSpec } from '../src/spec/types.ts';
import { checkOutputs, shippedSource, writeOut } from './files.ts';
import { ownFacts, ownSource } from './ownData.ts';
import { badSettings, onePath, OWN_OPTIONS, ownFiles, readArguments, vanishedRow } from './arguments.ts';
import { probeFacts } from './probeFacts.ts';
import { readSpec, specName } from './readSpec.ts';
import { stderrProgress } from './progress.ts';

export const RUN_USAGE = `run [LINK|SPEC.json|-] [--embeddings X.npy --labels Y.csv [--embeddings-new NEW.npy]]
         [--map JSON] [--non-finite drop] [--sample N:SEED]
         [--dump-scores OUT.csv] [--dump-embeddings OUT.npy] [--dump-split OUT.csv]
         Runs a spec (every field optional) on the shipped data or on your own, and prints the numbers.
         Files: .npy, .npz, .csv, .tsv, .jsonl, .parquet, .arrow, .feather or .safetensors; one file may be named twice.
         NEW.npy (or --target) holds the same rows from a newer encoder: the drift is then all the way to it (drift.t: 1).`;

const OPTIONS = {
  ...OWN_OPTIONS,
  'dump-scores': { type: 'string' },
  'dump-embeddings': { type: 'string' },
  'dump-split': { type: 'string' },
} as const;

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS, RUN_USAGE);
  const specPath = onePath(positionals);
  const own = ownFiles(values);
  const outputs = [values['dump-scores'], values['dump-embeddings'], values['dump-split']];
  const inputs = [specPath, own?.embeddings, own?.labels, own?.target];
  await checkOutputs(outputs.filter(isPath), inputs.filter(isPath));
  const shipped = shippedSource();
  const spec = await readSpec(specPath, own, shipped);
  const source = own && ownSource(own);
  const experiment = new Experiment(source ?? shipped, createCpuBackend());
  const amount = amountOf(spec.drift);
  const { prepared, step, clean } = await measured(experiment, spec, amount, specName(specPath));
  const { dataset, split, probe } = prepared;

  if (values['dump-split']) await writeOut(values['dump-split'], splitTable(prepared));
  if (values['dump-scores']) await writeOut(values['dump-scores'], scoreTable(experiment, prepared, spec));
  if (values['dump-embeddings']) await writeOut(values['dump-embeddings'], driftedRows(prepared, spec));

  const { rows, dims } = dataset.embeddings;
  const { accuracyInterval, aucInterval, silentInterval, confusion, angleQuantiles } = step;
  const rocAucChange = experiment.aucChange(prepared, spec, amount);
  const report = {
    spec,
    data: {
      name: dataset.id,
      version: dataset.version,
      title: dataset.title,
      rows,
      dims,
      sha256: dataset.sha256,
      target: prepared.target && { version: prepared.target.version, sha256: prepared.target.sha256 },
      ...(await ownFacts(source, spec.data.own)),
    },
    backend: experiment.backend.info.name,
    splitFrom: dataset.split ? 'column' : 'seed',
    split: { train: split.train.length, validation: split.validation.length, test: split.test.length },
    probe: probeFacts(probe),
    // σ, or t for a drift towards another encoder version.
    amount,
    clean,
    metrics: {
      ...step.headline,
      confusion,
      nearBoundary: step.nearBoundary,
      // 95 %: DeLong on the logit scale, Wilson, Wilson; the change of AUC is paired (same rows), Wald.
      intervals: { rocAuc: aucInterval, accuracy: accuracyInterval, silentFailureRate: silentInterval, rocAucChange },
      angleQuantilesDegrees: angleQuantiles && {
        p5: angleQuantiles[0],
        p50: angleQuantiles[1],
        p95: angleQuantiles[2],
      },
    },
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

const isPath = (path: string | null | undefined): path is string => path !== undefined && path !== null;

/** Runs the spec; what its settings ask of the data in vain is told as bad input of the spec. */
async function measured(experiment: Experiment, spec: ExperimentSpec, amount: number, name: string) {
  let prepared: Prepared | null = null;
  try {
    prepared = await experiment.prepare(spec, stderrProgress());
    const clean = experiment.point(prepared, spec, 0);
    return { prepared, clean, step: experiment.step(prepared, spec, amount) };
  } catch (error) {
    const vanished = vanishedRow(error, prepared, amount);
    throw vanished ?? badSettings(error, name) ?? error;
  }
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
