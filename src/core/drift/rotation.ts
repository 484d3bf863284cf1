import { dotAt } from '../linalg/dot.ts';
import { readRow, UnusableDriftError } from './definition.ts';
import type { DriftDefinition, LabDrift, Pass } from './definition.ts';
import { drawnOnce, randomOrthogonalSteps } from './randomOrthogonal.ts';
import type { Drawn } from './randomOrthogonal.ts';
import type { DriftContext } from './types.ts';

/** cos θ − 1 without the loss of digits at small θ. */
export function cosMinusOne(theta: number): number {
  const half = Math.sin(theta / 2);
  return -2 * half * half;
}

/** Products between two reports of progress: a few milliseconds. */
const PRODUCTS = 1_000_000;

/** Orthonormal columns, one after the other: column c at [c·D, (c + 1)·D). */
export interface Frame {
  readonly columns: Drawn;
  /** How many columns there are: the rotated ones, or all D. */
  readonly count: number;
}

/**
 * A rotation by θ = σ radians in `planes` planes at once; plane j is spanned by columns 2j and 2j + 1 of the frame, and
 * column 2j turns towards column 2j + 1. With P the projector on the planes and K the quarter turn inside them,
 * y = x + sin θ·Kx + (cos θ − 1)·Px. Lengths are kept, so that renormalisation changes nothing.
 */
export function rotationDrift(
  { columns: frame, count }: Frame,
  planes: number,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims } = embeddings;
  const n = rows.length;
  const rotated = 2 * planes;
  const x = new Float64Array(dims);
  return {
    dims,
    rows: n,
    hasSecondComponent: true,
    coefficients: (sigma) => ({ alpha: 1, beta: Math.sin(sigma), gamma: cosMinusOne(sigma) }),
    norm: 'none',
    followsProbe: false,
    fillsWedge: false,
    draw: frame.steps,
    components: (k, d, p) => {
      if (p === null) throw new RangeError('A rotation has two component rows.');
      readRow(embeddings, rows[k], x);
      d.fill(0);
      p.fill(0);
      addTurned(frame.get(), 0, rotated, x, 1, d, p);
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd, wp, xp, dp, pp, n2 } = scalars;
      if (wp === null || xp === null || dp === null || pp === null) {
        throw new RangeError('The scalars of a rotation have two components.');
      }
      const columns = frame.get();
      // w·Kx = (Kᵀw)·x with Kᵀ = −K, and w·Px = (Pw)·x.
      const turned = new Float64Array(dims);
      const projected = new Float64Array(dims);
      const columnsATurn = 2 * Math.max(1, Math.floor(PRODUCTS / (2 * dims)));
      for (let c = 0; c < rotated; c += columnsATurn) {
        addTurned(columns, c, Math.min(rotated, c + columnsATurn), weights, -1, turned, projected);
        yield 0;
      }
      kernels.matVec(rows, turned, wd);
      kernels.matVec(rows, projected, wp);
      if (probeOnly) return;
      // x·Kx = 0, Kx·Px = 0 and ‖Kx‖² = x·Px = ‖Px‖².
      xd.fill(0);
      dp.fill(0);
      const outside = count === dims;
      const from = outside ? rotated : 0;
      const to = outside ? dims : rotated;
      if (outside) pp.set(n2);
      else pp.fill(0);
      const along = new Float64Array(n);
      for (let c = from; c < to; c++) {
        kernels.matVec(rows, columns.subarray(c * dims, (c + 1) * dims), along);
        if (outside) for (let k = 0; k < n; k++) pp[k] -= along[k] * along[k];
        else for (let k = 0; k < n; k++) pp[k] += along[k] * along[k];
        yield (c + 1 - from) / (to - from);
      }
      for (let k = 0; k < n; k++) if (pp[k] < 0) pp[k] = 0;
      dd.set(pp);
      xp.set(pp);
    },
  };
}

/** Adds sign·K v to `turned` and P v to `projected`, for the planes of columns from … to − 1. */
function addTurned(
  columns: Float64Array,
  from: number,
  to: number,
  v: Float64Array,
  sign: 1 | -1,
  turned: Float64Array,
  projected: Float64Array,
): void {
  const dims = v.length;
  for (let c = from; c < to; c += 2) {
    const e1 = c * dims;
    const e2 = e1 + dims;
    const a = dotAt(columns, e1, v, 0, dims);
    const b = dotAt(columns, e2, v, 0, dims);
    for (let j = 0; j < dims; j++) {
      const u1 = columns[e1 + j];
      const u2 = columns[e2 + j];
      turned[j] += sign * (a * u2 - b * u1);
      projected[j] += a * u1 + b * u2;
    }
  }
}

export const rotation: DriftDefinition = {
  id: 'rotation',
  source: 'This lab: a true rotation, where the paper’s cos θ I + sin θ Q is none',
  prepare: (settings, context) => {
    const { dims } = context.embeddings;
    const most = Math.floor(dims / 2);
    const planes = settings.planes ?? most;
    if (most === 0) throw new UnusableDriftError('A rotation needs at least two dimensions; these rows have one.');
    if (!Number.isInteger(planes) || planes < 1 || planes > most) {
      throw new UnusableDriftError(
        `Planes must be a whole number from 1 to ${most} for ${dims} dimensions, not ${planes}.`,
      );
    }
    // With more than half of the columns rotated it is cheaper to project on the rest, which needs the whole of Q.
    const count = 4 * planes > dims ? dims : 2 * planes;
    const columns = drawnOnce(() => randomOrthogonalSteps(settings.seed, dims, count));
    return rotationDrift({ columns, count }, planes, context);
  },
};
