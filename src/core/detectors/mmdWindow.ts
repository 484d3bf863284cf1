/**
 * Unbiased MMD² of a sliding window from a fixed reference, from kernel values alone: O(window) a step beside the kernel values.
 *
 * A record comes with k to every slot of the window and with its mean k to the reference; a window of fewer than two records gives
 * 0, as in the paper's code. No memory is taken after construction.
 */
export class MmdWindow {
  readonly capacity: number;
  /** Slot that the next record takes; that slot's present record leaves. */
  slot = 0;
  /** Records in the window; slots from here on are empty. */
  size = 0;
  /** To be filled before {@link push}: k of the next record with that in each taken slot; the next record's own is not read. */
  readonly kernelToSlots: Float64Array;
  private readonly within: number;
  /** k between slots, capacity × capacity. */
  private readonly pairs: Float64Array;
  private readonly toReference: Float64Array;
  private pairSum = 0;
  private crossSum = 0;

  /** @param within Mean k over different rows of the reference. */
  constructor(capacity: number, within: number) {
    this.capacity = capacity;
    this.within = within;
    this.kernelToSlots = new Float64Array(capacity);
    this.pairs = new Float64Array(capacity * capacity);
    this.toReference = new Float64Array(capacity);
  }

  /** @param meanToReference Mean k of the record with the reference's rows. */
  push(meanToReference: number): void {
    const { capacity: w, slot, size, pairs, kernelToSlots, toReference } = this;
    const row = slot * w;
    let change = 0;
    if (size === w) {
      for (let j = 0; j < w; j++) if (j !== slot) change -= pairs[row + j];
      this.crossSum -= toReference[slot];
    } else this.size++;
    for (let j = 0; j < size; j++) {
      if (j === slot) continue;
      const k = kernelToSlots[j];
      pairs[row + j] = k;
      pairs[j * w + slot] = k;
      change += k;
    }
    this.pairSum += change;
    toReference[slot] = meanToReference;
    this.crossSum += meanToReference;
    this.slot = slot + 1 === w ? 0 : slot + 1;
    if (this.slot === 0) this.addAfresh();
  }

  /** Once a window, so that rounding does not add up. */
  private addAfresh(): void {
    const { capacity: w, pairs, toReference } = this;
    this.pairSum = 0;
    this.crossSum = 0;
    for (let i = 0; i < w; i++) {
      for (let j = 0; j < i; j++) this.pairSum += pairs[i * w + j];
      this.crossSum += toReference[i];
    }
  }

  /** MMD². */
  value(): number {
    const n = this.size;
    if (n < 2) return 0;
    return this.within + (2 * this.pairSum) / (n * (n - 1)) - (2 * this.crossSum) / n;
  }
}
