/** Which half-width; the last two need a bound on the variance and do not clip the band to [0, 1]. */
export type BandBound =
  { readonly kind: 'bounded' } | { readonly kind: 'sub-gaussian' | 'sub-exponential'; readonly varianceProxy: number };

export interface BandOptions {
  readonly alpha: number;
  /** Values averaged over; null for all so far. */
  readonly window: number | null;
  readonly bound: BandBound;
  readonly referenceValue: number;
}

/** Added where the paper's code keeps denominators from 0. */
const TINY = 1e-6;

/**
 * The band of the monitor paper's "confidence sequence" engine as coded, for values in [0, 1], n of them (or of the window):
 * half-width √(ln(1/α)/2n) when bounded; √(2v(ln(1/α) + ½ ln n)/n) when sub-Gaussian; for sub-exponential the larger of that and
 * 2√v ln(1/α)/n. It is for a fixed n and does not hold over time.
 */
export class HoeffdingBand {
  mean = 0;
  halfWidth = 0;
  lower = 0;
  upper = 0;
  /**
   * Wealth of the bet that the engine also tracks and never uses; its stake uses the value that it bets on. Null except for
   * bounded bands over all values.
   */
  wealth: number | null;
  private readonly options: BandOptions;
  private readonly logInverse: number;
  private readonly ring: Float64Array;
  private steps = 0;
  private sum = 0;
  private squares = 0;

  constructor(options: BandOptions) {
    this.options = options;
    this.logInverse = Math.log(1 / options.alpha);
    this.ring = new Float64Array(options.window ?? 0);
    this.wealth = options.bound.kind === 'bounded' && options.window === null ? 1 : null;
  }

  /** Whether the reference value lies outside the band. */
  get excludesReference(): boolean {
    const { referenceValue } = this.options;
    return referenceValue < this.lower || referenceValue > this.upper;
  }

  /** Takes one value in [0, 1]. */
  push(value: number): void {
    if (this.options.window === null) this.grow(value);
    else this.slide(value, this.options.window);
    const n = Math.min(this.steps, this.options.window ?? Infinity);
    this.halfWidth = this.widthAt(n);
    this.lower = this.mean - this.halfWidth;
    this.upper = this.mean + this.halfWidth;
    if (this.options.bound.kind === 'bounded') {
      this.lower = Math.max(0, this.lower);
      this.upper = Math.min(1, this.upper);
    }
  }

  private grow(value: number): void {
    const past = value - this.mean;
    this.mean += past / ++this.steps;
    this.squares += past * (value - this.mean);
    if (this.wealth !== null) {
      const { referenceValue: r } = this.options;
      const stake = (this.mean - r) / (this.squares / this.steps + TINY);
      const bet = 0.5 * Math.min(Math.max(stake, -1 / (1 - r + TINY)), 1 / (r + TINY));
      this.wealth *= 1 + bet * (value - r);
    }
  }

  private slide(value: number, window: number): void {
    const at = this.steps++ % window;
    this.sum += value - this.ring[at];
    this.ring[at] = value;
    if (at === window - 1) {
      // Afresh once a window, so that rounding does not add up.
      this.sum = 0;
      for (let i = 0; i < window; i++) this.sum += this.ring[i];
    }
    this.mean = this.sum / Math.min(this.steps, window);
  }

  private widthAt(n: number): number {
    const { bound } = this.options;
    if (bound.kind === 'bounded') return Math.sqrt(this.logInverse / (2 * n));
    const v = bound.varianceProxy;
    const gaussian = Math.sqrt((2 * v * (this.logInverse + 0.5 * Math.log(n))) / n);
    return bound.kind === 'sub-gaussian' ? gaussian : Math.max(gaussian, (2 * Math.sqrt(v) * this.logInverse) / n);
  }
}
