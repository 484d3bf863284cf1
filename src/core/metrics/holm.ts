/**
 * p-values adjusted for their number by Holm's step-down rule (Holm 1979): the k-th smallest of m times m − k + 1, never below
 * those before it, at most 1; in the order given. Rejecting those at or below α keeps the chance of any false rejection at α.
 */
export function holm(p: ArrayLike<number>): Float64Array {
  const m = p.length;
  const order = Array.from({ length: m }, (_, i) => i).sort((a, b) => p[a] - p[b]);
  const adjusted = new Float64Array(m);
  let largest = 0;
  order.forEach((row, k) => {
    if (!(p[row] >= 0 && p[row] <= 1)) throw new RangeError(`${p[row]} is no p-value.`);
    largest = Math.max(largest, Math.min(1, (m - k) * p[row]));
    adjusted[row] = largest;
  });
  return adjusted;
}
