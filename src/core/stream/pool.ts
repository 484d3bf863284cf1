import type { CPythonRandom } from '../random/cpython.ts';

/** Rows of a pool, handed out in shuffled order, each once; refilled by a new shuffle only when asked to. */
export class ShuffledPool {
  private order: Uint32Array;
  private at = 0;
  private readonly random: CPythonRandom;

  /** Shuffles at once, unless the pool is empty: then nothing is drawn. */
  constructor(rows: number, random: CPythonRandom) {
    this.random = random;
    this.order = rows > 0 ? random.shuffledRange(rows) : new Uint32Array(0);
  }

  get empty(): boolean {
    return this.at === this.order.length;
  }

  /** The next row; null where none is left. */
  take(): number | null {
    return this.empty ? null : this.order[this.at++];
  }

  /** The next row; where none is left, all rows are shuffled anew. Null where the pool has no rows. */
  takeOrRefill(): number | null {
    if (this.empty) {
      this.order = this.random.shuffle(this.order);
      this.at = 0;
    }
    return this.take();
  }
}
