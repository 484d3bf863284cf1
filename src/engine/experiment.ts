import { loadDefinition } from '../core/drift/load.ts';
import { angleSummary, meanAngle } from '../core/drift/angles.ts';
import type { LabDrift, DriftScalars } from '../core/drift/definition.ts';
import { createNoise, type NoiseSource } from '../core/drift/noise.ts';
import { inFile, scoreRows } from '../core/drift/score.ts';
import type { DriftContext } from '../core/drift/types.ts';
import { pairedDeLong } from '../core/metrics/deLong.ts';
import { createEvaluator, type Evaluator } from '../core/metrics/evaluate.ts';
import type { Estimate } from '../core/metrics/types.ts';
import type { Probe } from '../core/probe/types.ts';
import { splitFromColumn, splitRows, type Split } from '../core/split/split.ts';
import type { DataSpec, ExperimentSpec } from '../spec/types.ts';
import { DataError } from '../data/errors.ts';
import { REFERENCE_TOLERANCE, type Backend, type Checkpoint } from './backend.ts';
import { belongsToAnotherCone, cosineMeter } from './cone.ts';
import type { DataSource, Dataset } from './dataset.ts';
import { KeptRows, preparedRows, rowsKeys } from './keptRows.ts';
import { componentsKey, measureKey, preparationKey, probeKey } from './keys.ts';
import { memo, type Memo } from './memo.ts';
import { shared } from './shared.ts';
import type { Headline, StepResult } from './results.ts';
import { sliceRows } from './slice.ts';

/** Everything that stays the same while σ, the slice and the metrics move. */
export interface Prepared {
  /** Equal keys mean equal everything. */
  readonly key: string;
  readonly dataset: Dataset;
  /** Mean pairwise cosine of all rows, and of the same rows without the cone of the spec; null where undefined. */
  readonly meanCosine: number | null;
  readonly baseMeanCosine: number | null;
  /** The encoder version that the drift leads to; null for any drift but that. */
  readonly target: Dataset | null;
  readonly split: Split;
  readonly probe: Probe;
  readonly drift: LabDrift;
  readonly context: DriftContext;
  readonly scalars: DriftScalars;
  /** Writes the logits of all test rows at an amount of drift: O(N) for a linear probe, O(N·H) for a network. */
  readonly score: Score;
  /** Bytes that the network's products take; 0 for a linear probe. */
  readonly productBytes: number;
}

export type Score = (amount: number, out: Float64Array) => void;

/** Drawn noise may take half of what the embeddings take. */
const NOISE_SHARE = 0.5;

/**
 * Runs specs: `run(spec, data)` is a pure function, made fast by keeping the stages that a change leaves alone.
 * Stages: dataset → split → probe fit → drift scalars (the one O(N·D) pass) → each step O(N).
 */
export class Experiment {
  private rows: KeptRows;
  /** Of the spec prepared last. */
  private rowsInUse: readonly string[] = [];
  private cosineOf = cosineMeter();
  private splits: Memo<Split> = memo(4);
  private probes: Memo<Probe> = memo(8);
  private readonly preparations: Memo<Prepared> = memo(3);
  private main: Experiment | null = null;
  /** The last noise drawn, and the last pass over rows and components: a change of the probe alone reuses both. */
  private noise: { readonly key: string; readonly source: NoiseSource } | null = null;
  private pass: { readonly key: string; readonly scalars: DriftScalars } | null = null;
  private evaluator: { readonly key: string; readonly rows: Uint32Array | null; readonly evaluator: Evaluator } | null =
    null;
  private logits = new Float64Array(0);
  private sliced = new Float64Array(0);

  constructor(
    private readonly source: DataSource,
    readonly backend: Backend,
    keptBytes?: number,
  ) {
    this.rows = new KeptRows(keptBytes);
  }

  /**
   * An experiment for work beside the main one: it shares data, splits and probes, and has preparations and buffers of its
   * own, so that neither pushes out what the other keeps, nor writes into its arrays.
   */
  aside(): Experiment {
    const beside = new Experiment(this.source, this.backend);
    beside.rows = this.rows;
    beside.cosineOf = this.cosineOf;
    beside.splits = this.splits;
    beside.probes = this.probes;
    beside.main = this;
    return beside;
  }

  /** The rows of a data spec. Those without the cone are kept beside, so that another cone fetches nothing again. */
  dataset(data: DataSpec, checkpoint: Checkpoint): Promise<Dataset> {
    const { cone, normalize } = data;
    if (cone === null) return this.rows.get(data, () => this.source.load(data, checkpoint), checkpoint);
    const turned = async () => {
      const base = await this.dataset({ ...data, cone: null }, checkpoint);
      const { withCone } = await import('./coneRows.ts');
      return withCone(base, cone, normalize, checkpoint);
    };
    return this.rows.get(data, turned, checkpoint);
  }

