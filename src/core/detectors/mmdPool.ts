import { DetectorInputError } from './detector.ts';
import { gramMatrix } from './mmd.ts';
import type { Rows } from './mmd.ts';
import { MmdWindow } from './mmdWindow.ts';

/**
 * MMD over many streams drawn from one pool of rows, with every kernel value looked up: the Gram matrix is computed once, in
 * O(N² dims) time and N² numbers, and a step then costs O(window) whatever the dimensions.
 */
export class MmdPool {
  private readonly gram: Float64Array;
  private readonly size: number;
  private readonly toReference: Float64Array;
  private readonly within: number;

  /**
   * @param pool All rows that streams draw from, those of the reference among them; at most 10,000.
   * @param reference At least two rows of the pool.
   */
  constructor(pool: Rows, reference: ArrayLike<number>, bandwidth: number) {
    if (pool.rows > 10_000) {
      throw new DetectorInputError(
        `A cached kernel takes at most 10,000 rows; the pool has ${pool.rows}: draw fewer rows.`,
      );
    }
    const m = reference.length;
    if (m < 2) throw new DetectorInputError(`MMD needs at least 2 reference rows; there are ${m}.`);
    this.size = pool.rows;
    this.gram = gramMatrix(pool, bandwidth);
    this.toReference = new Float64Array(pool.rows);
    let within = 0;
    for (let i = 0; i < pool.rows; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += this.gram[i * pool.rows + reference[j]];
      this.toReference[i] = sum / m;
    }
    for (let j = 0; j < m; j++) within += this.toReference[reference[j]] * m - 1;
    this.within = within / (m * (m - 1));
  }

  /**
   * MMD² of the last `window` records after each step of a stream of pool rows, into `out`; steps before the window is full compare
   * fewer records, and the first gives 0.
   */
  series(stream: ArrayLike<number>, window: number, out: Float64Array): Float64Array {
    const { gram, size } = this;
    const mmd = new MmdWindow(window, this.within);
    const held = new Uint32Array(window);
    for (let t = 0; t < stream.length; t++) {
      const row = stream[t];
      const at = row * size;
      for (let j = 0; j < mmd.size; j++) mmd.kernelToSlots[j] = gram[at + held[j]];
      held[mmd.slot] = row;
      mmd.push(this.toReference[row]);
      out[t] = mmd.value();
    }
    return out;
  }
}
