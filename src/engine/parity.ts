import type { DriftSettings } from '../core/drift/definition.ts';
import { gaussian } from '../core/drift/gaussian.ts';
import { scoreRows } from '../core/drift/score.ts';
import { computeScalars } from '../core/drift/scalars.ts';
import { transformRow } from '../core/drift/transform.ts';
import type { DriftContext } from '../core/drift/types.ts';
import { dot } from '../core/linalg/dot.ts';
import { plainKernels } from '../core/linalg/plainKernels.ts';
import { allocateEmbeddings } from '../core/linalg/simdKernels.ts';
import { stream } from '../core/random/streams.ts';
import { fitLogistic } from '../core/probe/logistic.ts';
import { rowScale } from '../data/normalize.ts';
import type { ParityReport } from './api.ts';
import { REFERENCE_TOLERANCE, type Backend, type Checkpoint } from './backend.ts';

const ROWS = 600;
const DIMS = 64;
const SIGMA = 0.1;
const DRIFT: DriftSettings = {
  kind: 'gaussian',
  units: 'per-coordinate',
  direction: 'random',
  planes: null,
  seed: 42,
  renormalize: true,
};
const PROBE = {
  kind: 'logistic',
  C: 1,
  standardize: true,
  classWeight: 'balanced',
  mlp: { hidden: 1, learningRate: 0.01, batch: 1, epochs: 1, patience: 1, l2: 0, seed: 0 },
} as const;

/** Weights come from a certified optimum on every backend: only rounding may part them. */
const WEIGHT_TOLERANCE = 1e-6;

/**
 * Runs a small seeded problem (fit, fast path, literal path) on a backend and on the plain float64 reference, which uses
 * neither WebAssembly nor the GPU, and reports how far the numbers lie apart.
 */
export async function checkParity(backend: Backend, checkpoint: Checkpoint): Promise<ParityReport> {
  const began = performance.now();
  const room = allocateEmbeddings(ROWS, DIMS);
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 2);
  drawRows(room.values, labels);
  room.scale.set(rowScale(room.values, ROWS, DIMS, true));
  const rows = Uint32Array.from({ length: ROWS }, (_, row) => row);

  const theirs = await backend.fit({ embeddings: room, rows, labels, probe: PROBE }, checkpoint);
  const ours = fitLogistic(plainKernels(room), rows, labels, PROBE);
  const largestWeight = ours.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const weightDifference = largest(ours.weights, theirs.weights) / largestWeight;

  const { weights, bias } = ours;
  const context: DriftContext = {
    embeddings: room,
    rows,
    labels,
    weights,
    trainRows: rows,
    trainLabels: labels,
    target: null,
  };
  const prepared = gaussian.prepare(DRIFT, context);
  const reference = new Float64Array(ROWS);
  scoreRows(computeScalars(prepared, context, plainKernels(room)), prepared, SIGMA, bias, reference);
  const fast = new Float64Array(ROWS);
  scoreRows(await backend.scalars(prepared, context, null, checkpoint), prepared, SIGMA, bias, fast);

  const literalReference = new Float64Array(ROWS);
  const drifted = new Float64Array(DIMS);
  for (let k = 0; k < ROWS; k++) {
    transformRow(prepared, room, rows, k, SIGMA, drifted);
    literalReference[k] = dot(weights, drifted) + bias;
  }
  const literal = await backend.literalLogits(prepared, context, SIGMA, bias, checkpoint);

  const fastDifference = largest(reference, fast);
  const literalDifference = largest(literalReference, literal);
  const tolerance = Math.max(backend.info.logitTolerance, REFERENCE_TOLERANCE);
  return {
    backend: backend.info,
    weightDifference,
    fastDifference,
    literalDifference,
    rows: ROWS,
    dims: DIMS,
    network: null,
    agrees: weightDifference <= WEIGHT_TOLERANCE && fastDifference <= tolerance && literalDifference <= tolerance,
    ms: performance.now() - began,
  };
}

/** Two Gaussian classes around a common mean, two standard deviations apart along one of the axes. */
function drawRows(values: Float32Array | Float64Array, labels: Uint8Array): void {
  values.set(stream(1, 'parity').standardNormal(new Float64Array(ROWS * DIMS)));
  for (let row = 0; row < ROWS; row++) {
    values[row * DIMS] += 8;
    values[row * DIMS + 1] += 2 * labels[row];
  }
}

function largest(a: Float64Array, b: Float64Array): number {
  let difference = 0;
  for (let k = 0; k < a.length; k++) difference = Math.max(difference, Math.abs(a[k] - b[k]));
  return difference;
}
