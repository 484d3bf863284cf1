import { createKernels } from '../linalg/kernels.ts';
import type { RowKernels } from '../linalg/kernels.ts';
import { dot } from '../linalg/dot.ts';
import { readRow } from './definition.ts';
import type { DriftScalars, LabDrift } from './definition.ts';
import type { DriftContext, PreparedDrift, RowScalars } from './types.ts';

/** Rows between two reports of progress where the components are read one by one. */
const BLOCK = 64;

function isLabDrift(prepared: PreparedDrift): prepared is LabDrift {
  return 'fill' in prepared;
}

function emptyScalars(prepared: PreparedDrift): DriftScalars {
  const n = prepared.rows;
  const second = (): Float64Array | null => (prepared.hasSecondComponent ? new Float64Array(n) : null);
  return {
    rows: n,
    s: new Float64Array(n),
    n2: new Float64Array(n),
    wd: new Float64Array(n),
    xd: new Float64Array(n),
    dd: new Float64Array(n),
    wp: second(),
    xp: second(),
    dp: second(),
    pp: second(),
    wedge: isLabDrift(prepared) && prepared.fillsWedge ? new Float64Array(n) : null,
  };
}

/**
 * The one O(N·D) pass in steps: yields the share done, in [0, 1], after each block, so that a caller can show progress,
 * let others run, or give up; returns the scalars of `context.rows`, in their order.
 *
 * The paper's subspace kind costs O(N·D²), because xᵀQx has no shorter form.
 */
export function* scalarSteps(
  prepared: PreparedDrift,
  context: DriftContext,
  kernels: RowKernels = createKernels(context.embeddings),
): Generator<number, DriftScalars> {
  const scalars = emptyScalars(prepared);
  if (!isLabDrift(prepared) || prepared.fillsRows !== true) {
    kernels.matVec(context.rows, context.weights, scalars.s);
    kernels.squaredNorms(context.rows, scalars.n2);
  }
  if (isLabDrift(prepared)) yield* prepared.fill({ kernels, context, scalars, probeOnly: false });
  else yield* fillFromComponents(prepared, context, scalars);
  return scalars;
}

/** {@link scalarSteps} in one go; calls `context.onProgress` after each block. */
export function computeScalars(prepared: PreparedDrift, context: DriftContext, kernels?: RowKernels): DriftScalars {
  return finish(scalarSteps(prepared, context, kernels), context);
}

/**
 * Scalars for another probe on the same rows and components: only s, wd and wp are new, the other arrays are shared with
 * `previous`. Throws where the components follow the probe (shifts along it): prepare the drift again instead.
 */
export function* probeSteps(
  prepared: PreparedDrift,
  context: DriftContext,
  previous: RowScalars,
  kernels: RowKernels = createKernels(context.embeddings),
): Generator<number, DriftScalars> {
  if (previous.rows !== prepared.rows) throw new RangeError('The scalars given belong to other rows.');
  if (!isLabDrift(prepared)) return yield* scalarSteps(prepared, context, kernels);
  if (prepared.followsProbe) throw new RangeError('This drift follows the probe: prepare it again for the new probe.');
  const n = prepared.rows;
  const wedge = 'wedge' in previous ? (previous as DriftScalars).wedge : null;
  const scalars: DriftScalars = {
    ...previous,
    wedge,
    s: new Float64Array(n),
    wd: new Float64Array(n),
    wp: previous.wp === null ? null : new Float64Array(n),
  };
  if (prepared.fillsRows !== true) kernels.matVec(context.rows, context.weights, scalars.s);
  yield* prepared.fill({ kernels, context, scalars, probeOnly: true });
  return scalars;
}

/** {@link probeSteps} in one go; calls `context.onProgress` after each block. */
export function updateProbe(
  prepared: PreparedDrift,
  context: DriftContext,
  previous: RowScalars,
  kernels?: RowKernels,
): DriftScalars {
  return finish(probeSteps(prepared, context, previous, kernels), context);
}

function finish(steps: Generator<number, DriftScalars>, context: DriftContext): DriftScalars {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    context.onProgress?.(step.value);
  }
}

/** The scalars by their definition, from the component rows one by one: slow, and right for any prepared drift. */
export function* fillFromComponents(
  prepared: PreparedDrift,
  context: DriftContext,
  scalars: RowScalars,
): Generator<number, void> {
  const { embeddings, rows, weights } = context;
  const n = prepared.rows;
  const x = new Float64Array(prepared.dims);
  const d = new Float64Array(prepared.dims);
  const p = prepared.hasSecondComponent ? new Float64Array(prepared.dims) : null;
  for (let k = 0; k < n; k++) {
    readRow(embeddings, rows[k], x);
    prepared.components(k, d, p);
    scalars.wd[k] = dot(weights, d);
    scalars.xd[k] = dot(x, d);
    scalars.dd[k] = dot(d, d);
    if (p !== null && scalars.wp !== null && scalars.xp !== null && scalars.dp !== null && scalars.pp !== null) {
      scalars.wp[k] = dot(weights, p);
      scalars.xp[k] = dot(x, p);
      scalars.dp[k] = dot(d, p);
      scalars.pp[k] = dot(p, p);
    }
    if (k % BLOCK === BLOCK - 1) yield (k + 1) / n;
  }
}
