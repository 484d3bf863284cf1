import { kernelModule } from './simdKernels.ts';

/** Rows that are added to the sum at once. */
const BLOCK_ROWS = 64;
const PAGE = 65536;

/** A running sum of outer products Σ a·aᵀ of rows a, in float64. */
export interface Gram {
  /** Rows to be added: row k lies at k·stride … k·stride + n − 1; the rest of a row stays zero. */
  readonly block: Float64Array;
  readonly blockRows: number;
  readonly stride: number;
  /** Adds the first `count` rows of the block. */
  readonly add: (count: number) => void;
  /** The sum, n × n row-major, of which only the lower triangle is filled. */
  readonly lower: () => Float64Array;
}

const strideOf = (n: number): number => Math.ceil(n / 4) * 4;

function copyLower(sums: Float64Array, n: number, stride: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out.set(sums.subarray(i * stride, i * stride + i + 1), i * n);
  return out;
}

/** {@link createGram} with WebAssembly SIMD, in a memory of its own; null where the machine has none. */
export function simdGram(n: number): Gram | null {
  const module = kernelModule();
  if (module === null) return null;
  const stride = strideOf(n);
  const blockBytes = 8 * BLOCK_ROWS * stride;
  const pages = Math.ceil((blockBytes + 8 * stride * stride) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { addGram } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as {
    readonly addGram: (block: number, count: number, stride: number, sums: number) => void;
  };
  const block = new Float64Array(memory.buffer, 0, BLOCK_ROWS * stride);
  const sums = new Float64Array(memory.buffer, blockBytes, stride * stride);
  return {
    block,
    blockRows: BLOCK_ROWS,
    stride,
    add: (count) => addGram(0, count, stride, blockBytes),
    lower: () => copyLower(sums, n, stride),
  };
}

/** {@link createGram} on plain typed arrays. */
export function plainGram(n: number): Gram {
  const stride = strideOf(n);
  const block = new Float64Array(BLOCK_ROWS * stride);
  const sums = new Float64Array(stride * stride);

  /** Adds to the 2 × 4 tile at row i, column j. */
  function addTile(i: number, j: number, count: number): void {
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let b3 = 0;
    for (let k = 0, at = 0; k < count; k++, at += stride) {
      const x = block[at + i];
      const y = block[at + i + 1];
      const c0 = block[at + j];
      const c1 = block[at + j + 1];
      const c2 = block[at + j + 2];
      const c3 = block[at + j + 3];
      a0 += x * c0;
      a1 += x * c1;
      a2 += x * c2;
      a3 += x * c3;
      b0 += y * c0;
      b1 += y * c1;
      b2 += y * c2;
      b3 += y * c3;
    }
    const p = i * stride + j;
    const q = p + stride;
    sums[p] += a0;
    sums[p + 1] += a1;
    sums[p + 2] += a2;
    sums[p + 3] += a3;
    sums[q] += b0;
    sums[q + 1] += b1;
    sums[q + 2] += b2;
    sums[q + 3] += b3;
  }

  return {
    block,
    blockRows: BLOCK_ROWS,
    stride,
    add: (count) => {
      for (let i = 0; i < n; i += 2) for (let j = 0; j <= i + 1; j += 4) addTile(i, j, count);
    },
    lower: () => copyLower(sums, n, stride),
  };
}

/** An empty sum of outer products of rows of length n (at least 1); both ways to add give the same bits. */
export function createGram(n: number): Gram {
  return simdGram(n) ?? plainGram(n);
}
