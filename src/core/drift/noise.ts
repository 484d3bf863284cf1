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

/** Passes that may take turns without one of them drawing again from the start. */
const MOST_PASSES = 8;

/** Rows first … first + count − 1 of the stream. */
interface Window {
  readonly values: Float64Array;
  first: number;
  count: number;
}

/** A place in the stream of rows; it can only go forward. */
class Cursor {
  next = 0;
  /** What was read last, where single rows are asked for. */
  window: Window | null = null;

  constructor(private readonly generator: NormalGenerator) {}

  read(first: number, count: number, dims: number, out: Float64Array): void {
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

/** Cursors of the passes under way: each pass finds its own again, however many take turns. */
class Cursors {
  /** Used last, last. */
  private readonly list: Cursor[] = [];

  constructor(private readonly draw: () => NormalGenerator) {}

  /** The window that row k lies in; null where none does. */
  windowOf(k: number): Window | null {
    for (const cursor of this.list) {
      const { window } = cursor;
      if (window === null || k < window.first || k >= window.first + window.count) continue;
      this.use(cursor);
      return window;
    }
    return null;
  }

  /** The cursor that has the least to skip before row `first`; a new one where all are past it. */
  before(first: number): Cursor {
    let nearest: Cursor | undefined;
    for (const cursor of this.list) {
      if (cursor.next <= first && cursor.next >= (nearest?.next ?? 0)) nearest = cursor;
    }
    if (nearest === undefined) {
      nearest = new Cursor(this.draw());
      this.list.push(nearest);
      if (this.list.length > MOST_PASSES) this.list.shift();
    }
    this.use(nearest);
    return nearest;
  }

  private use(cursor: Cursor): void {
    this.list.splice(this.list.indexOf(cursor), 1);
    this.list.push(cursor);
  }
}

/** Noise that is drawn again on each pass; up to {@link MOST_PASSES} passes may take turns. `draw` starts the stream. */
export function streamedNoise(draw: () => NormalGenerator, rows: number, dims: number): NoiseSource {
  const passes = new Cursors(draw);
  const singles = new Cursors(draw);
  const windowRows = Math.max(1, Math.min(rows, Math.floor(WINDOW_BYTES / (8 * dims))));
  return {
    rows,
    dims,
    kept: false,
    block: (first, count, scratch) => {
      passes.before(first).read(first, count, dims, scratch);
      return scratch.length === count * dims ? scratch : scratch.subarray(0, count * dims);
    },
    row: (k) => {
      let window = singles.windowOf(k);
      if (window === null) {
        const first = k - (k % windowRows);
        const cursor = singles.before(first);
        window = cursor.window ??= { values: new Float64Array(windowRows * dims), first, count: 0 };
        window.first = first;
        window.count = Math.min(windowRows, rows - first);
        cursor.read(first, window.count, dims, window.values);
      }
      const at = (k - window.first) * dims;
      return window.values.subarray(at, at + dims);
    },
  };
}
