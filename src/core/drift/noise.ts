import { stream } from '../random/streams.ts';
import type { Generator as NormalGenerator } from '../random/generator.ts';

/** Bytes of drawn noise kept where the caller gives no budget: 20,000 rows of 1,024 dimensions, and a little more. */
export const DEFAULT_NOISE_BYTES = 192 * 1024 * 1024;

/** Bytes of the window that random access to noise that is not kept looks through. */
const WINDOW_BYTES = 512 * 1024;

/** Rows of standard normals, rows × dims, the same numbers however they are asked for. */
export interface NoiseSource {
  readonly rows: number;
  readonly dims: number;
  /** Whether all rows stay in memory once drawn. */
  readonly kept: boolean;
  /**
   * Rows first … first + count − 1, row-major. The array returned is either a view of what is kept or `scratch` (length at
   * least count × dims) filled anew; use it before the next call, and do not write to it.
   */
  readonly block: (first: number, count: number, scratch: Float64Array) => Float64Array;
  /** Row k; a view to be used before the next call. Ascending k are cheap; going back may draw again from the start. */
  readonly row: (k: number) => Float64Array;
}

/**
 * The lab's noise: `stream(seed, 'noise').standard_normal((rows, dims))`, rows in file order. Kept in memory (and drawn as
 * far as it was asked for) when rows × dims × 8 bytes fit in `budgetBytes`, else drawn again on each pass.
 */
export function createNoise(
  seed: number,
  rows: number,
  dims: number,
  budgetBytes: number = DEFAULT_NOISE_BYTES,
): NoiseSource {
  const draw = (): NormalGenerator => stream(seed, 'noise');
  return rows * dims * 8 <= budgetBytes ? keptNoise(draw, rows, dims) : streamedNoise(draw, rows, dims);
}

/** Noise that is given as a whole, row-major rows × dims. */
export function givenNoise(values: Float64Array, rows: number, dims: number): NoiseSource {
  if (values.length !== rows * dims) throw new RangeError(`Noise of ${rows} × ${dims} needs ${rows * dims} values.`);
  return {
    rows,
    dims,
    kept: true,
    block: (first, count) => values.subarray(first * dims, (first + count) * dims),
    row: (k) => values.subarray(k * dims, (k + 1) * dims),
  };
}

function keptNoise(draw: () => NormalGenerator, rows: number, dims: number): NoiseSource {
  let values: Float64Array | null = null;
  let generator: NormalGenerator | null = null;
  let drawn = 0;
  function view(first: number, count: number): Float64Array {
    values ??= new Float64Array(rows * dims);
    if (first + count > drawn) {
      generator ??= draw();
      generator.standardNormal(values.subarray(drawn * dims, (first + count) * dims));
      drawn = first + count;
    }
    return values.subarray(first * dims, (first + count) * dims);
  }
  return { rows, dims, kept: true, block: view, row: (k) => view(k, 1) };
}

/** A place in the stream of rows; it can only go forward, or start again. */
class Cursor {
  private generator: NormalGenerator | null = null;
  private next = 0;
  private readonly draw: () => NormalGenerator;

  constructor(draw: () => NormalGenerator) {
    this.draw = draw;
  }

  read(first: number, count: number, dims: number, out: Float64Array): void {
    if (this.generator === null || first < this.next) {
      this.generator = this.draw();
      this.next = 0;
    }
    const whole = Math.floor(out.length / dims);
    while (this.next < first) {
      const skip = Math.min(whole, first - this.next);
      this.generator.standardNormal(out.subarray(0, skip * dims));
      this.next += skip;
    }
    this.generator.standardNormal(out.subarray(0, count * dims));
    this.next = first + count;
  }
}

function streamedNoise(draw: () => NormalGenerator, rows: number, dims: number): NoiseSource {
  const pass = new Cursor(draw);
  const single = new Cursor(draw);
  const windowRows = Math.max(1, Math.min(rows, Math.floor(WINDOW_BYTES / (8 * dims))));
  let window: Float64Array | null = null;
  let windowStart = -1;
  let windowCount = 0;
  return {
    rows,
    dims,
    kept: false,
    block: (first, count, scratch) => {
      pass.read(first, count, dims, scratch);
      return scratch.length === count * dims ? scratch : scratch.subarray(0, count * dims);
    },
    row: (k) => {
      window ??= new Float64Array(windowRows * dims);
      if (windowStart < 0 || k < windowStart || k >= windowStart + windowCount) {
        windowStart = k - (k % windowRows);
        windowCount = Math.min(windowRows, rows - windowStart);
        single.read(windowStart, windowCount, dims, window);
      }
      return window.subarray((k - windowStart) * dims, (k - windowStart + 1) * dims);
    },
  };
}
