/** How many of the ascending values are ≤ x. */
export function countUpTo(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The monitor paper's KS distance of a window from a reference, kept up to date as scores come and go:
 * D = maxᵢ max(i/n − F(x₍ᵢ₎), F(x₍ᵢ₎) − (i − 1)/n), F the share of the reference that is ≤ x, in the paper's order of floating-point
 * operations, so that comparisons with a threshold fall as published.
 *
 * Where window and reference share values this exceeds the two-sample distance: a sample against itself gives 1/n, not 0. Both
 * samples need at least one score; scores must not be NaN. A push costs O(log n + w), a distance O(w), n the reference and w the window; no
 * memory is taken after construction.
 */
export class KsWindow {
  readonly capacity: number;
  private readonly reference: Float64Array;
  private readonly sorted: Float64Array;
  /** F at each count: count / n. */
  private readonly share: Float64Array;
  /** For each score of the window how many reference scores are at or below it: oldest at `oldest`, and ascending. */
  private readonly ring: Int32Array;
  private readonly ascending: Int32Array;
  /** i / size, up to i = size. */
  private readonly grid: Float64Array;
  private oldest = 0;
  private size = 0;

  /** @param reference In its own order, of which {@link prime} uses the last `capacity`. */
  constructor(reference: Float64Array, capacity: number) {
    const n = reference.length;
    this.capacity = capacity;
    this.reference = reference.slice();
    this.sorted = reference.slice().sort();
    this.share = Float64Array.from({ length: n + 1 }, (_, count) => count / n);
    this.ring = new Int32Array(capacity);
    this.ascending = new Int32Array(capacity);
    this.grid = new Float64Array(capacity + 1);
  }

  /** Empties the window and fills it with the last `capacity` reference scores (all of them where there are fewer). */
  prime(): void {
    this.clear();
    const { reference } = this;
    for (let i = Math.max(0, reference.length - this.capacity); i < reference.length; i++) this.push(reference[i]);
  }

  clear(): void {
    this.oldest = 0;
    this.size = 0;
  }

  /** Adds a score; the oldest leaves where the window is full. */
  push(score: number): void {
    const { ring, ascending, capacity } = this;
    const count = countUpTo(this.sorted, score);
    // The place that becomes free, from which its neighbours move up or down to where the new count belongs.
    let place: number;
    if (this.size === capacity) place = this.placeOf(ring[this.oldest]);
    else {
      place = this.size++;
      for (let i = 1; i <= this.size; i++) this.grid[i] = i / this.size;
    }
    for (; place > 0 && ascending[place - 1] > count; place--) ascending[place] = ascending[place - 1];
    for (; place + 1 < this.size && ascending[place + 1] < count; place++) ascending[place] = ascending[place + 1];
    ascending[place] = count;
    ring[this.oldest] = count;
    if (++this.oldest === capacity) this.oldest = 0;
  }

  /** Where that count, which is there, stands in the full window. */
  private placeOf(count: number): number {
    const { ascending } = this;
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ascending[middle] < count) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** D, from 0 to 1; 0 for an empty window. */
  distance(): number {
    const { ascending, share, grid, size } = this;
    let most = 0;
    for (let i = 0; i < size; i++) {
      const f = share[ascending[i]];
      const over = grid[i + 1] - f;
      const under = f - grid[i];
      if (over > most) most = over;
      if (under > most) most = under;
    }
    return most;
  }
}

/** {@link KsWindow}'s distance of one window from one reference; neither may be empty. */
export function ksDistance(reference: Float64Array, window: Float64Array): number {
  const ks = new KsWindow(reference, window.length);
  for (const score of window) ks.push(score);
  return ks.distance();
}
