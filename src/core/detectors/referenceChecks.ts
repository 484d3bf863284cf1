import { DetectorInputError, type Reference } from './detector.ts';

/** Throws where `value` is not a finite number in the range; `name` is how the person knows the parameter. */
export function checkNumber(name: string, value: number, low: number, high: number, openLow = false): void {
  const inside = openLow ? value > low : value >= low;
  if (Number.isFinite(value) && inside && value <= high) return;
  const range =
    high === Infinity ? `${openLow ? 'above' : 'at least'} ${low}` : `${openLow ? 'above' : 'from'} ${low} to ${high}`;
  throw new DetectorInputError(`${name} must be a number ${range}; it is ${value}.`);
}

export function checkWhole(name: string, value: number, low: number): void {
  if (!Number.isSafeInteger(value) || value < low) {
    throw new DetectorInputError(`${name} must be a whole number of at least ${low}; it is ${value}.`);
  }
}

/** A probability strictly between 0 and 1. */
export function checkLevel(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new DetectorInputError(`${name} must lie strictly between 0 and 1; it is ${value}.`);
  }
}

/** Throws where a reference score is missing, or where there are fewer than `least`. */
export function checkScores({ scores }: Reference, least: number): void {
  if (scores.length < least) {
    throw new DetectorInputError(
      `The reference has ${scores.length} scores; this detector needs at least ${least}. Give a longer reference.`,
    );
  }
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) {
      throw new DetectorInputError(`Reference score ${i + 1} is ${scores[i]}, not a finite number. Remove that row.`);
    }
  }
}

/** Throws where a reference score lies outside [0, 1]; for detectors whose promise rests on bounded scores. */
export function checkUnitScores(reference: Reference, least: number): void {
  checkScores(reference, least);
  const { scores } = reference;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < 0 || scores[i] > 1) {
      throw new DetectorInputError(
        `Reference score ${i + 1} is ${scores[i]}, outside [0, 1]; this detector's promise needs probabilities. Give probabilities, not logits.`,
      );
    }
  }
}

export function checkStreamScore(score: number): void {
  if (!Number.isFinite(score)) {
    throw new DetectorInputError(`A stream score is ${score}, not a finite number. Remove that row.`);
  }
}

export function checkUnitStreamScore(score: number): void {
  checkStreamScore(score);
  if (score < 0 || score > 1) {
    throw new DetectorInputError(
      `A stream score is ${score}, outside [0, 1]; this detector's promise needs probabilities. Give probabilities, not logits.`,
    );
  }
}

/** Mean and sample standard deviation (n − 1) of the reference scores; throws where they do not vary. */
export function referenceMoments({ scores }: Reference): { readonly mean: number; readonly sd: number } {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i];
  const mean = sum / scores.length;
  let squares = 0;
  let varies = false;
  for (let i = 0; i < scores.length; i++) {
    squares += (scores[i] - mean) ** 2;
    if (scores[i] !== scores[0]) varies = true;
  }
  const sd = Math.sqrt(squares / (scores.length - 1));
  if (!varies || !(sd > 0)) {
    throw new DetectorInputError(
      `All ${scores.length} reference scores are ${scores[0]}: without spread there is no scale to measure a shift by. Give a reference whose scores vary.`,
    );
  }
  return { mean, sd };
}
