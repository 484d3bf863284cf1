/** Bytes of float64 component rows that stay in a processor's second-level cache beside the embedding rows. */
const BLOCK_BYTES = 512 * 1024;
/** Bytes of embedding rows read by both halves of a fused pass. */
const FUSED_BYTES = 64 * 1024;
/** Rows for which the kernels hold scratch space. */
export const CHUNK_ROWS = 256;

/** Component rows in one block buffer: as many as stay in cache, at least one. */
export function blockRows(dims: number): number {
  return Math.max(1, Math.floor(BLOCK_BYTES / (8 * dims)));
}

/** Rows in one block of a fused pass: a multiple of 4, at most {@link CHUNK_ROWS}. */
export function fusedRows(dims: number, bytesPerValue: number): number {
  const fit = Math.floor(FUSED_BYTES / (bytesPerValue * dims));
  return Math.min(CHUNK_ROWS, Math.max(4, fit - (fit % 4)));
}
