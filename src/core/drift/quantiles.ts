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

/** Equal-width buckets that narrow the search for an order statistic. */
const BUCKETS = 4096;
const counts = new Uint32Array(BUCKETS);
const wanted = new Uint8Array(BUCKETS);

/** The values at ascending positions of the sorted first n values, in O(n); overwrites `values`. Positions are below n. */
function orderStatistics(values: Float64Array, n: number, positions: readonly number[]): number[] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < n; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  if (least === most) return positions.map(() => least);
  // Where this overflows, every value falls in bucket 0 and selection alone finds the positions.
  const scale = Math.min(Number.MAX_VALUE, BUCKETS / (most - least));
  counts.fill(0);
  wanted.fill(0);
  // Subtraction, product and cutting off keep the order, so buckets are in the order of their values.
  for (let i = 0; i < n; i++) counts[Math.min(BUCKETS - 1, (values[i] - least) * scale) | 0]++;
  // Position of each wanted value among the values of wanted buckets alone.
  const places: number[] = [];
  let bucket = 0;
  let before = 0;
  let skipped = 0;
  for (const position of positions) {
    while (before + counts[bucket] <= position) {
      before += counts[bucket];
      if (wanted[bucket] === 0) skipped += counts[bucket];
      bucket++;
    }
    wanted[bucket] = 1;
    places.push(position - skipped);
  }
  let gathered = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (wanted[Math.min(BUCKETS - 1, (value - least) * scale) | 0] === 1) values[gathered++] = value;
  }
  let low = 0;
  return places.map((place) => {
    const found = select(values, place, low, gathered - 1);
    low = place;
    return found;
  });
}

/**
 * Quantiles of the first n values (n ≥ 1, finite) at ascending probabilities, with linear interpolation as NumPy's default
 * (Hyndman & Fan type 7), in O(n). Overwrites `values`.
 */
export function quantilesInPlace(values: Float64Array, n: number, probabilities: readonly number[]): number[] {
  const positions = probabilities.map((probability) => probability * (n - 1));
  const ranks = positions.flatMap((position) => [Math.floor(position), Math.min(n - 1, Math.floor(position) + 1)]);
  const ascending = [...new Set(ranks)].sort((a, b) => a - b);
  const found = orderStatistics(values, n, ascending);
  const valueAt = (rank: number): number => found[ascending.indexOf(rank)];
  return positions.map((position, k) => {
    const lower = valueAt(ranks[2 * k]);
    const share = position - ranks[2 * k];
    return share === 0 ? lower : lower + share * (valueAt(ranks[2 * k + 1]) - lower);
  });
}