  /** Lets rows go that are not in use, and the preparations that hold such. */
  private makeRoom(): void {
    this.rows.trim(new Set([...this.rowsInUse, ...(this.main?.rowsInUse ?? [])]));
    for (const one of [this, this.main]) {
      const held = (key: string) => one?.rowsInUse.includes(key) === true || this.rows.has(key);
      one?.preparations.forget((preparation) => !preparedRows(preparation).every(held));
    }
  }

  /** Loads, splits, fits and makes the drift's scalars; throws `Cancelled` where the checkpoint does. */
  async prepare(spec: ExperimentSpec, checkpoint: Checkpoint): Promise<Prepared> {
    const key = preparationKey(spec);
    const main = this.main?.preparations;
    const ready = main?.peek(key);
    if (main && ready) return shared(main, key, () => this.prepareAnew(spec, checkpoint), checkpoint);
    // Each cone has rows of its own: of the preparations, only those of the cone in use keep theirs.
    if (spec.data.cone !== null) this.preparations.forget((kept) => belongsToAnotherCone(kept, spec.data));
    this.rowsInUse = rowsKeys(spec);
    // Before, so that large rows that are not wanted any more are gone when others are read; and again once these have a size.
    this.makeRoom();
    const prepared = await shared(this.preparations, key, () => this.prepareAnew(spec, checkpoint), checkpoint);
    this.makeRoom();
    return prepared;
  }

  private async prepareAnew(spec: ExperimentSpec, checkpoint: Checkpoint): Promise<Prepared> {
    const key = preparationKey(spec);
    const { data, drift: settings } = spec;
    const dataset = await this.dataset(data, checkpoint);
    const base = data.cone === null ? dataset : await this.dataset({ ...data, cone: null }, checkpoint);
    const meanCosine = await this.cosineOf(dataset, checkpoint);
    const baseMeanCosine = await this.cosineOf(base, checkpoint);
    const rowsKey = JSON.stringify([data, spec.split]);
    const split = await this.splits(rowsKey, async () =>
      dataset.split ? splitFromColumn(dataset.split) : splitRows(dataset.labels, spec.split),
    );
    const trainLabels = pick(dataset.labels, split.train);
    checkSplit(dataset.title, trainLabels, split.test.length);
    const fit = (): Promise<Probe> => {
      const { embeddings, labels } = dataset;
      const request = { embeddings, rows: split.train, labels: trainLabels, probe: spec.probe };
      if (spec.probe.kind === 'logistic') return this.backend.fit(request, checkpoint);
      const validation = { rows: split.validation, labels: pick(labels, split.validation) };
      return this.backend.fitMlp({ ...request, validation }, checkpoint);
    };
    const probe = await shared(this.probes, JSON.stringify([rowsKey, probeKey(spec.probe)]), fit, checkpoint);
    const target =
      settings.kind === 'model' && settings.to !== null
        ? await this.dataset({ ...data, version: settings.to }, checkpoint)
        : null;
    const context: DriftContext = {
      embeddings: dataset.embeddings,
      rows: split.test,
      labels: pick(dataset.labels, split.test),
      weights: probe.kind === 'mlp' ? probe.direction : probe.weights,
      trainRows: split.train,
      trainLabels,
      target: target?.embeddings ?? null,
    };
    await checkpoint(0, 'Preparing the drift');
    const noise = settings.kind === 'gaussian' ? this.noiseFor(settings.seed, context) : undefined;
    const definition = await loadDefinition(settings.kind);
    const drift = definition.prepare(settings, noise ? { ...context, noise } : context);
    for (const share of drift.draw?.() ?? []) await checkpoint(share, 'Drawing a random rotation');
    const passKey = JSON.stringify([rowsKey, componentsKey(settings)]);
    const previous = this.pass?.key === passKey && !drift.followsProbe ? this.pass.scalars : null;
    const scalars = await this.backend.scalars(drift, context, previous, checkpoint);
    this.pass = { key: passKey, scalars };
    const { score, productBytes } =
      probe.kind === 'mlp'
        ? await (await import('./mlp/mlpScorer.ts')).mlpScorer(probe, drift, context, scalars, checkpoint)
        : { score: linearScore(scalars, drift, probe.bias), productBytes: 0 };
    return {
      ...{ key, dataset, meanCosine, baseMeanCosine, target, split },
      ...{ probe, drift, context, scalars, score: namingRows(score, split.test), productBytes },
    };
  }

  private noiseFor(seed: number, { rows, embeddings: { dims, values } }: DriftContext): NoiseSource {
    const key = JSON.stringify([seed, rows.length, dims]);
    if (this.main?.noise?.key === key) return this.main.noise.source;
    if (this.noise?.key !== key) {
      this.noise = { key, source: createNoise(seed, rows.length, dims, values.byteLength * NOISE_SHARE) };
    }
    return this.noise.source;
  }

