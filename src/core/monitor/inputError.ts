/** Rows, labels or settings that a monitor cannot use; the message says which and what to do, in one line. */
export class MonitorInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MonitorInputError';
  }
}

/** ε must lie strictly between 0 and 1. */
export function checkEpsilon(epsilon: number): void {
  if (!(epsilon > 0 && epsilon < 1)) {
    throw new MonitorInputError(
      `The error level ε must lie between 0 and 1, both excluded; it is ${epsilon}. Take 0.1.`,
    );
  }
}

/** A whole number, at least `least`. */
export function checkWhole(value: number, least: number, what: string): void {
  if (!Number.isInteger(value) || value < least) {
    throw new MonitorInputError(`${what} must be a whole number of at least ${least}; it is ${value}.`);
  }
}

/** A finite number above 0. */
export function checkPositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity))
    throw new MonitorInputError(`${what} must be a number above 0; it is ${value}.`);
}

/** At least one row. */
export function checkSomeRows(count: number, what: string): void {
  if (count === 0) throw new MonitorInputError(`There are no ${what} rows. Give at least one.`);
}

/** Every value finite. */
export function checkFinite(values: ArrayLike<number>, what: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new MonitorInputError(
        `${what} ${i + 1} is ${values[i]}, not a finite number. Correct or leave out that row.`,
      );
    }
  }
}

/** Every value a probability: finite, in [0, 1]. */
export function checkProbabilities(p: ArrayLike<number>, what: string): void {
  for (let i = 0; i < p.length; i++) {
    if (!(p[i] >= 0 && p[i] <= 1)) {
      throw new MonitorInputError(
        `${what} score ${i + 1} is ${p[i]}, not a probability from 0 to 1. Give the probe's probabilities, not its logits.`,
      );
    }
  }
}

/** One label, 0 or 1, for each of `rows` rows. */
export function checkLabels(labels: ArrayLike<number>, rows: number, what: string): void {
  if (labels.length !== rows) {
    throw new MonitorInputError(`There are ${rows} ${what} rows but ${labels.length} labels. Give one label a row.`);
  }
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) {
      throw new MonitorInputError(`The label of ${what} row ${i + 1} is ${labels[i]}; it must be 0 or 1.`);
    }
  }
}
