import { CHUNK_ROWS, blockRows, fusedRows } from './blocks.ts';
import type { Embeddings, RowIndex } from './embeddings.ts';
import type { DisplacementDots, RowKernels, RowMap } from './kernels.ts';
import { SIMD_KERNELS } from './simdKernels.wasm.ts';

const PAGE = 65536;
const MAX_PAGES = 65536;

type Numbers = (...args: number[]) => void;
interface Exports {
  readonly matVec: Numbers;
  readonly addRows: Numbers;
  readonly squaredNorms: Numbers;
  readonly dotsAndSquares: Numbers;
  readonly squaredDeviations: Numbers;
  readonly displacementDots: Numbers;
  readonly pairDots: Numbers;
}

/** Byte offsets of the parts of one dataset's memory. */
interface Layout {
  readonly index: number;
  readonly t: number;
  readonly xd: number;
  readonly dd: number;
  readonly w: number;
  readonly out: number;
  readonly blocks: readonly [number, number];
  readonly scale: number;
  readonly values: number;
  readonly end: number;
}

interface Arena {
  readonly values: Float32Array;
  readonly scale: Float64Array;
  readonly layout: Layout;
  readonly buffer: ArrayBuffer;
  readonly call: Exports;
}

/** Memories handed out by allocateEmbeddings, by their buffer. */
const arenas = new WeakMap<ArrayBufferLike, Arena>();

let compiled: WebAssembly.Module | null | undefined;

/** The kernels' module, or null where the machine has no WebAssembly SIMD. */
export function kernelModule(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  if (typeof WebAssembly === 'undefined') return (compiled = null);
  const bytes = Uint8Array.from(atob(SIMD_KERNELS), (character) => character.charCodeAt(0));
  compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  return compiled;
}

function layoutOf(rows: number, dims: number): Layout {
  // Offset 0 stays unused; every part starts on a cache line.
  let at = 64;
  const part = (bytes: number): number => {
    const start = at;
    at += Math.ceil(bytes / 64) * 64;
    return start;
  };
  return {
    index: part(4 * CHUNK_ROWS),
    t: part(8 * CHUNK_ROWS),
    xd: part(8 * CHUNK_ROWS),
    dd: part(8 * CHUNK_ROWS),
    w: part(8 * dims),
    out: part(8 * dims),
    blocks: [part(8 * dims * blockRows(dims)), part(8 * dims * blockRows(dims))],
    scale: part(8 * rows),
    values: part(4 * rows * dims),
    end: at,
  };
}

/**
 * Room for rows × dims float32 values (zeros) and their factors (ones), to be filled in place by a reader. Where the
 * machine has WebAssembly SIMD the arrays lie in a memory of their own that never grows, together with the scratch
 * space of the kernels, so that they never detach; such arrays can be copied but not transferred between threads.
 * Elsewhere they are ordinary arrays, with the same results at plain speed.
 *
 * Throws RangeError for sizes that are not whole numbers (rows ≥ 0, dims ≥ 1), or above the 4 GiB of such a memory.
 */
export function allocateEmbeddings(rows: number, dims: number): Embeddings & { readonly values: Float32Array } {
  if (!Number.isSafeInteger(rows) || rows < 0 || !Number.isSafeInteger(dims) || dims < 1) {
    throw new RangeError(`Embeddings need whole numbers of rows and dimensions, not ${rows} × ${dims}.`);
  }
  const layout = layoutOf(rows, dims);
  const pages = Math.ceil(layout.end / PAGE);
  if (pages > MAX_PAGES) {
    throw new RangeError(
      `${rows} rows × ${dims} dimensions do not fit in the 4 GiB that one set of embeddings may take.`,
    );
  }
  const module = kernelModule();
  if (module === null) {
    return { rows, dims, values: new Float32Array(rows * dims), scale: new Float64Array(rows).fill(1) };
  }
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new RangeError(`There is no memory for ${rows} rows × ${dims} dimensions of embeddings.`, { cause });
  }
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const values = new Float32Array(memory.buffer, layout.values, rows * dims);
  const scale = new Float64Array(memory.buffer, layout.scale, rows).fill(1);
  const call = instance.exports as unknown as Exports;
  arenas.set(memory.buffer, { values, scale, layout, buffer: memory.buffer, call });
  return { rows, dims, values, scale };
}

