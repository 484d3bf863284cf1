import { incompleteBetaQuantile } from './incompleteBeta.ts';
import type { Estimate } from './types.ts';

/**
 * Share `successes`/`trials` with its exact binomial interval (Clopper & Pearson 1934): it holds the probability behind the
 * share with at least `level`, whatever that probability is, where trials are independent and alike.
 *
 * @param successes Whole, from 0 to trials.
 * @param level In (0, 1); 0.95 when absent.
 * @param why Reason to give where there are no trials.
 * @returns Nulls with the reason where trials is 0. Throws RangeError on counts or levels that cannot be.
 */
export function clopperPearson(
  successes: number,
  trials: number,
  level = 0.95,
  why = 'There are no rows to take a share of.',
): Estimate {
  if (!Number.isInteger(successes) || !Number.isInteger(trials) || successes < 0 || successes > trials) {
    throw new RangeError(`${successes} of ${trials} is no count of successes.`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`The level of an interval lies between 0 and 1; it is ${level}.`);
  if (trials === 0) return { value: null, low: null, high: null, reason: why };
  const tail = (1 - level) / 2;
  return {
    value: successes / trials,
    low: successes === 0 ? 0 : incompleteBetaQuantile(successes, trials - successes + 1, tail),
    // By the mirror image, whose small tail probability is exact.
    high: successes === trials ? 1 : 1 - incompleteBetaQuantile(trials - successes, successes + 1, tail),
    reason: null,
  };
}

/** {@link clopperPearson} that keeps what it has computed: running windows ask for few counts again and again. */
export function keptIntervals(level = 0.95): (successes: number, trials: number) => Estimate {
  const kept = new Map<string, Estimate>();
  return (successes, trials) => {
    const key = `${successes}/${trials}`;
    let estimate = kept.get(key);
    if (estimate === undefined) kept.set(key, (estimate = clopperPearson(successes, trials, level)));
    return estimate;
  };
}
