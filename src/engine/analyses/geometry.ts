import type { AxisScalars, GramScalars } from '../../core/drift/positions.ts';
import type { PreparedDrift } from '../../core/drift/types.ts';
import { probeSteps, scalarSteps } from '../../core/drift/scalars.ts';
import { dot, norm } from '../../core/linalg/dot.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { leadingComponentSteps } from '../../core/linalg/leadingComponent.ts';
import { follow } from '../follow.ts';
import type { Analysis } from './analysis.ts';
import { takeRows } from './takeRows.ts';

/** Seed of the start of the power iteration; where it starts decides nothing but the last digits. */
const SEED = 0;
/** Share of the progress bar that the search for the second axis takes. */
const SEARCH = 0.6;

/** Everything that places the measured rows at any amount of drift, in float64, one entry a row. */
export interface GeometryReport {
  readonly rows: number;
  /** Row number in the file. */
  readonly rowNumbers: Uint32Array;
  /** 0/1. */
  readonly labels: Uint8Array;
  readonly gram: GramScalars;
  readonly norm: PreparedDrift['norm'];
  /** Along ŵ = w/‖w‖, with what has to be taken off for the signed distance to the plane p = ½; null for a network. */
  readonly probe: { readonly axis: AxisScalars; readonly origin: number; readonly weightNorm: number } | null;
  /** Along e; `origin` is e·(mean of the training rows). */
  readonly second: {
    readonly axis: AxisScalars;
    readonly origin: number;
    /** Share of the variance of the training rows that lies along e, and along ŵ; null where they do not vary. */
    readonly share: number | null;
    readonly probeShare: number | null;
    /** Training rows that e was found on. */
    readonly trainRows: number;
    readonly passes: number;
    readonly settled: boolean;
  };
}

/**
 * The measured rows on two axes: the probe's direction, and the leading component of the training rows orthogonal to it
 * (of all their variance, for a network). Holds for any amount of drift: the page places rows by core/drift/positions.ts.
 */
export const geometry: Analysis<Record<string, never>, GeometryReport> = async ({ experiment, spec, checkpoint }) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows: positions } = experiment.evaluatorFor(prepared, spec);
  const { context, drift, scalars, probe, split, dataset } = prepared;
  const { embeddings, trainRows } = context;
  const kernels = createKernels(embeddings);
  const weights = probe.kind === 'logistic' ? probe.weights : null;
  const component = await follow(
    leadingComponentSteps(kernels, trainRows, weights, SEED),
    checkpoint,
    0,
    SEARCH,
    'Finding the second axis',
  );
  const e = component.direction;
  const other = { ...context, weights: e };
  // A drift along the probe keeps the direction that it was prepared with: only the axis that reads it changes.
  const pass = drift.followsProbe
    ? scalarSteps(drift, other, kernels)
    : probeSteps(drift, other, scalars, createKernels(embeddings));
  const along = await follow(pass, checkpoint, SEARCH, 1, 'Placing the rows');

  const count = positions ? positions.length : scalars.rows;
  // What leaves the engine is moved to the page, so nothing that is kept here may be in it.
  const take = (values: Float64Array): Float64Array => (positions ? takeRows(values, positions) : values.slice());
  const takeIf = (values: Float64Array | null): Float64Array | null => (values === null ? null : take(values));
  const k = weights === null ? 0 : norm(weights);
  const scaled = (values: Float64Array): Float64Array => take(values).map((value) => value / k);
  let probeAxis: GeometryReport['probe'] = null;
  let probeShare: number | null = null;
  if (probe.kind === 'logistic' && k > 0) {
    const { s, wd, wp } = scalars;
    const axis = { ex: scaled(s), ed: scaled(wd), ep: wp === null ? null : scaled(wp) };
    probeAxis = { axis, origin: -probe.bias / k, weightNorm: k };
    const trained = new Float64Array(trainRows.length);
    kernels.matVec(trainRows, probe.weights, trained);
    const centre = dot(component.mean, probe.weights);
    const variance = trained.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (trained.length * k * k);
    probeShare = component.totalVariance > 0 ? variance / component.totalVariance : null;
  }
  const fileRows = positions ? Uint32Array.from(positions, (at) => split.test[at]) : split.test.slice();
  const { n2, xd, dd, xp, dp, pp } = scalars;
  return {
    rows: count,
    rowNumbers: fileRows,
    labels: Uint8Array.from(fileRows, (row) => dataset.labels[row]),
    gram: {
      rows: count,
      n2: take(n2),
      xd: take(xd),
      dd: take(dd),
      xp: takeIf(xp),
      dp: takeIf(dp),
      pp: takeIf(pp),
    },
    norm: drift.norm,
    probe: probeAxis,
    second: {
      axis: { ex: take(along.s), ed: take(along.wd), ep: takeIf(along.wp) },
      origin: dot(component.mean, e),
      share: component.share,
      probeShare,
      trainRows: trainRows.length,
      passes: component.passes,
      settled: component.settled,
    },
  };
};
