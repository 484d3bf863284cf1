/**
 * 'moa': every boundary of the histogram is a possible cut. 'skip': the last bucket of each row is passed over, neither a cut nor counted
 * on the older side (a bug that libraries carried for years; kept as a trap).
 */
export type AdwinVariant = 'moa' | 'skip';

export interface AdwinSettings {
  readonly variant: AdwinVariant;
  readonly delta: number;
  /** Steps from one check to the next. */
  readonly clock: number;
  /** Buckets of one size before two merge. */
  readonly maxBuckets: number;
  /** Fewest values on either side of a cut. */
  readonly minSide: number;
  /** No check before this many values. */
  readonly grace: number;
}

export const ADWIN_DEFAULTS: AdwinSettings = {
  variant: 'moa',
  delta: 0.002,
  clock: 32,
  maxBuckets: 5,
  minSide: 5,
  grace: 10,
};

const ROWS = 48;

/**
 * Adaptive window of values in an exponential histogram (Bifet and Gavaldà 2007): row r holds up to maxBuckets buckets of 2^r
 * values, as sums and sums of squared deviations. Oldest values lie in the highest row, at its front. Cuts wherever two parts
 * differ by more than ε = √(2m⁻¹σ²L) + ⅔m⁻¹L, L = ln(2 ln W/δ), m⁻¹ = 1/(n₀ − minSide + 1) + 1/(n₁ − minSide + 1), and drops
 * the oldest bucket until no cut is left. Fixed typed arrays; O(log W) a check.
 */
export class AdwinWindow {
  width = 0;
  total = 0;
  /** Sum of squared deviations from the mean. */
  squares = 0;
  /** Largest |difference of means| / ε of the last check, null where none was made. */
  excess: number | null = null;
  private time = 0;
  private last = 0;
  private readonly counts = new Int32Array(ROWS);
  private readonly sums: Float64Array;
  private readonly deviations: Float64Array;
  private readonly stride: number;
  private readonly settings: AdwinSettings;

  constructor(settings: AdwinSettings) {
    this.settings = settings;
    this.stride = settings.maxBuckets + 1;
    this.sums = new Float64Array(ROWS * this.stride);
    this.deviations = new Float64Array(ROWS * this.stride);
  }

  private push(row: number, sum: number, deviation: number): void {
    const at = row * this.stride + this.counts[row]++;
    this.sums[at] = sum;
    this.deviations[at] = deviation;
    if (row > this.last) this.last = row;
  }

  private shift(row: number, by: number): void {
    const start = row * this.stride;
    const end = start + this.counts[row];
    this.sums.copyWithin(start, start + by, end);
    this.deviations.copyWithin(start, start + by, end);
    this.counts[row] -= by;
  }

  private insert(x: number): void {
    if (this.width > 0) {
      const apart = x - this.total / this.width;
      this.squares += (this.width * apart * apart) / (this.width + 1);
    }
    this.width++;
    this.total += x;
    this.push(0, x, 0);
    for (let row = 0; this.counts[row] > this.settings.maxBuckets; row++) {
      const size = 2 ** row;
      const at = row * this.stride;
      const apart = (this.sums[at] - this.sums[at + 1]) / size;
      const deviation = this.deviations[at] + this.deviations[at + 1] + (apart * apart * size) / 2;
      this.push(row + 1, this.sums[at] + this.sums[at + 1], deviation);
      this.shift(row, 2);
    }
  }

  private dropOldest(): number {
    const row = this.last;
    const size = 2 ** row;
    const at = row * this.stride;
    const sum = this.sums[at];
    const deviation = this.deviations[at];
    this.width -= size;
    this.total -= sum;
    if (this.width > 0) {
      const apart = sum / size - this.total / this.width;
      this.squares -= deviation + (size * this.width * apart * apart) / (size + this.width);
    } else {
      this.squares = 0;
    }
    this.shift(row, 1);
    while (this.last > 0 && this.counts[this.last] === 0) this.last--;
    return size;
  }

  /** Whether the first cut from the oldest side stands; notes the largest excess on the way. */
  private cut(): boolean {
    const { variant, delta, minSide } = this.settings;
    let n0 = 0;
    let n1 = this.width;
    let sum0 = 0;
    let sum1 = this.total;
    const variance = this.squares / this.width;
    const log = Math.log((2 * Math.log(this.width)) / delta);
    for (let row = this.last; row >= 0; row--) {
      const count = this.counts[row];
      // After the very last bucket there is nothing to compare with; the bug stops one bucket short in every row.
      const cuts = variant === 'moa' && row > 0 ? count : count - 1;
      for (let b = 0; b < cuts; b++) {
        const sum = this.sums[row * this.stride + b];
        n0 += 2 ** row;
        n1 -= 2 ** row;
        sum0 += sum;
        sum1 -= sum;
        if (n1 < minSide || n0 < minSide) continue;
        const inverse = 1 / (n0 - minSide + 1) + 1 / (n1 - minSide + 1);
        const epsilon = Math.sqrt(2 * inverse * variance * log) + (2 / 3) * inverse * log;
        const excess = Math.abs(sum0 / n0 - sum1 / n1) / epsilon;
        if (this.excess === null || excess > this.excess) this.excess = excess;
        if (excess > 1) return true;
      }
    }
    return false;
  }

  /** Takes a value without a check: one that is known not to have shifted. */
  fill(x: number): void {
    this.insert(x);
  }

  /** Takes a value; true where the window was cut. */
  update(x: number): boolean {
    this.time++;
    this.insert(x);
    this.excess = null;
    const { clock, grace } = this.settings;
    if (this.time % clock !== 0 || this.width <= grace) return false;
    let changed = false;
    while (this.cut()) {
      changed = true;
      this.dropOldest();
    }
    return changed;
  }
}
