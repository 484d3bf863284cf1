import type { Embeddings, RowIndex } from '../../core/linalg/embeddings.ts';
import { planBlocks, type Block } from './blocks.ts';
import { OutOfGpuMemory, type Session } from './session.ts';

/** Row lists kept on the GPU: the training and the test rows of two datasets. */
const MOST_LISTS = 4;
/** Bytes kept on the GPU while nobody works with them. */
const MOST_BYTES = 1024 * 1024 * 1024;

export interface ResidentBlock extends Block {
  /** count × dims float32, row-major, from the start. */
  readonly buffer: GPUBuffer;
}

interface Entry {
  readonly embeddings: Embeddings;
  readonly rows: RowIndex;
  readonly blocks: Promise<ResidentBlock[]>;
  readonly bytes: number;
  users: number;
}

/** Effective rows x = scale·values on the GPU in float32, uploaded once for each list of rows. */
export class ResidentRows {
  /** Least recently used first. */
  private entries: Entry[] = [];

  constructor(private readonly session: Session) {}

  /**
   * Hands the rows, in blocks, to `work`; they stay where they are until it has settled. `between` is awaited between
   * pieces of the upload, with the share done.
   */
  async use<T>(
    embeddings: Embeddings,
    rows: RowIndex,
    between: (share: number) => Promise<void>,
    work: (blocks: readonly ResidentBlock[]) => Promise<T>,
  ): Promise<T> {
    let entry = this.entries.find((known) => known.embeddings === embeddings && sameRows(known.rows, rows));
    if (!entry) {
      const bytes = 4 * embeddings.dims * rows.length;
      entry = { embeddings, rows, blocks: this.upload(embeddings, rows, between), bytes, users: 0 };
    }
    const found = entry;
    this.entries = [...this.entries.filter((other) => other !== found), found];
    found.users++;
    try {
      return await work(await found.blocks);
    } catch (error) {
      // An upload that failed is not kept.
      await found.blocks.catch(() => {
        this.entries = this.entries.filter((other) => other !== found);
      });
      throw error;
    } finally {
      found.users--;
      this.shrink(MOST_LISTS, MOST_BYTES);
    }
  }

  private async upload(
    embeddings: Embeddings,
    rows: RowIndex,
    between: (share: number) => Promise<void>,
  ): Promise<ResidentBlock[]> {
    const { dims } = embeddings;
    const plan = planBlocks(rows.length, dims, this.session.device.limits);
    const scratch = new Float32Array((plan[0]?.count ?? 0) * dims);
    const blocks: ResidentBlock[] = [];
    try {
      for (const block of plan) {
        await between(block.first / rows.length);
        gather(embeddings, rows, block, scratch);
        blocks.push({ ...block, buffer: await this.send(scratch.subarray(0, block.count * dims)) });
      }
    } catch (error) {
      for (const { buffer } of blocks) buffer.destroy();
      throw error;
    }
    return blocks;
  }

  /** A new buffer with these values; makes room once where there is none. */
  private async send(values: Float32Array<ArrayBuffer>): Promise<GPUBuffer> {
    try {
      return await newRowBuffer(this.session, values);
    } catch (error) {
      if (!(error instanceof OutOfGpuMemory) || !this.shrink(0, 0)) throw error;
      return newRowBuffer(this.session, values);
    }
  }

  /** Drops lists that nobody works with, the least recently used first; whether any was dropped. */
  private shrink(lists: number, bytes: number): boolean {
    let held = this.entries.reduce((sum, entry) => sum + entry.bytes, 0);
    let dropped = false;
    for (const entry of [...this.entries]) {
      if (this.entries.length <= lists && held <= bytes) break;
      if (entry.users > 0) continue;
      this.drop(entry);
      held -= entry.bytes;
      dropped = true;
    }
    return dropped;
  }

  private drop(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
    entry.blocks.then(
      (blocks) => blocks.forEach(({ buffer }) => buffer.destroy()),
      () => {},
    );
  }

  dispose(): void {
    for (const entry of this.entries) this.drop(entry);
  }
}

function sameRows(a: RowIndex, b: RowIndex): boolean {
  return a === b || (a.length === b.length && a.every((row, k) => row === b[k]));
}

/** Writes the effective rows of a block, rounded to float32. */
function gather({ values, scale, dims }: Embeddings, rows: RowIndex, block: Block, out: Float32Array): void {
  for (let i = 0; i < block.count; i++) {
    const row = rows[block.first + i];
    const factor = scale[row];
    const from = row * dims;
    const to = i * dims;
    for (let j = 0; j < dims; j++) out[to + j] = factor * values[from + j];
  }
}

/** A buffer for `bytes` of rows that tfjs can read. */
export function createRowBuffer(device: GPUDevice, bytes: number): GPUBuffer {
  return device.createBuffer({
    size: bytes,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
}

async function newRowBuffer(session: Session, values: Float32Array<ArrayBuffer>): Promise<GPUBuffer> {
  let buffer: GPUBuffer | null = null;
  try {
    return await session.run(async () => {
      buffer = createRowBuffer(session.device, values.byteLength);
      session.device.queue.writeBuffer(buffer, 0, values);
      return buffer;
    });
  } catch (error) {
    (buffer as GPUBuffer | null)?.destroy();
    throw error;
  }
}
