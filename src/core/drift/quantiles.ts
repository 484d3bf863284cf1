/**
 * The value that sorting would put at position k of the first n values (0 ≤ k < n), in O(n); reorders them so that no
 * value before k is larger and none after it smaller. Values must not be NaN.
 */
function select(values: Float64Array, k: number, low: number, high: number): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    const a = values[low];
    const b = values[middle];
    const c = values[high];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swap = values[i];
        values[i] = values[j];
        values[j] = swap;
        i++;
        j--;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

/**
 * Quantiles of the first n values (n ≥ 1) at ascending probabilities, with linear interpolation as NumPy's default
 * (Hyndman & Fan type 7), in O(n). Reorders `values`.
 */
export function quantilesInPlace(values: Float64Array, n: number, probabilities: readonly number[]): number[] {
  let low = 0;
  return probabilities.map((probability) => {
    const position = probability * (n - 1);
    const k = Math.floor(position);
    const lower = select(values, k, Math.min(low, k), n - 1);
    low = k;
    const share = position - k;
    if (share === 0) return lower;
    let upper = Infinity;
    for (let i = k + 1; i < n; i++) if (values[i] < upper) upper = values[i];
    return lower + share * (upper - lower);
  });
}
