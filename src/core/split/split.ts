import { stream } from '../random/streams.ts';
import { cutByOrder } from './cutByOrder.ts';

/** How many rows each part takes, and the seed that decides which. The fractions are ≥ 0 and sum to 1. */
export interface SplitSettings {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Cut within each class, so that the parts keep the share of positives. */
  readonly stratified: boolean;
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
}

/** The row numbers of each part, ascending. Together they hold every row once. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

const SUM_TOLERANCE = 1e-9;
// The numbers that cutByOrder gives the parts.
const TRAIN = 0;
const VALIDATION = 1;
const TEST = 2;

/**
 * Splits the rows at random, the same rows for the same seed, labels and fractions.
 *
 * The recipe: one uniform a row, `u = stream(seed, 'split').random(N)`. Within each class of k rows, sorted by u (ties in
 * file order), the first floor(train·k + ½) are train, those up to floor((train + validation)·k + ½) validation, the
 * rest test. Unstratified, all rows are one class.
 *
 * `labels` holds 0 or 1 a row. A part may come out empty. Throws a RangeError on other labels, on fractions that are
 * negative or do not sum to 1 within 1e-9, and on a bad seed.
 */
export function splitRows(labels: Uint8Array, settings: SplitSettings): Split {
  checkFractions(settings);
  const rows = labels.length;
  for (let i = 0; i < rows; i++) {
    if (labels[i] > 1) {
      throw new RangeError(`Row ${i + 1} has the label ${labels[i]}. A label must be 0 or 1.`);
    }
  }
  const u = stream(settings.seed, 'split').random(new Float64Array(rows));
  if (!settings.stratified) return gather(cut(u, settings));
  const part = new Uint8Array(rows);
  for (const label of [0, 1]) {
    const members = rowsWith(label, labels);
    const uOfClass = new Float64Array(members.length);
    for (let i = 0; i < members.length; i++) uOfClass[i] = u[members[i]];
    const cutOfClass = cut(uOfClass, settings);
    for (let i = 0; i < members.length; i++) part[members[i]] = cutOfClass[i];
  }
  return gather(part);
}

/**
 * Reads the split from a column of the data: each value is train, validation or test. Throws a RangeError that names the
 * first row (counted from 1) with another word. A part may come out empty.
 */
export function splitFromColumn(values: readonly string[]): Split {
  const part = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === 'train') part[i] = TRAIN;
    else if (value === 'validation') part[i] = VALIDATION;
    else if (value === 'test') part[i] = TEST;
    else {
      throw new RangeError(
        `Row ${i + 1} of the split column says ${JSON.stringify(value)}. Write train, validation or test there, or leave the column out.`,
      );
    }
  }
  return gather(part);
}

function checkFractions({ train, validation, test }: SplitSettings): void {
  for (const [name, value] of Object.entries({ train, validation, test })) {
    if (!(value >= 0)) throw new RangeError(`The ${name} fraction must be a number of 0 or more; it is ${value}.`);
  }
  const sum = train + validation + test;
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    throw new RangeError(`The train, validation and test fractions must sum to 1; they sum to ${sum}.`);
  }
}

function cut(u: Float64Array, { train, validation }: SplitSettings): Uint8Array {
  const k = u.length;
  return cutByOrder(u, Math.floor(train * k + 0.5), Math.floor((train + validation) * k + 0.5));
}

function gather(part: Uint8Array): Split {
  return { train: rowsWith(TRAIN, part), validation: rowsWith(VALIDATION, part), test: rowsWith(TEST, part) };
}

/** The rows where `values` is `wanted`, ascending. */
function rowsWith(wanted: number, values: Uint8Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === wanted) count++;
  const rows = new Uint32Array(count);
  for (let i = 0, at = 0; at < count; i++) if (values[i] === wanted) rows[at++] = i;
  return rows;
}
