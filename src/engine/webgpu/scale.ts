/**
 * The power of two that brings the largest |value| into [1, 2): multiplying by it loses no bit, and keeps float32
 * arithmetic far from its smallest and largest numbers. 1 where all values are 0 or one is not finite.
 */
export function binaryScale(values: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]));
  if (largest === 0 || !Number.isFinite(largest)) return 1;
  const scale = 2 ** -Math.floor(Math.log2(largest));
  return Number.isFinite(scale) ? scale : 1;
}

/** The values times `scale`, rounded to float32. */
export function toFloat32(values: Float64Array, scale: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) out[k] = scale * values[k];
  return out;
}
