/** The last `size` numbers that came (all where null), kept in ascending order. Adding one is O(size). */
export class SortedWindow {
  private readonly arrived: number[] = [];
  private readonly ascending: number[] = [];
  private readonly size: number | null;

  constructor(size: number | null) {
    this.size = size;
  }

  get count(): number {
    return this.ascending.length;
  }

  private placeOf(value: number): number {
    let low = 0;
    let high = this.ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ascending[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add(value: number): void {
    if (this.size !== null) {
      this.arrived.push(value);
      if (this.arrived.length > this.size) this.ascending.splice(this.placeOf(this.arrived.shift() as number), 1);
    }
    this.ascending.splice(this.placeOf(value), 0, value);
  }

  /** The k-th smallest, k from 1; +∞ above the last. */
  smallest(k: number): number {
    return k > this.ascending.length ? Infinity : this.ascending[Math.max(1, k) - 1];
  }
}
