import type { DriftSettings } from '../../core/drift/definition.ts';
import { gaussian } from '../../core/drift/gaussian.ts';
import type { DriftContext } from '../../core/drift/types.ts';
import { transformRow } from '../../core/drift/transform.ts';
import { allocateEmbeddings } from '../../core/linalg/simdKernels.ts';
import { stream } from '../../core/random/streams.ts';
import type { MlpProbe } from '../../core/probe/types.ts';
import { rowScale } from '../../data/normalize.ts';
import type { NetworkParity } from '../api.ts';
import { MLP_TOLERANCE, type Backend, type Checkpoint } from '../backend.ts';
import { mlpScorer } from './mlpScorer.ts';

const ROWS = 120;
const DIMS = 24;
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
  kind: 'mlp',
  C: 1,
  standardize: true,
  classWeight: 'balanced',
  mlp: { hidden: 6, learningRate: 0.02, batch: 32, epochs: 8, patience: 8, l2: 1e-4, seed: 7 },
} as const;

/**
 * Trains a small seeded network on a backend, then compares its logits at one drift, by the fast path and by the backend's
 * literal path, with plain loops over every row, hidden unit and dimension in float64.
 */
export async function checkNetwork(backend: Backend, checkpoint: Checkpoint): Promise<NetworkParity> {
  const embeddings = allocateEmbeddings(ROWS, DIMS);
  const labels = Uint8Array.from({ length: ROWS }, (_, row) => row % 2);
  embeddings.values.set(stream(1, 'parity').standardNormal(new Float64Array(ROWS * DIMS)));
  for (let row = 0; row < ROWS; row++) {
    embeddings.values[row * DIMS] += 8;
    embeddings.values[row * DIMS + 1] += 2 * labels[row];
  }
  embeddings.scale.set(rowScale(embeddings.values, ROWS, DIMS, true));
  const rows = Uint32Array.from({ length: ROWS }, (_, row) => row);
  const none = { rows: new Uint32Array(0), labels: new Uint8Array(0) };

  const probe = await backend.fitMlp({ embeddings, rows, labels, validation: none, probe: PROBE }, checkpoint);
  const context: DriftContext = {
    embeddings,
    rows,
    labels,
    weights: probe.direction,
    trainRows: rows,
    trainLabels: labels,
    target: null,
  };
  const drift = gaussian.prepare(DRIFT, context);
  const scalars = await backend.scalars(drift, context, null, checkpoint);
  const { score } = await mlpScorer(probe, drift, context, scalars, checkpoint);
  const fast = new Float64Array(ROWS);
  score(SIGMA, fast);
  const literal = await backend.literalMlpLogits(drift, context, SIGMA, probe, checkpoint);

  let [fastDifference, literalDifference] = [0, 0];
  const drifted = new Float64Array(DIMS);
  for (let k = 0; k < ROWS; k++) {
    transformRow(drift, embeddings, rows, k, SIGMA, drifted);
    const plain = plainLogit(probe, drifted);
    fastDifference = Math.max(fastDifference, Math.abs(fast[k] - plain));
    literalDifference = Math.max(literalDifference, Math.abs(literal[k] - plain));
  }
  const tolerance = MLP_TOLERANCE[backend.info.name];
  const agrees = fastDifference <= tolerance && literalDifference <= tolerance;
  return { fastDifference, literalDifference, rows: ROWS, dims: DIMS, hidden: PROBE.mlp.hidden, tolerance, agrees };
}

function plainLogit({ hidden, dims, hiddenWeights, hiddenBias, outputWeights, outputBias }: MlpProbe, x: Float64Array) {
  let logit = outputBias;
  for (let h = 0; h < hidden; h++) {
    let sum = hiddenBias[h];
    for (let j = 0; j < dims; j++) sum += hiddenWeights[h * dims + j] * x[j];
    if (sum > 0) logit += outputWeights[h] * sum;
  }
  return logit;
}
