import { dotAt } from '../linalg/dot.ts';
import type { Embeddings } from '../linalg/embeddings.ts';
import { inverseSteps } from '../linalg/inverse.ts';
import type { Generator as Normals } from '../random/generator.ts';
import { stream } from '../random/streams.ts';
import { UnusableDriftError, type DriftKind, type DriftSettings } from './definition.ts';
import { shiftDirection } from './directional.ts';
import { orthogonalStepsFrom } from './randomOrthogonal.ts';
import { cosMinusOne } from './rotation.ts';
import { trainingMean, unit } from './sharedDirection.ts';

/** The kinds that can be walked: a real update is one step, not many. */
export type WalkKind = Exclude<DriftKind, 'model'>;

export interface WalkSettings extends DriftSettings {
  readonly kind: WalkKind;
  /** σ of one step, in units of the length the row had at the start. */
  readonly sigma: number;
  /** Whether each step draws anew; else every step is the first one again. Directions that are not drawn stay the same. */
  readonly fresh: boolean;
}

/** Products between two reports: a few milliseconds of work. */
export const PRODUCTS = 2_000_000;

/** Where the walk begins: all rows, and what directions are estimated on. */
export interface WalkStart {
  readonly embeddings: Embeddings;
  /** One 0/1 label for every row. */
  readonly labels: Uint8Array;
  /** The probe's folded direction. */
  readonly weights: Float64Array;
  readonly trainRows: Uint32Array;
  readonly trainLabels: Uint8Array;
}

/** One step in float64, before renormalisation. Rows are asked for in ascending order, from 0, in each pass. */
export interface StepMap {
  /** out = y of row x, which had `length` at the start. */
  readonly forward: (row: number, x: Float64Array, length: number, out: Float64Array) => void;
  /** What `back` needs, made once, in pieces of a few milliseconds: yields the share done. */
  readonly prepareBack: () => Generator<number, void, void>;
  /** out = x of y; only after `prepareBack`. */
  readonly back: (row: number, y: Float64Array, length: number, out: Float64Array) => void;
  /** Multiplications that a row takes, either way, to the order of magnitude. */
  readonly productsPerRow: number;
}

/** Whether a step multiplies every row by a D × D matrix. */
export const walksByMatrix = (kind: WalkKind): boolean => kind === 'subspace' || kind === 'rotation';

/**
 * Step k = 1, 2, … of a walk. Draws of step k come from `stream(seed, 'walk/k/…')`: 'noise' one row after the other in
 * file order for all rows, 'direction', 'scaling', 'rotation' as the drifts of one jump draw them. Without fresh draws
 * every step uses the lab's own 'direction', 'scaling' and 'rotation', and 'walk/1/noise'.
 *
 * The kinds that multiply by a matrix make it, O(D³), in pieces of a few milliseconds: yields the share done.
 *
 * Throws {@link UnusableDriftError} where the data cannot carry the drift.
 */
export function* walkStep(settings: WalkSettings, start: WalkStart, k: number): Generator<number, StepMap, void> {
  const { kind, seed, sigma, fresh } = settings;
  const { dims } = start.embeddings;
  const drawn = (what: string): Normals => stream(seed, fresh ? `walk/${k}/${what}` : what);
  const vector = (what: string): Float64Array => drawn(what).standardNormal(new Float64Array(dims));
  switch (kind) {
    case 'gaussian':
      return noiseStep(() => stream(seed, `walk/${fresh ? k : 1}/noise`), settings, dims);
    case 'directional':
      return shiftStep(
        settings.direction === 'random'
          ? unit(vector('direction'), 'The random draw')
          : fixedDirection(settings, start),
        settings.direction === 'opposed' ? start.labels : null,
        sigma,
      );
    case 'mean-shift':
      return shiftStep(unit(trainingMean(contextOf(start)), 'The mean of the training rows'), null, sigma);
    case 'scaling':
      return scalingStep(vector('scaling'), sigma);
    case 'rotation':
      return matrixStep(yield* rotationMatrix(settings, dims, drawn), dims, true);
    case 'subspace':
      return matrixStep(yield* mixMatrix(sigma, dims, drawn), dims, false);
  }
}

function contextOf({ embeddings, labels, weights, trainRows, trainLabels }: WalkStart) {
  const rows = Uint32Array.from({ length: embeddings.rows }, (_, row) => row);
  return { embeddings, rows, labels, weights, trainRows, trainLabels, target: null };
}

function fixedDirection(settings: WalkSettings, start: WalkStart): Float64Array {
  return shiftDirection(settings, contextOf(start));
}

function* nothing(): Generator<number, void, void> {}

function noiseStep(begin: () => Normals, { sigma, units }: WalkSettings, dims: number): StepMap {
  const e = new Float64Array(dims);
  let generator = begin();
  const add = (row: number, from: Float64Array, amount: number, out: Float64Array): void => {
    if (row === 0) generator = begin();
    generator.standardNormal(e);
    const factor = units === 'total-norm' ? amount / Math.sqrt(dotAt(e, 0, e, 0, dims)) : amount;
    for (let j = 0; j < dims; j++) out[j] = from[j] + factor * e[j];
  };
  return {
    ...{ prepareBack: nothing, productsPerRow: dims },
    forward: (row, x, length, out) => add(row, x, sigma * length, out),
    back: (row, y, length, out) => add(row, y, -sigma * length, out),
  };
}

