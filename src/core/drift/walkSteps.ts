import { dotAt } from '../linalg/dot.ts';
import type { Embeddings } from '../linalg/embeddings.ts';
import { inverse } from '../linalg/inverse.ts';
import { orthogonalColumns } from '../linalg/qr.ts';
import type { Generator as Normals } from '../random/generator.ts';
import { stream } from '../random/streams.ts';
import { UnusableDriftError, type DriftKind, type DriftSettings } from './definition.ts';
import { shiftDirection } from './directional.ts';
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
  /** out = x of y. */
  readonly back: (row: number, y: Float64Array, length: number, out: Float64Array) => void;
}

/** Whether a step multiplies every row by a D × D matrix. */
export const walksByMatrix = (kind: WalkKind): boolean => kind === 'subspace' || kind === 'rotation';

/**
 * Step k = 1, 2, … of a walk. Draws of step k come from `stream(seed, 'walk/k/…')`: 'noise' one row after the other in
 * file order for all rows, 'direction', 'scaling', 'rotation' as the drifts of one jump draw them. Without fresh draws
 * every step uses the lab's own 'direction', 'scaling' and 'rotation', and 'walk/1/noise'.
 *
 * Throws {@link UnusableDriftError} where the data cannot carry the drift.
 */
export function walkStep(settings: WalkSettings, start: WalkStart, k: number): StepMap {
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
      return matrixStep(rotationMatrix(settings, dims, drawn), dims, true);
    case 'subspace':
      return matrixStep(mixMatrix(sigma, dims, drawn), dims, false);
  }
}

function contextOf({ embeddings, labels, weights, trainRows, trainLabels }: WalkStart) {
  const rows = Uint32Array.from({ length: embeddings.rows }, (_, row) => row);
  return { embeddings, rows, labels, weights, trainRows, trainLabels, target: null };
}

function fixedDirection(settings: WalkSettings, start: WalkStart): Float64Array {
  return shiftDirection(settings, contextOf(start));
}

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
    forward: (row, x, length, out) => add(x, signed(row) * length, out),
    back: (row, y, length, out) => add(y, -signed(row) * length, out),
  };
}

function scalingStep(g: Float64Array, sigma: number): StepMap {
  const factors = g.map((value) => 1 + sigma * value);
  if (factors.includes(0)) throw new UnusableDriftError('A factor of this scaling is exactly zero: take another σ.');
  return {
    forward: (_, x, __, out) => {
      for (let j = 0; j < g.length; j++) out[j] = x[j] * factors[j];
    },
    back: (_, y, __, out) => {
      for (let j = 0; j < g.length; j++) out[j] = y[j] / factors[j];
    },
  };
}

/** cos θ·I + sin θ·Q with θ = σπ/2, row-major. */
function mixMatrix(sigma: number, dims: number, drawn: (what: string) => Normals): Float64Array {
  const q = orthogonalColumns(drawn('rotation').standardNormal(new Float64Array(dims * dims)), dims);
  const theta = (sigma * Math.PI) / 2;
  const cos = Math.cos(theta);
  const sin = Math.sin(theta);
  const matrix = new Float64Array(dims * dims);
  for (let i = 0; i < dims; i++) {
    for (let j = 0; j < dims; j++) matrix[i * dims + j] = sin * q[j * dims + i] + (i === j ? cos : 0);
  }
  return matrix;
}

/** I + sin θ·K + (cos θ − 1)·P over the planes, θ = σ radians, row-major. */
function rotationMatrix({ planes, sigma }: WalkSettings, dims: number, drawn: (what: string) => Normals): Float64Array {
  const most = Math.floor(dims / 2);
  const count = planes ?? most;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new UnusableDriftError(
      `Planes must be a whole number from 1 to ${most} for ${dims} dimensions, not ${count}.`,
    );
  }
  const u = orthogonalColumns(drawn('rotation').standardNormal(new Float64Array(dims * dims)), dims, 2 * count);
  const sin = Math.sin(sigma);
  const less = cosMinusOne(sigma);
  const matrix = new Float64Array(dims * dims);
  for (let i = 0; i < dims; i++) matrix[i * dims + i] = 1;
  for (let c = 0; c < 2 * count; c += 2) {
    const first = c * dims;
    const second = first + dims;
    for (let i = 0; i < dims; i++) {
      const a = less * u[first + i] + sin * u[second + i];
      const b = less * u[second + i] - sin * u[first + i];
      for (let j = 0; j < dims; j++) matrix[i * dims + j] += a * u[first + j] + b * u[second + j];
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
    forward: (_, x, __, out) => apply(matrix, x, out),
    back: (_, y, __, out) => {
      way ??= orthogonal ? transposed(matrix, dims) : inverse(matrix, dims);
      if (way === null) throw new UnusableDriftError('This mix has no inverse: take another σ.');
      apply(way, y, out);
    },
  };
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[j * n + i] = matrix[i * n + j];
  return out;
}
