/** Consecutive rows of a row list that go to the GPU together. */
export interface Block {
  readonly first: number;
  readonly count: number;
}

/** What of a device's limits bounds a block. */
export type BlockLimits = Pick<
  GPUSupportedLimits,
  'maxBufferSize' | 'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension'
>;

/** Bytes of float32 rows in one block: enough to keep a GPU busy, few enough to be stopped between two. */
const BLOCK_BYTES = 8 * 1024 * 1024;

/**
 * Cuts `rows` rows of `dims` float32 values into blocks of the same size (the last one may be smaller), each within the
 * device's buffer limits and with at most as many rows as it starts workgroups in one dimension. No rows, no blocks.
 * Throws RangeError where a single row is larger than a buffer may be.
 */
export function planBlocks(rows: number, dims: number, limits: BlockLimits, bytes: number = BLOCK_BYTES): Block[] {
  const rowBytes = 4 * dims;
  const bound = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  if (rowBytes > bound) {
    throw new RangeError(`A row of ${dims} dimensions is larger than the largest buffer of this GPU.`);
  }
  const most = Math.max(1, Math.floor(Math.min(bytes, bound) / rowBytes));
  const step = Math.min(most, limits.maxComputeWorkgroupsPerDimension);
  const blocks: Block[] = [];
  for (let first = 0; first < rows; first += step) blocks.push({ first, count: Math.min(step, rows - first) });
  return blocks;
}

/**
 * Starts the blocks one after another with one in flight beside the one being made ready, and hands over results in
 * order. `between` is awaited before each block; what it throws ends the run.
 */
export async function pipeline<B extends Block, T>(
  blocks: readonly B[],
  between: (block: B) => Promise<void>,
  start: (block: B) => Promise<T>,
  finish: (block: B, result: T) => void,
): Promise<void> {
  let flying: { block: B; result: Promise<T> } | null = null;
  for (const block of blocks) {
    await between(block);
    const result = start(block);
    // A block left in flight by an error of another must not count as unhandled.
    result.catch(() => {});
    if (flying) finish(flying.block, await flying.result);
    flying = { block, result };
  }
  if (flying) finish(flying.block, await flying.result);
}