function shiftStep(v: Float64Array, labels: Uint8Array | null, sigma: number): StepMap {
  const add = (from: Float64Array, amount: number, out: Float64Array): void => {
    for (let j = 0; j < v.length; j++) out[j] = from[j] + amount * v[j];
  };
  const signed = (row: number): number => (labels !== null && labels[row] === 1 ? -sigma : sigma);
  return {
    ...{ prepareBack: nothing, productsPerRow: v.length },
    forward: (row, x, length, out) => add(x, signed(row) * length, out),
    back: (row, y, length, out) => add(y, -signed(row) * length, out),
  };
}

function scalingStep(g: Float64Array, sigma: number): StepMap {
  const factors = g.map((value) => 1 + sigma * value);
  if (factors.includes(0)) throw new UnusableDriftError('A factor of this scaling is exactly zero: take another σ.');
  return {
    ...{ prepareBack: nothing, productsPerRow: g.length },
    forward: (_, x, __, out) => {
      for (let j = 0; j < g.length; j++) out[j] = x[j] * factors[j];
    },
    back: (_, y, __, out) => {
      for (let j = 0; j < g.length; j++) out[j] = y[j] / factors[j];
    },
  };
}

/** Share of the work of a matrix that its random orthogonal part takes, as far as progress is concerned. */
const DRAWING = 0.8;

/** The first columns of the random orthogonal matrix of a step, one after the other. */
function* frameOf(
  dims: number,
  columns: number,
  drawn: (what: string) => Normals,
): Generator<number, Float64Array, void> {
  const steps = orthogonalStepsFrom(drawn('rotation'), dims, columns);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield DRAWING * step.value;
  }
}

/** cos θ·I + sin θ·Q with θ = σπ/2, row-major. */
function* mixMatrix(
  sigma: number,
  dims: number,
  drawn: (what: string) => Normals,
): Generator<number, Float64Array, void> {
  const q = yield* frameOf(dims, dims, drawn);
  const theta = (sigma * Math.PI) / 2;
  const cos = Math.cos(theta);
  const sin = Math.sin(theta);
  const matrix = yield* transposed(q, dims);
  for (let at = 0; at < matrix.length; at++) matrix[at] *= sin;
  for (let i = 0; i < dims; i++) matrix[i * dims + i] += cos;
  return matrix;
}

/** I + sin θ·K + (cos θ − 1)·P over the planes, θ = σ radians, row-major. */
function* rotationMatrix(
  { planes, sigma }: WalkSettings,
  dims: number,
  drawn: (what: string) => Normals,
): Generator<number, Float64Array, void> {
  const most = Math.floor(dims / 2);
  const count = planes ?? most;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new UnusableDriftError(
      `Planes must be a whole number from 1 to ${most} for ${dims} dimensions, not ${count}.`,
    );
  }
  const u = yield* frameOf(dims, 2 * count, drawn);
  const sin = Math.sin(sigma);
  const less = cosMinusOne(sigma);
  const matrix = new Float64Array(dims * dims);
  for (let i = 0; i < dims; i++) matrix[i * dims + i] = 1;
  let products = 0;
  for (let c = 0; c < 2 * count; c += 2) {
    const first = c * dims;
    const second = first + dims;
    for (let i = 0; i < dims; i++) {
      const a = less * u[first + i] + sin * u[second + i];
      const b = less * u[second + i] - sin * u[first + i];
      for (let j = 0; j < dims; j++) matrix[i * dims + j] += a * u[first + j] + b * u[second + j];
    }
    products += 2 * dims * dims;
    if (products >= PRODUCTS) {
      products = 0;
      yield DRAWING + ((1 - DRAWING) * (c + 2)) / (2 * count);
    }
  }
  return matrix;
}

function matrixStep(matrix: Float64Array, dims: number, orthogonal: boolean): StepMap {
  let way: Float64Array | null = null;
  const apply = (m: Float64Array, x: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < dims; i++) out[i] = dotAt(m, i * dims, x, 0, dims);
  };
  return {
    productsPerRow: dims * dims,
    forward: (_, x, __, out) => apply(matrix, x, out),
    *prepareBack() {
      // The inverse of a rotation is its transpose; that of a mix, which is none, has no such short way.
      way ??= orthogonal ? yield* transposed(matrix, dims) : yield* inverseSteps(matrix, dims);
      if (way === null) throw new UnusableDriftError('This mix has no inverse: take another σ.');
    },
    back: (_, y, __, out) => {
      if (way === null) throw new RangeError('The way back is not prepared.');
      apply(way, y, out);
    },
  };
}

/** Numbers that are transposed between two reports: each write is far from the last. */
const MOVED = 200_000;

function* transposed(matrix: Float64Array, n: number): Generator<number, Float64Array, void> {
  const out = new Float64Array(n * n);
  const rows = Math.max(1, Math.floor(MOVED / n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) out[j * n + i] = matrix[i * n + j];
    if (i % rows === rows - 1) yield 1;
  }
  return out;
}
