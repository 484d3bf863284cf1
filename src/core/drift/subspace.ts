import { dotAt } from '../linalg/dot.ts';
import { readRow } from './definition.ts';
import type { DriftDefinition, LabDrift, Pass } from './definition.ts';
import { drawnOnce, randomOrthogonalSteps } from './randomOrthogonal.ts';
import type { Drawn } from './randomOrthogonal.ts';
import type { DriftContext } from './types.ts';

/** Data rows that share one read of the matrix. */
const TILE = 4;
/** Products between two reports of progress: a few milliseconds. */
const PRODUCTS = 4_000_000;

/**
 * The paper's drift y = cos θ·x + sin θ·Qx with θ = σπ/2. `orthogonal` holds Q column by column (column c at
 * [c·D, (c + 1)·D)).
 */
export function subspaceDrift(
  orthogonal: Drawn,
  renormalize: boolean,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims } = embeddings;
  const n = rows.length;
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
    draw: orthogonal.steps,
    components: (k, d) => {
      const q = orthogonal.get();
      readRow(embeddings, rows[k], x);
      d.fill(0);
      for (let c = 0; c < dims; c++) {
        const xc = x[c];
        for (let i = 0; i < dims; i++) d[i] += xc * q[c * dims + i];
      }
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd, n2 } = scalars;
      const q = orthogonal.get();
      const folded = new Float64Array(dims);
      const columnsATurn = Math.max(1, Math.floor(PRODUCTS / dims));
      for (let c = 0; c < dims; c++) {
        folded[c] = dotAt(q, c * dims, weights, 0, dims);
        if (c % columnsATurn === columnsATurn - 1) yield 0;
      }
      kernels.matVec(rows, folded, wd);
      if (probeOnly) return;
      // Q keeps lengths: ‖Qx‖ = ‖x‖.
      dd.set(n2);
      const upper = new Float64Array(dims * dims);
      // Q is read along its columns too, one cache line a number: fewer of them a turn.
      const rowsATurn = Math.max(1, Math.floor(PRODUCTS / 16 / dims));
      for (let i = 0; i < dims; i += rowsATurn) {
        upperTriangle(q, dims, i, Math.min(dims, i + rowsATurn), upper);
        yield 0;
      }
      const tile = new Float64Array(TILE * dims);
      const forms = new Float64Array(TILE);
      let products = 0;
      // Rows of U in a turn, even, since they are taken two at a time.
      const turn = 2 * Math.max(1, Math.floor(PRODUCTS / (2 * TILE * dims)));
      for (let k = 0; k < n; k += TILE) {
        const count = Math.min(TILE, n - k);
        for (let r = 0; r < count; r++) {
          readRow(embeddings, rows[k + r], tile.subarray(r * dims, (r + 1) * dims));
        }
        forms.fill(0);
        for (let i = 0; i < dims; i += turn) {
          const end = Math.min(dims, i + turn);
          addQuadraticForms(upper, tile, dims, i, end, forms);
          products += TILE * (end - i) * (dims - (i + end) / 2);
          if (products < PRODUCTS) continue;
          products = 0;
          yield k / n;
        }
        xd.set(count === TILE ? forms : forms.subarray(0, count), k);
      }
      yield 1;
    },
  };
}

/** Rows from … to − 1 of the upper triangle U of Q + Qᵀ with the diagonal of Q, row-major D × D, so that xᵀQx = xᵀUx. */
function upperTriangle(q: Float64Array, dims: number, from: number, to: number, upper: Float64Array): void {
  for (let i = from; i < to; i++) {
    upper[i * dims + i] = q[i * dims + i];
    for (let j = i + 1; j < dims; j++) upper[i * dims + j] = q[i * dims + j] + q[j * dims + i];
  }
}

/** forms[r] += the part of x_rᵀ U x_r that rows from … to − 1 of U make, for the four rows of `tile` (row-major 4 × dims). */
function addQuadraticForms(
  upper: Float64Array,
  tile: Float64Array,
  dims: number,
  from: number,
  to: number,
  forms: Float64Array,
): void {
  const p1 = dims;
  const p2 = 2 * dims;
  const p3 = 3 * dims;
  let [f0, f1, f2, f3] = forms;
  // Two rows of U at a time: six loads serve eight products.
  let i = from;
  for (; i + 1 < to; i += 2) {
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
  if (i < to) {
    const last = upper[i * dims + i];
    f0 += tile[i] * tile[i] * last;
    f1 += tile[p1 + i] * tile[p1 + i] * last;
    f2 += tile[p2 + i] * tile[p2 + i] * last;
    f3 += tile[p3 + i] * tile[p3 + i] * last;
  }
  forms[0] = f0;
  forms[1] = f1;
  forms[2] = f2;
  forms[3] = f3;
}

export const subspace: DriftDefinition = {
  id: 'subspace',
  source: 'arXiv 2603.01297, eqs. 9–11: cos θ I + sin θ Q is not orthogonal',
  prepare: (settings, context) => {
    const { dims } = context.embeddings;
    return subspaceDrift(
      drawnOnce(() => randomOrthogonalSteps(settings.seed, dims, dims)),
      settings.renormalize,
      context,
    );
  },
};
