import type { AsyncProbeProducts } from '../../core/probe/types.ts';
import { addLanes, columnSumChunks, rowDotLanes, weighRows } from './programs.ts';
import type { ResidentBlock } from './residentRows.ts';
import { binaryScale, toFloat32 } from './scale.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

export interface GpuProducts extends AsyncProbeProducts {
  readonly dispose: () => void;
}

/**
 * The products of a fit with the rows of `blocks` (n × dims): float32 on the GPU for runs of a few hundred numbers, the
 * runs added up in float64. `before` is awaited ahead of each product.
 */
export function gpuProducts(
  session: Session,
  blocks: readonly ResidentBlock[],
  dims: number,
  before: () => Promise<void>,
): GpuProducts {
  const n = blocks.reduce((sum, { count }) => sum + count, 0);
  let kept: { h: Float64Array; scale: number; parts: tf.Tensor1D[] } | null = null;

  function release(): void {
    kept?.parts.forEach((part) => part.dispose());
    kept = null;
  }

  /** h left on the device until another h comes. */
  function resident(h: Float64Array): { scale: number; parts: tf.Tensor1D[] } {
    if (kept?.h === h) return kept;
    release();
    const scale = binaryScale(h);
    kept = { h, scale, parts: overRows(h, scale) };
    return kept;
  }

  /** A vector over rows, cut as the rows are. */
  function overRows(r: Float64Array, scale: number): tf.Tensor1D[] {
    const values = toFloat32(r, scale);
    return blocks.map(({ first, count }) => tf.tensor1d(values.slice(first, first + count)));
  }

  const rowsIn = ({ buffer, count }: ResidentBlock): tf.Tensor2D => tf.matrixIn(buffer, count, dims);

  function dots(v: Float64Array, scale: number): tf.Tensor2D[] {
    const direction = tf.tensor2d(toFloat32(v, scale), [1, dims]);
    return blocks.map((block) => rowDotLanes(rowsIn(block), direction));
  }

  function transposed(r: readonly tf.Tensor1D[]): tf.Tensor1D[] {
    return blocks.map((block, k) => tf.flat(columnSumChunks(rowsIn(block), r[k])));
  }

  /** Sums the parts of Xᵀr, which lie one after another in the first `length` values. */
  function addParts(parts: Float32Array, length: number, scale: number): Float64Array {
    const out = new Float64Array(dims);
    for (let at = 0; at < length; at += dims) {
      for (let j = 0; j < dims; j++) out[j] += parts[at + j];
    }
    for (let j = 0; j < dims; j++) out[j] /= scale;
    return out;
  }

  return {
    async margins(w, offset) {
      await before();
      const scale = binaryScale(w);
      const lanes = await session.run(() => tf.readBack(() => tf.concat1d(dots(w, scale).map(tf.flat))));
      const out = new Float64Array(n);
      addLanes(lanes, 0, 1 / scale, out);
      for (let k = 0; k < n; k++) out[k] += offset;
      return out;
    },

    async transpose(r) {
      await before();
      const scale = binaryScale(r);
      const parts = await session.run(() => tf.readBack(() => tf.concat1d(transposed(overRows(r, scale)))));
      return addParts(parts, parts.length, scale);
    },

    async hessianProduct(h, v, offset) {
      await before();
      session.check();
      const weights = resident(h);
      const scale = binaryScale(v);
      const read = await session.run(() =>
        tf.readBack(() => {
          const weighted = dots(v, scale).map((lanes, k) => weighRows(lanes, weights.parts[k], offset * scale));
          return tf.concat1d([...transposed(weighted), ...weighted]);
        }),
      );
      const parts = read.length - n;
      let sum = 0;
      for (let k = parts; k < read.length; k++) sum += read[k];
      const both = scale * weights.scale;
      return { product: addParts(read, parts, both), sum: sum / both };
    },

    dispose: release,
  };
}
