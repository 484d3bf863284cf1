import { VanishedRowError } from '../../core/drift/score.ts';
import type { Coefficients, DriftContext, PreparedDrift } from '../../core/drift/types.ts';
import { pipeline } from './blocks.ts';
import { ComponentStream, type ComponentBlock } from './componentStream.ts';
import { addLanes, LANES, rowDotLanes } from './programs.ts';
import type { ResidentBlock } from './residentRows.ts';
import { binaryScale, toFloat32 } from './scale.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

/** Below this share of its terms ‖y‖² is the rounding of float32: y is the origin as far as the GPU can tell. */
export const VANISHED = 1e-13;

/** Drifted rows x′, and for each row ‖y‖² and the sum of its terms' squares where y is renormalised. */
export interface Drifted {
  readonly rows: tf.Tensor2D;
  readonly lengths: readonly tf.Tensor1D[];
}

function squares(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.mul(rows, rows), 1, true);
}

function times(rows: tf.Tensor2D, factor: number): tf.Tensor2D {
  return tf.mul(rows, tf.tensor1d([factor]));
}

/** y = αx + βd + γp of each row, at the length that the drift asks for. */
export function drift(
  x: tf.Tensor2D,
  { d, p }: ComponentBlock,
  { alpha, beta, gamma }: Coefficients,
  norm: PreparedDrift['norm'],
): Drifted {
  const terms = [times(x, alpha), times(d, beta)];
  if (p) terms.push(times(p, gamma));
  const y = terms.reduce((sum, term) => tf.add(sum, term));
  if (norm === 'none') return { rows: y, lengths: [] };
  const yy = squares(y);
  const length =
    norm === 'original'
      ? tf.sqrt(squares(x))
      : tf.add(times(tf.sqrt(squares(x)), alpha), times(tf.sqrt(squares(d)), beta));
  const size = terms.map(squares).reduce((sum, term) => tf.add(sum, term));
  return { rows: tf.mul(y, tf.div(length, tf.sqrt(yy))), lengths: [tf.flat(yy), tf.flat(size)] };
}

/**
 * Drifts every row in all D dimensions on the GPU, y = αx + βd + γp, brings it to its target length where the drift
 * renormalises, and scores it: w·x′ + bias, one float64 a row, computed in float32. Where the coefficients are those of
 * no drift, x′ is x. Throws {@link VanishedRowError} for a row moved onto the origin that should be renormalised.
 */
export async function literalLogits(
  session: Session,
  blocks: readonly ResidentBlock[],
  prepared: PreparedDrift,
  { weights }: DriftContext,
  amount: number,
  bias: number,
  between: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const { dims, rows: n } = prepared;
  const coefficients = prepared.coefficients(amount);
  const still = coefficients.alpha === 1 && coefficients.beta === 0 && coefficients.gamma === 0;
  const scale = binaryScale(weights);
  const unit = toFloat32(weights, scale);
  const logits = new Float64Array(n);
  const stream = new ComponentStream(session, prepared, blocks[0]?.count ?? 0);
  try {
    await pipeline(
      blocks,
      ({ first }) => between(first / n),
      (block) => {
        if (!still) stream.make(block);
        return session.run(() =>
          tf.readBack(() => {
            const x = tf.matrixIn(block.buffer, block.count, dims);
            const { rows, lengths } = still
              ? { rows: x, lengths: [] }
              : drift(x, stream.send(block), coefficients, prepared.norm);
            const dots = tf.flat(rowDotLanes(rows, tf.tensor2d(unit, [1, dims])));
            return tf.concat1d([dots, ...lengths]);
          }),
        );
      },
      ({ first, count }, read) => {
        const squared = count * LANES;
        const size = squared + count;
        for (let i = 0; read.length > squared && i < count; i++) {
          if (!(read[squared + i] > VANISHED * read[size + i])) throw new VanishedRowError(first + i, amount);
        }
        addLanes(read, 0, 1 / scale, logits.subarray(first, first + count));
      },
    );
  } finally {
    stream.dispose();
  }
  for (let k = 0; k < n; k++) logits[k] += bias;
  return logits;
}
