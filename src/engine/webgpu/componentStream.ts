import type { PreparedDrift } from '../../core/drift/types.ts';
import type { Block } from './blocks.ts';
import { createRowBuffer } from './residentRows.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

/** Component rows of one block on the GPU, as matrices over buffers that the next block writes again. */
export interface ComponentBlock {
  readonly d: tf.Tensor2D;
  readonly p: tf.Tensor2D | null;
}

/**
 * Brings component rows to the GPU block by block: made in float64 by the prepared drift, rounded to float32, and
 * written to one buffer a component. The GPU takes writes and commands in the order given, so a block may be written
 * as soon as the commands of the one before are submitted.
 */
export class ComponentStream {
  private readonly rows: Float32Array<ArrayBuffer>[] = [];
  private readonly buffers: GPUBuffer[] = [];
  private readonly d: Float64Array;
  private readonly p: Float64Array | null;

  /** `most` is the largest number of rows in a block. */
  constructor(
    private readonly session: Session,
    private readonly prepared: PreparedDrift,
    private readonly most: number,
  ) {
    this.d = new Float64Array(prepared.dims);
    this.p = prepared.hasSecondComponent ? new Float64Array(prepared.dims) : null;
  }

  /** Makes the block's rows in this thread's memory. */
  make({ first, count }: Block): void {
    const { prepared, d, p } = this;
    const [first0, second] = this.rows.length > 0 ? this.rows : this.allocate();
    for (let i = 0; i < count; i++) {
      prepared.components(first + i, d, p);
      first0.set(d, i * prepared.dims);
      if (p) second.set(p, i * prepared.dims);
    }
  }

  private allocate(): Float32Array<ArrayBuffer>[] {
    for (let k = 0; k < (this.p ? 2 : 1); k++) this.rows.push(new Float32Array(this.most * this.prepared.dims));
    return this.rows;
  }

  /** Writes the rows made last to the GPU. To be called within a run of the session and within tf.tidy. */
  send({ count }: Block): ComponentBlock {
    const { dims } = this.prepared;
    const [d, p] = this.rows.map((rows, k) => {
      this.buffers[k] ??= createRowBuffer(this.session.device, rows.byteLength);
      this.session.device.queue.writeBuffer(this.buffers[k], 0, rows, 0, count * dims);
      return tf.matrixIn(this.buffers[k], count, dims);
    });
    return { d, p: p ?? null };
  }

  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}
