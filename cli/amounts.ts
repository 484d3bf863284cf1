import { linspace } from '../src/core/metrics/linspace.ts';
import { UsageError } from './errors.ts';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MOST_POINTS = 10_000;

/** The largest amount of drift that a spec takes: σ, and t for a drift towards another encoder version. */
const LARGEST = { sigma: 1000, t: 1 } as const;

const HOW = 'Write --sigma 0:0.15:8 (from, to, number of points, both ends included) or --sigma 0,0.02,0.1';

function amount(text: string, name: 'sigma' | 't'): number {
  const value = Number(text);
  if (!DECIMAL.test(text)) throw new UsageError(`--sigma: "${text}" is not a number. ${HOW}.`);
  if (value < 0 || value > LARGEST[name]) {
    const range = `from 0 to ${LARGEST[name]}`;
    const what = name === 't' ? `t of a drift of kind model, ${range}` : `σ, ${range}`;
    throw new UsageError(`--sigma: ${text} is out of range. It is ${what}.`);
  }
  return value;
}

/** Amounts of drift as typed: `from:to:count` evenly spaced with both ends, or a comma list, in the order given. */
export function readAmounts(text: string, name: 'sigma' | 't'): Float64Array {
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length === 1) {
    const amounts = text.split(',').map((part) => amount(part.trim(), name));
    if (amounts.length > MOST_POINTS) throw new UsageError(`--sigma: at most ${MOST_POINTS} amounts. Leave some out.`);
    return Float64Array.from(amounts);
  }
  if (parts.length !== 3) throw new UsageError(`--sigma: "${text}" is no range. ${HOW}.`);
  const from = amount(parts[0], name);
  const to = amount(parts[1], name);
  const count = readCount(parts[2], '--sigma: the number of points', 2, MOST_POINTS);
  if (!(from < to)) throw new UsageError(`--sigma: ${parts[0]} is not below ${parts[1]}. ${HOW}.`);
  return linspace(from, to, count);
}

/** A whole number in decimal digits, within bounds; throws UsageError that begins with `what`. */
export function readCount(text: string, what: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value < least || value > most) {
    throw new UsageError(`${what} is "${text}". Give a whole number from ${least} to ${most}.`);
  }
  return value;
}
