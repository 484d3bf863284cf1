/**
 * Orthonormal columns spanning those of A in order: Q of A = QR by Householder reflections, with a positive diagonal of R.
 *
 * `a` holds `count` ≤ `dims` columns of length `dims` one after the other, is overwritten, and is not to be used again.
 * Returns a new array of the same layout. Throws RangeError where a column depends on those before it.
 */
export function orthonormalColumns(a: Float64Array, dims: number, count: number): Float64Array {
  if (count > dims) throw new RangeError(`${count} orthonormal columns do not fit in ${dims} dimensions.`);
  const signs = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    const at = c * dims;
    let square = 0;
    for (let i = c; i < dims; i++) square += a[at + i] * a[at + i];
    const length = Math.sqrt(square);
    if (!(length > 0)) throw new RangeError(`Column ${c} depends on the columns before it.`);
    const head = a[at + c];
    // The reflection sends the column to −sign(head)·length, so R gets that on its diagonal.
    signs[c] = head < 0 ? 1 : -1;
    a[at + c] = head + (head < 0 ? -length : length);
    // v scaled to ‖v‖² = 2 makes the reflection I − v vᵀ.
    const scale = Math.sqrt(1 / (length * (length + Math.abs(head))));
    for (let i = c; i < dims; i++) a[at + i] *= scale;
    reflect(a, at, c, dims, a, c + 1, count);
  }
  const q = new Float64Array(count * dims);
  for (let c = 0; c < count; c++) q[c * dims + c] = signs[c];
  for (let c = count - 1; c >= 0; c--) reflect(a, c * dims, c, dims, q, c, count);
  return q;
}

/** Applies I − v vᵀ, v = a[at + from … at + dims), to columns first … last − 1 of `m`, four at a time. */
function reflect(
  a: Float64Array,
  at: number,
  from: number,
  dims: number,
  m: Float64Array,
  first: number,
  last: number,
): void {
  let c = first;
  for (; c + 3 < last; c += 4) {
    const m0 = c * dims;
    const m1 = m0 + dims;
    const m2 = m1 + dims;
    const m3 = m2 + dims;
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let i = from; i < dims; i++) {
      const v = a[at + i];
      t0 += v * m[m0 + i];
      t1 += v * m[m1 + i];
      t2 += v * m[m2 + i];
      t3 += v * m[m3 + i];
    }
    for (let i = from; i < dims; i++) {
      const v = a[at + i];
      m[m0 + i] -= t0 * v;
      m[m1 + i] -= t1 * v;
      m[m2 + i] -= t2 * v;
      m[m3 + i] -= t3 * v;
    }
  }
  for (; c < last; c++) {
    const m0 = c * dims;
    let t = 0;
    for (let i = from; i < dims; i++) t += a[at + i] * m[m0 + i];
    for (let i = from; i < dims; i++) m[m0 + i] -= t * a[at + i];
  }
}
