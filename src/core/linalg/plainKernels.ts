import { CHUNK_ROWS, blockRows, fusedRows } from './blocks.ts';
import { dotAt } from './dot.ts';
import type { Embeddings, RowIndex } from './embeddings.ts';
import type { DisplacementDots, RowKernels, RowMap } from './kernels.ts';

/** Kernels in plain typed arrays, for float32 and float64 values alike. */
export function plainKernels(embeddings: Embeddings): RowKernels {
  const { values, dims, scale } = embeddings;
  const all = embeddings.rows;
  const t = new Float64Array(CHUNK_ROWS);
  const blocks: [Float64Array | null, Float64Array | null] = [null, null];

  const squaredNorm = (row: number): number =>
    dotAt(values, row * dims, values, row * dims, dims) * (scale[row] * scale[row]);

  function matVecRange(
    rows: RowIndex | null,
    first: number,
    count: number,
    w: Float64Array,
    out: Float64Array,
    at: number,
  ) {
    for (let k = 0; k < count; k++) {
      const row = rows === null ? first + k : rows[first + k];
      out[at + k] = dotAt(values, row * dims, w, 0, dims) * scale[row];
    }
  }

  function addRows(
    rows: RowIndex | null,
    first: number,
    count: number,
    r: Float64Array,
    at: number,
    out: Float64Array,
  ) {
    let k = 0;
    for (; k + 4 <= count; k += 4) {
      const r0 = rows === null ? first + k : rows[first + k];
      const r1 = rows === null ? r0 + 1 : rows[first + k + 1];
      const r2 = rows === null ? r0 + 2 : rows[first + k + 2];
      const r3 = rows === null ? r0 + 3 : rows[first + k + 3];
      const c0 = r[at + k] * scale[r0];
      const c1 = r[at + k + 1] * scale[r1];
      const c2 = r[at + k + 2] * scale[r2];
      const c3 = r[at + k + 3] * scale[r3];
      const p0 = r0 * dims;
      const p1 = r1 * dims;
      const p2 = r2 * dims;
      const p3 = r3 * dims;
      for (let j = 0; j < dims; j++) {
        out[j] = out[j] + c0 * values[p0 + j] + c1 * values[p1 + j] + c2 * values[p2 + j] + c3 * values[p3 + j];
      }
    }
    for (; k < count; k++) {
      const row = rows === null ? first + k : rows[first + k];
      const c = r[at + k] * scale[row];
      const p = row * dims;
      for (let j = 0; j < dims; j++) out[j] += c * values[p + j];
    }
  }

  const three = new Float64Array(3);
  /** w·d, x·d and ‖d‖² (x unscaled), each in four interleaved sums, as the SIMD kernel has them. */
  function displacementRow(x: number, block: Float64Array, d: number, w: Float64Array): void {
    let w0 = 0;
    let w1 = 0;
    let w2 = 0;
    let w3 = 0;
    let x0 = 0;
    let x1 = 0;
    let x2 = 0;
    let x3 = 0;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    let d3 = 0;
    const whole = dims - (dims % 4);
    let j = 0;
    for (; j < whole; j += 4) {
      const a = block[d + j];
      const b = block[d + j + 1];
      const c = block[d + j + 2];
      const e = block[d + j + 3];
      w0 += a * w[j];
      w1 += b * w[j + 1];
      w2 += c * w[j + 2];
      w3 += e * w[j + 3];
      x0 += a * values[x + j];
      x1 += b * values[x + j + 1];
      x2 += c * values[x + j + 2];
      x3 += e * values[x + j + 3];
      d0 += a * a;
      d1 += b * b;
      d2 += c * c;
      d3 += e * e;
    }
    let wd = w0 + w2 + (w1 + w3);
    let xd = x0 + x2 + (x1 + x3);
    let dd = d0 + d2 + (d1 + d3);
    for (; j < dims; j++) {
      const a = block[d + j];
      wd += a * w[j];
      xd += a * values[x + j];
      dd += a * a;
    }
    three[0] = wd;
    three[1] = xd;
    three[2] = dd;
  }

  function fusedProduct(
    rows: RowIndex | null,
    w: Float64Array,
    offset: number,
    map: RowMap,
    out: Float64Array,
  ): number {
    const n = rows === null ? all : rows.length;
    const step = fusedRows(dims, values.BYTES_PER_ELEMENT);
    let sum = 0;
    out.fill(0);
    for (let first = 0; first < n; first += step) {
      const count = Math.min(step, n - first);
      matVecRange(rows, first, count, w, t, 0);
      for (let k = 0; k < count; k++) t[k] += offset;
      map(first, count, t);
      for (let k = 0; k < count; k++) sum += t[k];
      addRows(rows, first, count, t, 0, out);
    }
    return sum;
  }

  return {
    embeddings,
    kind: 'plain',
    matVec: (rows, w, out) => matVecRange(rows, 0, rows === null ? all : rows.length, w, out, 0),
    transposeVec: (rows, r, out) => {
      out.fill(0);
      addRows(rows, 0, rows === null ? all : rows.length, r, 0, out);
    },
    squaredNorms: (rows, out) => {
      const n = rows === null ? all : rows.length;
      for (let k = 0; k < n; k++) out[k] = squaredNorm(rows === null ? k : rows[k]);
    },
    dotsAndSquares: (rows, first, count, w, dots, squares) => {
      matVecRange(rows, first, count, w, dots, first);
      for (let k = first; k < first + count; k++) squares[k] = squaredNorm(rows === null ? k : rows[k]);
    },
    squaredDeviations: (rows, centre, out) => {
      const n = rows === null ? all : rows.length;
      out.fill(0);
      for (let k = 0; k < n; k++) {
        const row = rows === null ? k : rows[k];
        const s = scale[row];
        const p = row * dims;
        for (let j = 0; j < dims; j++) {
          const d = s * values[p + j] - centre[j];
          out[j] += d * d;
        }
      }
    },
    displacementDots: (
      rows: RowIndex | null,
      first: number,
      count: number,
      block: Float64Array,
      w: Float64Array,
      out: DisplacementDots,
    ) => {
      for (let i = 0; i < count; i++) {
        const row = rows === null ? first + i : rows[first + i];
        displacementRow(row * dims, block, i * dims, w);
        out.wd[first + i] = three[0];
        out.xd[first + i] = three[1] * scale[row];
        out.dd[first + i] = three[2];
      }
    },
    pairDots: (count, a, b, first, out) => {
      for (let i = 0; i < count; i++) out[first + i] = dotAt(a, i * dims, b, i * dims, dims);
    },
    blockBuffer: (maxRows, slot = 0) => {
      const full = blocks[slot] ?? new Float64Array(blockRows(dims) * dims);
      blocks[slot] = full;
      return full.subarray(0, Math.max(1, Math.min(maxRows, blockRows(dims))) * dims);
    },
    fusedProduct,
    hessianProduct: (rows, h, v, offset, out) =>
      fusedProduct(
        rows,
        v,
        offset,
        (first, count, products) => {
          for (let k = 0; k < count; k++) products[k] *= h[first + k];
        },
        out,
      ),
  };
}