/** SIMD kernels for embeddings made by {@link allocateEmbeddings}; null where the rows lie elsewhere. */
export function simdKernels(embeddings: Embeddings): RowKernels | null {
  const arena = arenas.get(embeddings.values.buffer);
  if (arena === undefined || arena.values !== embeddings.values || arena.scale !== embeddings.scale) return null;
  const { layout, buffer, call } = arena;
  const { dims } = embeddings;
  const all = embeddings.rows;
  const rowBytes = 4 * dims;
  const index = new Uint32Array(buffer, layout.index, CHUNK_ROWS);
  const t = new Float64Array(buffer, layout.t, CHUNK_ROWS);
  const xd = new Float64Array(buffer, layout.xd, CHUNK_ROWS);
  const dd = new Float64Array(buffer, layout.dd, CHUNK_ROWS);
  const wIn = new Float64Array(buffer, layout.w, dims);
  const sums = new Float64Array(buffer, layout.out, dims);
  const blockViews = layout.blocks.map((at) => new Float64Array(buffer, at, blockRows(dims) * dims));

  /** Lists rows first … first + count − 1 for the kernels; returns count rounded up to 4, the padding repeated. */
  function select(rows: RowIndex | null, first: number, count: number): number {
    const padded = (count + 3) & ~3;
    for (let k = 0; k < count; k++) {
      const row = rows === null ? first + k : rows[first + k];
      if (row >= all) throw new RangeError(`Row ${row} is outside the ${all} rows of these embeddings.`);
      index[k] = row;
    }
    for (let k = count; k < padded; k++) index[k] = index[count - 1];
    return padded;
  }
  const products = (padded: number): void =>
    call.matVec(layout.values, rowBytes, layout.scale, layout.index, padded, layout.w, dims, layout.t);
  function addProducts(count: number, padded: number): void {
    for (let k = count; k < padded; k++) t[k] = 0;
    call.addRows(layout.values, rowBytes, layout.scale, layout.index, padded, layout.t, dims, layout.out);
  }

  function fusedProduct(
    rows: RowIndex | null,
    w: Float64Array,
    offset: number,
    map: RowMap,
    out: Float64Array,
  ): number {
    const n = rows === null ? all : rows.length;
    const step = fusedRows(dims, 4);
    let sum = 0;
    wIn.set(w);
    sums.fill(0);
    for (let first = 0; first < n; first += step) {
      const count = Math.min(step, n - first);
      const padded = select(rows, first, count);
      products(padded);
      for (let k = 0; k < count; k++) t[k] += offset;
      map(first, count, t);
      for (let k = 0; k < count; k++) sum += t[k];
      addProducts(count, padded);
    }
    out.set(sums);
    return sum;
  }

  /** Where `count` rows of a block lie in this memory: in place, or copied to the slot. */
  function blockAt(block: Float64Array, firstRow: number, count: number, slot: 0 | 1): number {
    if (block.buffer === buffer) return block.byteOffset + 8 * dims * firstRow;
    blockViews[slot].set(block.subarray(firstRow * dims, (firstRow + count) * dims));
    return layout.blocks[slot];
  }
  const blockStep = Math.min(CHUNK_ROWS, blockRows(dims));

  return {
    embeddings,
    kind: 'simd',
    matVec: (rows, w, out) => {
      const n = rows === null ? all : rows.length;
      wIn.set(w);
      for (let first = 0; first < n; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, n - first);
        products(select(rows, first, count));
        for (let k = 0; k < count; k++) out[first + k] = t[k];
      }
    },
    transposeVec: (rows, r, out) => {
      const n = rows === null ? all : rows.length;
      sums.fill(0);
      for (let first = 0; first < n; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, n - first);
        const padded = select(rows, first, count);
        for (let k = 0; k < count; k++) t[k] = r[first + k];
        addProducts(count, padded);
      }
      out.set(sums);
    },
    squaredNorms: (rows, out) => {
      const n = rows === null ? all : rows.length;
      for (let first = 0; first < n; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, n - first);
        select(rows, first, count);
        call.squaredNorms(layout.values, rowBytes, layout.scale, layout.index, count, dims, layout.t);
        for (let k = 0; k < count; k++) out[first + k] = t[k];
      }
    },
    dotsAndSquares: (rows, first, count, w, dots, squares) => {
      wIn.set(w);
      for (let done = 0; done < count; done += CHUNK_ROWS) {
        const some = Math.min(CHUNK_ROWS, count - done);
        select(rows, first + done, some);
        const { values, scale } = layout;
        call.dotsAndSquares(values, rowBytes, scale, layout.index, some, layout.w, dims, layout.t, layout.xd);
        for (let k = 0; k < some; k++) {
          dots[first + done + k] = t[k];
          squares[first + done + k] = xd[k];
        }
      }
    },
    squaredDeviations: (rows, centre, out) => {
      const n = rows === null ? all : rows.length;
      wIn.set(centre);
      sums.fill(0);
      for (let first = 0; first < n; first += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, n - first);
        select(rows, first, count);
        call.squaredDeviations(layout.values, rowBytes, layout.scale, layout.index, count, layout.w, dims, layout.out);
      }
      out.set(sums);
    },
    displacementDots: (
      rows: RowIndex | null,
      first: number,
      count: number,
      block: Float64Array,
      w: Float64Array,
      out: DisplacementDots,
    ) => {
      wIn.set(w);
      for (let done = 0; done < count; done += blockStep) {
        const some = Math.min(blockStep, count - done);
        const at = blockAt(block, done, some, 0);
        select(rows, first + done, some);
        const { values, scale } = layout;
        call.displacementDots(
          ...[values, rowBytes, scale, layout.index, some, at, layout.w, dims, layout.t, layout.xd, layout.dd],
        );
        for (let k = 0; k < some; k++) {
          out.wd[first + done + k] = t[k];
          out.xd[first + done + k] = xd[k];
          out.dd[first + done + k] = dd[k];
        }
      }
    },
    pairDots: (count, a, b, first, out) => {
      for (let done = 0; done < count; done += blockStep) {
        const some = Math.min(blockStep, count - done);
        call.pairDots(blockAt(a, done, some, 0), blockAt(b, done, some, 1), some, dims, layout.t);
        for (let k = 0; k < some; k++) out[first + done + k] = t[k];
      }
    },
    blockBuffer: (maxRows, slot = 0) =>
      blockViews[slot].subarray(0, Math.max(1, Math.min(maxRows, blockRows(dims))) * dims),
    fusedProduct,
    hessianProduct: (rows, h, v, offset, out) =>
      fusedProduct(
        rows,
        v,
        offset,
        (first, count, chunk) => {
          for (let k = 0; k < count; k++) chunk[k] *= h[first + k];
        },
        out,
      ),
  };
}
