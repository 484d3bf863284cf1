import { dotAt } from '../linalg/dot.ts';
import { readRow } from './definition.ts';
import type { DriftDefinition, LabDrift, Pass } from './definition.ts';
import { randomOrthogonal } from './randomOrthogonal.ts';
import type { DriftContext } from './types.ts';

/** Data rows that share one read of the matrix. */
const TILE = 4;
/** Data rows between two reports of progress. */
const BLOCK = 64;

/**
 * The paper's drift y = cos θ·x + sin θ·Qx with θ = σπ/2. `orthogonal` makes Q when first needed, column by column
 * (column c at [c·D, (c + 1)·D)).
 */
export function subspaceDrift(
  orthogonal: () => Float64Array,
  renormalize: boolean,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims } = embeddings;
  const n = rows.length;
  let made: Float64Array | null = null;
  const columns = (): Float64Array => (made ??= orthogonal());
  const x = new Float64Array(dims);
  return {
    dims,
    rows: n,
    hasSecondComponent: false,
    coefficients: (sigma) => {
      const theta = (sigma * Math.PI) / 2;
      return { alpha: Math.cos(theta), beta: Math.sin(theta), gamma: 0 };
    },
    norm: renormalize ? 'original' : 'none',
    followsProbe: false,
    fillsWedge: false,
    components: (k, d) => {
      const q = columns();
      readRow(embeddings, rows[k], x);
      d.fill(0);
      for (let c = 0; c < dims; c++) {
        const xc = x[c];
        for (let i = 0; i < dims; i++) d[i] += xc * q[c * dims + i];
      }
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd, n2 } = scalars;
      const q = columns();
      const folded = new Float64Array(dims);
      for (let c = 0; c < dims; c++) folded[c] = dotAt(q, c * dims, weights, 0, dims);
      kernels.matVec(rows, folded, wd);
      if (probeOnly) return;
      // Q keeps lengths: ‖Qx‖ = ‖x‖.
      dd.set(n2);
      const upper = upperTriangle(q, dims);
      const tile = new Float64Array(TILE * dims);
      for (let first = 0; first < n; first += BLOCK) {
        const end = Math.min(n, first + BLOCK);
        for (let k = first; k < end; k += TILE) {
          const count = Math.min(TILE, end - k);
          for (let r = 0; r < count; r++) {
            readRow(embeddings, rows[k + r], tile.subarray(r * dims, (r + 1) * dims));
          }
          quadraticForms(upper, tile, dims, count, k, xd);
        }
        yield end / n;
      }
    },
  };
}

/** Upper triangle U of Q + Qᵀ with the diagonal of Q, row-major D × D (zeros below), so that xᵀQx = xᵀUx. */
function upperTriangle(q: Float64Array, dims: number): Float64Array {
  const upper = new Float64Array(dims * dims);
  for (let i = 0; i < dims; i++) {
    upper[i * dims + i] = q[i * dims + i];
    for (let j = i + 1; j < dims; j++) upper[i * dims + j] = q[i * dims + j] + q[j * dims + i];
  }
  return upper;
}

/** out[k + r] = x_rᵀ U x_r for the first `count` of the four rows of `tile` (row-major 4 × dims). */
function quadraticForms(
  upper: Float64Array,
  tile: Float64Array,
  dims: number,
  count: number,
  k: number,
  out: Float64Array,
): void {
  const p1 = dims;
  const p2 = 2 * dims;
  const p3 = 3 * dims;
  let f0 = 0;
  let f1 = 0;
  let f2 = 0;
  let f3 = 0;
  // Two rows of U at a time: six loads serve eight products.
  let i = 0;
  for (; i + 1 < dims; i += 2) {
    const u = i * dims;
    const v = u + dims;
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let b3 = 0;
    for (let j = i; j < dims; j++) {
      const uj = upper[u + j];
      const vj = upper[v + j];
      const x0 = tile[j];
      const x1 = tile[p1 + j];
      const x2 = tile[p2 + j];
      const x3 = tile[p3 + j];
      a0 += uj * x0;
      b0 += vj * x0;
      a1 += uj * x1;
      b1 += vj * x1;
      a2 += uj * x2;
      b2 += vj * x2;
      a3 += uj * x3;
      b3 += vj * x3;
    }
    f0 += tile[i] * a0 + tile[i + 1] * b0;
    f1 += tile[p1 + i] * a1 + tile[p1 + i + 1] * b1;
    f2 += tile[p2 + i] * a2 + tile[p2 + i + 1] * b2;
    f3 += tile[p3 + i] * a3 + tile[p3 + i + 1] * b3;
  }
  if (i < dims) {
    const last = upper[i * dims + i];
    f0 += tile[i] * tile[i] * last;
    f1 += tile[p1 + i] * tile[p1 + i] * last;
    f2 += tile[p2 + i] * tile[p2 + i] * last;
    f3 += tile[p3 + i] * tile[p3 + i] * last;
  }
  out[k] = f0;
  if (count > 1) out[k + 1] = f1;
  if (count > 2) out[k + 2] = f2;
  if (count > 3) out[k + 3] = f3;
}

export const subspace: DriftDefinition = {
  id: 'subspace',
  source: 'arXiv 2603.01297, eqs. 9–11: cos θ I + sin θ Q is not orthogonal',
  prepare: (settings, context) => {
    const { dims } = context.embeddings;
    return subspaceDrift(() => randomOrthogonal(settings.seed, dims, dims), settings.renormalize, context);
  },
};
