/**
 * Cuts values at two places in their stable sorted order: 0 for each of the first `firstEnd`, 1 for those up to
 * `secondEnd`, 2 for the rest, given in the order of `values`. Equal values keep their order. Values are not NaN;
 * 0 ≤ firstEnd ≤ secondEnd, and an end past the last value takes all.
 *
 * Only the values at the cuts matter, so they are sorted without their places, which typed arrays do fast.
 */
export function cutByOrder(values: Float64Array, firstEnd: number, secondEnd: number): Uint8Array {
  const sorted = values.slice().sort();
  const first = cutAt(sorted, firstEnd);
  const second = cutAt(sorted, secondEnd);
  const part = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const inFirst = value < first.value || (value === first.value && first.tiesLeft-- > 0);
    const inSecond = value < second.value || (value === second.value && second.tiesLeft-- > 0);
    part[i] = inFirst ? 0 : inSecond ? 1 : 2;
  }
  return part;
}

/** The first value left out, and how many values equal to it are still let in. */
function cutAt(sorted: Float64Array, end: number): { value: number; tiesLeft: number } {
  if (end >= sorted.length) return { value: Infinity, tiesLeft: sorted.length };
  const value = sorted[end];
  let below = end;
  while (below > 0 && sorted[below - 1] === value) below--;
  return { value, tiesLeft: end - below };
}
