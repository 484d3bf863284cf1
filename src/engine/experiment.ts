import { angleSummary } from '../core/drift/angles.ts';
import { definitionOf } from '../core/drift/registry.ts';
import { scoreRows } from '../core/drift/score.ts';
import type { DriftContext, PreparedDrift, RowScalars } from '../core/drift/types.ts';
import { createEvaluator, type Evaluator } from '../core/metrics/evaluate.ts';
import type { Probe } from '../core/probe/types.ts';
import { splitFromColumn, splitRows, type Split } from '../core/split/split.ts';
import type { ExperimentSpec, MetricsSpec, ViewSpec } from '../spec/types.ts';
import type { Backend, Checkpoint } from './backend.ts';
import type { DataSource, Dataset } from './dataset.ts';
import { preparationKey } from './keys.ts';
import { memo } from './memo.ts';
import type { StepResult } from './results.ts';
import { sliceRows } from './slice.ts';

/** Everything that stays the same while σ, the slice and the metrics move. */
export interface Prepared {
  /** Equal keys mean equal everything. */
  readonly key: string;
  readonly dataset: Dataset;
  readonly split: Split;
  readonly probe: Probe;
  readonly drift: PreparedDrift;
  readonly context: DriftContext;
  readonly scalars: RowScalars;
}

/**
 * Runs specs: `run(spec, data)` is a pure function, made fast by keeping the stages that a change leaves alone.
 * Stages: dataset → split → probe fit → drift scalars (the one O(N·D) pass) → each step O(N).
 */
export class Experiment {
  private readonly datasets = memo<Dataset>(3);
  private readonly probes = memo<{ split: Split; probe: Probe }>(8);
  private readonly preparations = memo<Prepared>(4);
  private evaluator: { key: string; rows: Uint32Array | null; evaluator: Evaluator } | null = null;
  private logits = new Float64Array(0);
  private sliced = new Float64Array(0);

  constructor(
    private readonly source: DataSource,
    readonly backend: Backend,
  ) {}

  private dataset(data: ExperimentSpec['data'], checkpoint: Checkpoint): Promise<Dataset> {
    return this.datasets(JSON.stringify(data), () => this.source.load(data, checkpoint));
  }

  /** Loads, splits, fits and makes the drift's scalars; throws `Cancelled` where the checkpoint does. */
  prepare(spec: ExperimentSpec, checkpoint: Checkpoint): Promise<Prepared> {
    const key = preparationKey(spec);
    return this.preparations(key, async () => {
      const dataset = await this.dataset(spec.data, checkpoint);
      const { split, probe } = await this.probes(JSON.stringify([spec.data, spec.split, spec.probe]), async () => {
        const split = dataset.split ? splitFromColumn(dataset.split) : splitRows(dataset.labels, spec.split);
        const labels = pick(dataset.labels, split.train);
        const request = { embeddings: dataset.embeddings, rows: split.train, labels, probe: spec.probe };
        return { split, probe: await this.backend.fit(request, checkpoint) };
      });
      const target =
        spec.drift.kind === 'model' && spec.drift.to !== null
          ? await this.dataset({ ...spec.data, version: spec.drift.to }, checkpoint)
          : null;
      const context: DriftContext = {
        embeddings: dataset.embeddings,
        rows: split.test,
        labels: pick(dataset.labels, split.test),
        weights: probe.weights,
        trainRows: split.train,
        trainLabels: pick(dataset.labels, split.train),
        target: target?.embeddings ?? null,
      };
      await checkpoint(0, 'Preparing the drift');
      const drift = definitionOf(spec.drift.kind).prepare(spec.drift, context);
      const scalars = await this.backend.scalars(drift, context, null, checkpoint);
      return { key, dataset, split, probe, drift, context, scalars };
    });
  }

  private evaluatorFor(prepared: Prepared, metrics: MetricsSpec, view: ViewSpec) {
    const key = JSON.stringify([prepared.key, metrics, view]);
    if (this.evaluator?.key !== key) {
      const rows = sliceRows(prepared.dataset, prepared.split.test, view.slice);
      const labels = rows ? pick(prepared.context.labels, rows) : prepared.context.labels;
      this.evaluator = { key, rows, evaluator: createEvaluator(labels, metrics) };
    }
    return this.evaluator;
  }

  /** Logits of all test rows at an amount of drift; the array is reused by the next call. */
  testLogits(prepared: Prepared, amount: number): Float64Array {
    const rows = prepared.scalars.rows;
    if (this.logits.length !== rows) this.logits = new Float64Array(rows);
    scoreRows(prepared.scalars, prepared.drift, amount, prepared.probe.bias, this.logits);
    return this.logits;
  }

  private evaluate<D extends 'numbers' | 'full'>(
    prepared: Prepared,
    amount: number,
    { metrics, view }: ExperimentSpec,
    detail: D,
  ) {
    const all = this.testLogits(prepared, amount);
    const { rows, evaluator } = this.evaluatorFor(prepared, metrics, view);
    let logits = all;
    if (rows) {
      if (this.sliced.length !== rows.length) this.sliced = new Float64Array(rows.length);
      for (let k = 0; k < rows.length; k++) this.sliced[k] = all[rows[k]];
      logits = this.sliced;
    }
    return { evaluation: evaluator.evaluate(logits, detail), rows, evaluator, logits };
  }

  /** Everything the screen shows at one amount of drift; O(N). */
  step(prepared: Prepared, spec: ExperimentSpec, amount: number): Omit<StepResult, 'generation' | 'ms'> {
    const { evaluation, rows, evaluator, logits } = this.evaluate(prepared, amount, spec, 'full');
    const angles = angleSummary(prepared.scalars, prepared.drift, amount, rows);
    const { headline, ...charts } = evaluation;
    return {
      sigma: amount,
      headline: { ...headline, meanAngleDegrees: angles.mean },
      ...charts,
      angleQuantiles: angles.quantiles,
      nearBoundary: evaluator.nearBoundary(logits, this.backend.info.logitTolerance),
    };
  }

  /** The numbers of the cliff at one amount of drift; O(N). */
  point(prepared: Prepared, spec: ExperimentSpec, amount: number) {
    const { evaluation, rows } = this.evaluate(prepared, amount, spec, 'numbers');
    return {
      ...evaluation.headline,
      meanAngleDegrees: angleSummary(prepared.scalars, prepared.drift, amount, rows).mean,
    };
  }
}

function pick(labels: Uint8Array, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}
