/**
 * The quantile at `share` (0 to 1) of the values, by linear interpolation between order statistics at h = share (n − 1)
 * (`numpy.quantile`'s default), with NumPy's two-sided interpolation, which decides the last bit. Does not change `values`.
 *
 * No values, a NaN among them or a share outside [0, 1] is a RangeError.
 */
export function linearQuantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) throw new RangeError('A quantile needs at least one value.');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A quantile lies at a share from 0 to 1; it is ${share}.`);
  const sorted = Float64Array.from(values).sort();
  // NaN sorts last.
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError('A quantile needs values that are not NaN.');
  const h = share * (sorted.length - 1);
  const below = Math.floor(h);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  const part = h - below;
  const step = high - low;
  return part < 0.5 ? low + step * part : high - step * (1 - part);
}