  /** The evaluator of the measured rows, and which rows these are among the test rows; null for all. */
  evaluatorFor(prepared: Prepared, spec: ExperimentSpec) {
    const { metrics, view, data, split } = spec;
    const key = JSON.stringify([data, split, measureKey(spec)]);
    if (this.evaluator?.key !== key) {
      const rows = sliceRows(prepared.dataset, prepared.split.test, view.slice);
      const labels = rows ? pick(prepared.context.labels, rows) : prepared.context.labels;
      this.evaluator = { key, rows, evaluator: createEvaluator(labels, metrics) };
    }
    return this.evaluator;
  }

  /** Logits of all test rows at an amount of drift; the array is reused by the next call. */
  testLogits(prepared: Prepared, amount: number): Float64Array {
    const { rows } = prepared.scalars;
    if (this.logits.length !== rows) this.logits = new Float64Array(rows);
    prepared.score(amount, this.logits);
    return this.logits;
  }

  /** The logits of the measured rows (the slice) at an amount of drift; the array is reused by the next call. */
  measuredLogits(prepared: Prepared, amount: number, rows: Uint32Array | null): Float64Array {
    const all = this.testLogits(prepared, amount);
    if (!rows) return all;
    if (this.sliced.length !== rows.length) this.sliced = new Float64Array(rows.length);
    for (let k = 0; k < rows.length; k++) this.sliced[k] = all[rows[k]];
    return this.sliced;
  }

  /** Everything the screen shows at one amount of drift; O(N). */
  step(prepared: Prepared, spec: ExperimentSpec, amount: number): Omit<StepResult, 'generation' | 'ms'> {
    const { rows, evaluator } = this.evaluatorFor(prepared, spec);
    const logits = this.measuredLogits(prepared, amount, rows);
    const {
      roc,
      aucInterval,
      accuracyInterval,
      silentInterval,
      reliability,
      histogram,
      confusion,
      operatingPoint,
      nearBoundary,
      ...numbers
    } = evaluator.evaluate(logits, 'full');
    const tolerance = Math.max(this.backend.info.logitTolerance, REFERENCE_TOLERANCE);
    const angles = angleSummary(prepared.scalars, prepared.drift, amount, rows);
    return {
      sigma: amount,
      coefficients: prepared.drift.coefficients(amount),
      headline: { ...numbers, meanAngleDegrees: angles.mean },
      aucInterval,
      accuracyInterval,
      silentInterval,
      roc,
      operatingPoint,
      reliability,
      histogram,
      confusion,
      angleQuantiles: angles.quantiles,
      nearBoundary: nearBoundary(tolerance),
      logits: prepared.probe.kind === 'mlp' ? Float32Array.from(logits) : null,
    };
  }

  /** AUC with drift minus AUC without, on the same rows: DeLong's paired 95 % interval. */
  aucChange(prepared: Prepared, spec: ExperimentSpec, amount: number): Estimate {
    const { rows } = this.evaluatorFor(prepared, spec);
    const labels = rows ? pick(prepared.context.labels, rows) : prepared.context.labels;
    const clean = this.measuredLogits(prepared, 0, rows).slice();
    return pairedDeLong(labels, this.measuredLogits(prepared, amount, rows), clean).difference;
  }

  /** The numbers of the cliff at one amount of drift; O(N). */
  point(prepared: Prepared, spec: ExperimentSpec, amount: number): Headline {
    const { rows, evaluator } = this.evaluatorFor(prepared, spec);
    const numbers = evaluator.evaluate(this.measuredLogits(prepared, amount, rows), 'numbers');
    return { ...numbers, meanAngleDegrees: meanAngle(prepared.scalars, prepared.drift, amount, rows) };
  }
}

function linearScore(scalars: DriftScalars, drift: LabDrift, bias: number): Score {
  return (amount, out) => scoreRows(scalars, drift, amount, bias, out);
}

/** A row that vanishes is named by its place in the file, where a person can find it. */
function namingRows(score: Score, rows: Uint32Array): Score {
  return (amount, out) => {
    try {
      score(amount, out);
    } catch (error) {
      throw inFile(error, rows);
    }
  };
}

/** A probe needs both classes among the training rows, and a result needs rows to test on. */
function checkSplit(title: string, trainLabels: Uint8Array, testRows: number): void {
  const classes = new Set(trainLabels).size;
  if (classes === 2 && testRows > 0) return;
  const wrong =
    classes < 2 ? `its ${trainLabels.length} training rows do not hold both classes` : 'no row is left to test on';
  throw new DataError(title, null, wrong, 'Change the shares of the split, or the split column of the labels');
}

function pick(labels: Uint8Array, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}
