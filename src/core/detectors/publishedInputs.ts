import { DetectorInputError } from './detector.ts';
import type { Reference, StreamRecord } from './detector.ts';

/** Throws unless `value` is a whole number from `least` on. */
export function checkCount(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new DetectorInputError(`${what} must be a whole number of at least ${least}; it is ${value}.`);
  }
}

/** Throws unless `value` lies strictly between 0 and 1. */
export function checkLevel(what: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new DetectorInputError(`${what} must lie between 0 and 1; it is ${value}.`);
}

function fault(score: number): string | null {
  if (Number.isNaN(score)) return 'is not a number (NaN)';
  return score >= 0 && score <= 1 ? null : `is ${score}, outside [0, 1]`;
}

/** Throws unless `score` is a number in [0, 1]. */
export function checkScore(score: number, step: number): void {
  if (!(score >= 0 && score <= 1)) {
    throw new DetectorInputError(
      `The score of step ${step} ${fault(score) ?? ''}: give the probability of "unsafe", from 0 to 1.`,
    );
  }
}

/**
 * The reference's scores, checked: at least `least` of them, each in [0, 1], and (unless `constantAllowed`) not all the same.
 * @param need What needs that many, for the message: "a window of 100".
 */
export function checkedScores(
  { scores }: Reference,
  least: number,
  need: string,
  constantAllowed = false,
): Float64Array {
  if (scores.length < least) {
    throw new DetectorInputError(
      `The reference has ${scores.length} scores and ${need} needs at least ${least}: take a longer reference or a shorter window.`,
    );
  }
  for (let i = 0; i < scores.length; i++) {
    const wrong = fault(scores[i]);
    if (wrong !== null) {
      throw new DetectorInputError(`Reference score ${i + 1} ${wrong}: give the probability of "unsafe", from 0 to 1.`);
    }
  }
  if (!constantAllowed && scores.every((score) => score === scores[0])) {
    throw new DetectorInputError(
      `All ${scores.length} reference scores are ${scores[0]}: scores that never vary cannot show what is usual. Give the probe's probabilities, not its decisions.`,
    );
  }
  return scores;
}

/** The reference's embeddings, checked: there, at least `least` rows, finite, and not all the same row. */
export function checkedEmbeddings(
  { scores, embeddings }: Reference,
  least: number,
  need: string,
): { readonly values: Float64Array | Float32Array; readonly rows: number; readonly dims: number } {
  if (embeddings === null) {
    throw new DetectorInputError(
      'This detector reads embeddings and the reference has none: choose a detector of scores.',
    );
  }
  const { values, dims } = embeddings;
  const rows = scores.length;
  if (!Number.isSafeInteger(dims) || dims < 1 || values.length !== rows * dims) {
    throw new DetectorInputError(
      `The reference's embeddings hold ${values.length} numbers, not ${rows} rows × ${dims} dimensions.`,
    );
  }
  if (rows < least) {
    throw new DetectorInputError(
      `The reference has ${rows} rows and ${need} needs at least ${least}: take a longer reference or a shorter window.`,
    );
  }
  let varies = false;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new DetectorInputError(
        `Row ${Math.floor(i / dims) + 1} of the reference's embeddings has a number that is not finite.`,
      );
    }
    varies ||= values[i] !== values[i % dims];
  }
  if (!varies)
    throw new DetectorInputError(
      `All ${rows} reference embeddings are the same: there is no distance to compare with.`,
    );
  return { values, rows, dims };
}

/** The record's embedding, checked: there, of the reference's dimensions, finite. */
export function checkedEmbedding({ embedding }: StreamRecord, dims: number, step: number): Float64Array | Float32Array {
  if (embedding === null) throw new DetectorInputError(`Step ${step} has no embedding, which this detector reads.`);
  if (embedding.length !== dims) {
    throw new DetectorInputError(
      `The embedding of step ${step} has ${embedding.length} dimensions; the reference has ${dims}.`,
    );
  }
  for (let i = 0; i < dims; i++) {
    if (!Number.isFinite(embedding[i])) {
      throw new DetectorInputError(`The embedding of step ${step} has a number that is not finite.`);
    }
  }
  return embedding;
}
