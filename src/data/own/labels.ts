import { DataError, grouped, quote } from '../errors.ts';
import type { OpenedFile, ReadCheckpoint } from '../readers/reading.ts';
import { readTexts, rowNumber } from './cells.ts';

/** One value of a label column. */
export interface LabelValue {
  readonly text: string;
  readonly count: number;
  /** 0-based. */
  readonly firstRow: number;
}

export interface LabelValues {
  readonly rows: number;
  /** In order of first appearance, at most {@link MOST_VALUES}. */
  readonly values: readonly LabelValue[];
  /** Whether further values were met, which `values` leaves out. */
  readonly more: boolean;
}

/** Values of a label column that are told apart before counting stops. */
export const MOST_VALUES = 50;

/** Counts the values of a label column, one after another, as texts. */
export class LabelCounter {
  private readonly seen = new Map<string, { count: number; firstRow: number }>();
  private more = false;
  private rows = 0;

  constructor(
    private readonly file: OpenedFile,
    private readonly column: string,
  ) {}

  /** Throws DataError for an empty cell. */
  add(row: number, text: string | null): void {
    if (text === null) {
      throw new DataError(
        this.file.name,
        rowNumber(this.file, row),
        `the label is empty (column ${quote(this.column)})`,
        'Write a label in every row, or remove the row',
      );
    }
    this.rows++;
    const known = this.seen.get(text);
    if (known) known.count++;
    else if (this.seen.size < MOST_VALUES) this.seen.set(text, { count: 1, firstRow: row });
    else this.more = true;
  }

  values(): LabelValues {
    return {
      rows: this.rows,
      values: [...this.seen].map(([text, { count, firstRow }]) => ({ text, count, firstRow })),
      more: this.more,
    };
  }
}

/** The distinct values of a column with their counts, in one pass over the file. Throws DataError for an empty cell. */
export async function labelValues(file: OpenedFile, column: string, checkpoint?: ReadCheckpoint): Promise<LabelValues> {
  const counter = new LabelCounter(file, column);
  await readTexts(file, [column], (row, _name, text) => counter.add(row, text), checkpoint);
  return counter.values();
}

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 't', 'y'].map((word) => [word, '1'] as const),
  ...['false', 'no', 'f', 'n'].map((word) => [word, '0'] as const),
]);

/** What a value says however it is written: "True", "yes" and "1.0" say what "1" says. */
function meaning(text: string): string {
  const word = text.toLowerCase();
  const number = Number(word);
  return SPELLINGS.get(word) ?? (Number.isFinite(number) ? String(number) : word);
}

/**
 * Throws DataError where a label column has no rows, more than two values, which it names, or two values that say the same
 * ("1" and "true"): rows of one class would be told apart by the way they are written.
 */
export function checkTwoValues(found: LabelValues, file: OpenedFile, column: string): void {
  const { values, more, rows } = found;
  if (rows === 0) throw new DataError(file.name, null, 'it has no rows', 'Add one row for each embedding');
  if (values.length === 2 && meaning(values[0].text) === meaning(values[1].text)) {
    const [first, other] = values.map(({ text }) => quote(text));
    throw new DataError(
      file.name,
      rowNumber(file, values[1].firstRow),
      `the label is ${other}, which says the same as ${first}; column ${quote(column)} holds ${first} (${grouped(values[0].count)}), ${other} (${grouped(values[1].count)})`,
      'Write 0 or 1 in every row: a probe tells two classes apart',
    );
  }
  if (values.length <= 2) return;
  const shown = values.slice(0, 6).map(({ text, count }) => `${quote(text)} (${grouped(count)})`);
  const rest = more ? ' and more' : values.length > 6 ? ` and ${values.length - 6} more` : '';
  const others = values
    .slice(0, 2)
    .map(({ text }) => quote(text))
    .join(' and ');
  const two = isBinary(values[0].text) && isBinary(values[1].text);
  throw new DataError(
    file.name,
    rowNumber(file, values[2].firstRow),
    `the label is ${quote(values[2].text)}, a third value beside ${others}; column ${quote(column)} holds ${shown.join(', ')}${rest}`,
    `${two ? 'Write 0 or 1 in every row' : 'Choose a column of two values, or write 0 and 1 in a new one'}: a probe tells two classes apart`,
  );
}

const isBinary = (text: string): boolean => text === '0' || text === '1';

const UNSAFE = new Set(
  (
    '1 true yes t y unsafe toxic toxicity harmful harm attack jailbreak spam positive pos bad malicious hate hateful ' +
    'offensive abusive abuse injection fraud phishing flagged flag violation violating dangerous adversarial poisoned ' +
    'risky insecure obscene threat insult biased'
  ).split(' '),
);
const SAFE = new Set(
  (
    '0 -1 false no f n safe nontoxic benign harmless clean ham negative neg good normal ok okay neutral legitimate legit ' +
    'allowed acceptable secure none other'
  ).split(' '),
);
const COUNTERPARTS: Readonly<Record<string, string>> = {
  '0': '1',
  '-1': '1',
  false: 'true',
  False: 'True',
  FALSE: 'TRUE',
  no: 'yes',
  safe: 'unsafe',
  harmless: 'harmful',
  benign: 'harmful',
  negative: 'positive',
};

/** +1 where a word says unsafe, −1 where it says safe, 0 where it says neither. "not toxic" and "non-harmful" say safe. */
function leaning(text: string): number {
  const whole = text.toLowerCase();
  if (UNSAFE.has(whole)) return 1;
  if (SAFE.has(whole)) return -1;
  const words = whole.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const denied = words.some((word) => word === 'not' || word === 'non' || word === 'no');
  if (words.some((word) => UNSAFE.has(word))) return denied ? -1 : 1;
  if (words.some((word) => SAFE.has(word))) return denied ? 1 : -1;
  return 0;
}

export interface UnsafeGuess {
  /** The value that counts as label 1. */
  readonly unsafe: string;
  /** False where the words say nothing, so that a person should look. */
  readonly sure: boolean;
  readonly why: string;
}

/** Which of the values of a label column means unsafe: by its word, else the larger number, else the last by name. */
export function guessUnsafe(values: readonly string[]): UnsafeGuess {
  const unsafe = values.filter((text) => leaning(text) > 0);
  const safe = values.filter((text) => leaning(text) < 0);
  if (unsafe.length === 1) {
    return { unsafe: unsafe[0], sure: true, why: `${quote(unsafe[0])} is the value that means unsafe` };
  }
  if (values.length === 2 && safe.length === 1) {
    const other = values.find((text) => text !== safe[0]) ?? safe[0];
    return { unsafe: other, sure: true, why: `${quote(safe[0])} means safe, so ${quote(other)} counts as unsafe` };
  }
  if (values.length === 1 && safe.length === 1) {
    const other = COUNTERPARTS[safe[0]] ?? `not ${safe[0]}`;
    return { unsafe: other, sure: false, why: `only ${quote(safe[0])} was seen, so ${quote(other)} counts as unsafe` };
  }
  const numeric = values.length > 0 && values.every((text) => Number.isFinite(Number(text)));
  const sorted = [...values].sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const last = sorted[sorted.length - 1] ?? '1';
  return {
    unsafe: last,
    sure: false,
    why: `${quote(last)} is taken as unsafe only because it is ${numeric ? 'the larger number' : 'last by name'}`,
  };
}
