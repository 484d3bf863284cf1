let table: Float32Array | null = null;

/**
 * All 65,536 float16 bit patterns as float32 (IEEE 754 binary16; every one is exact in float32, subnormals included).
 * Infinities and NaNs map to themselves.
 */
export function float16Table(): Float32Array {
  if (table !== null) return table;
  table = new Float32Array(65_536);
  for (let bits = 0; bits < 65_536; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) table[bits] = sign * fraction * 2 ** -24;
    else if (exponent === 31) table[bits] = fraction === 0 ? sign * Infinity : NaN;
    else table[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return table;
}
