import { VanishedRowError } from '../../core/drift/score.ts';
import type { PreparedDrift } from '../../core/drift/types.ts';
import type { MlpProbe } from '../../core/probe/types.ts';
import { pipeline } from './blocks.ts';
import { ComponentStream } from './componentStream.ts';
import { drift, VANISHED, type Drifted } from './literal.ts';
import { matrixProduct } from './programs.ts';
import type { ResidentBlock } from './residentRows.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

/**
 * Drifts every row in all D dimensions on the GPU and sends it through the network, in float32: one logit a row. Throws
 * VanishedRowError for a row moved onto the origin that should be renormalised.
 */
export async function literalMlpLogits(
  session: Session,
  blocks: readonly ResidentBlock[],
  prepared: PreparedDrift,
  amount: number,
  { hidden, hiddenWeights, hiddenBias, outputWeights, outputBias }: MlpProbe,
  between: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const { dims, rows: n } = prepared;
  const coefficients = prepared.coefficients(amount);
  const still = coefficients.alpha === 1 && coefficients.beta === 0 && coefficients.gamma === 0;
  const logits = new Float64Array(n);
  const stream = new ComponentStream(session, prepared, blocks[0]?.count ?? 0);
  const weights = Float32Array.from(hiddenWeights);
  const bias = Float32Array.from(hiddenBias);
  const output = Float32Array.from(outputWeights);
  try {
    await pipeline(
      blocks,
      ({ first }) => between(first / n),
      (block) => {
        if (!still) stream.make(block);
        return session.run(() =>
          tf.readBack(() => {
            const x = tf.matrixIn(block.buffer, block.count, dims);
            const { rows, lengths }: Drifted = still
              ? { rows: x, lengths: [] }
              : drift(x, stream.send(block), coefficients, prepared.norm);
            const into = matrixProduct(rows, tf.tensor2d(weights, [hidden, dims]), 'second');
            const shifted: tf.Tensor2D = tf.add(into, tf.tensor2d(bias, [1, hidden]));
            const out = tf.relu(shifted);
            const answers = matrixProduct(out, tf.tensor2d(output, [hidden, 1]));
            return tf.concat1d([tf.flat(answers), ...lengths]);
          }),
        );
      },
      ({ first, count }, read) => {
        for (let i = 0; read.length > count && i < count; i++) {
          if (!(read[count + i] > VANISHED * read[2 * count + i])) throw new VanishedRowError(first + i, amount);
        }
        for (let i = 0; i < count; i++) logits[first + i] = read[i] + outputBias;
      },
    );
  } finally {
    stream.dispose();
  }
  return logits;
}
