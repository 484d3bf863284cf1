import { orthogonalSteps } from '../linalg/qr.ts';
import type { Generator as Normals } from '../random/generator.ts';
import { stream } from '../random/streams.ts';

/** Normals drawn between two reports: a few milliseconds. */
const DRAWS = 100_000;
/** Of the whole work, for all columns of a thousand dimensions. */
const DRAWING_SHARE = 0.02;

/**
 * The first `columns` columns of the lab's random orthogonal matrix, one after the other (column c at [c·D, (c + 1)·D)):
 * Q of `stream(seed, 'rotation').standard_normal((D, D))` = QR with a positive diagonal of R, which makes Q uniform over
 * all orthogonal matrices (Mezzadri 2007). The first columns do not depend on how many are asked for.
 *
 * In pieces of a few milliseconds: yields the share done, in [0, 1], after each.
 */
export function randomOrthogonalSteps(seed: number, dims: number, columns: number): Generator<number, Float64Array> {
  return orthogonalStepsFrom(stream(seed, 'rotation'), dims, columns);
}

/** {@link randomOrthogonalSteps} of the next D² normals of another stream. */
export function* orthogonalStepsFrom(
  generator: Normals,
  dims: number,
  columns: number,
): Generator<number, Float64Array, void> {
  const normal = new Float64Array(dims * dims);
  for (let at = 0; at < normal.length; at += DRAWS) {
    generator.standardNormal(normal.subarray(at, Math.min(normal.length, at + DRAWS)));
    yield (DRAWING_SHARE * Math.min(normal.length, at + DRAWS)) / normal.length;
  }
  const steps = orthogonalSteps(normal, dims, columns);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield DRAWING_SHARE + (1 - DRAWING_SHARE) * step.value;
  }
}

/** {@link randomOrthogonalSteps} in one go. */
export function randomOrthogonal(seed: number, dims: number, columns: number): Float64Array {
  return finish(randomOrthogonalSteps(seed, dims, columns));
}

/** A matrix that is drawn once, when it is first needed: in pieces where there is time for it, else in one go. */
export interface Drawn {
  /** The matrix, drawn in one go where it is not drawn yet. */
  readonly get: () => Float64Array;
  /** Draws it, yielding the share done, in [0, 1]. */
  readonly steps: () => Generator<number, void>;
}

/** `begin` starts to draw from the beginning; what was drawn in part and given up is drawn again. */
export function drawnOnce(begin: () => Generator<number, Float64Array>): Drawn {
  let made: Float64Array | null = null;
  return {
    get: () => (made ??= finish(begin())),
    *steps() {
      if (made) return;
      made = yield* begin();
    },
  };
}

function finish(steps: Generator<number, Float64Array>): Float64Array {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
