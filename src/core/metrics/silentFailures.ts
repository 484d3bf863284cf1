import { wilson } from './wilson.ts';
import type { Estimate } from './types.ts';

/** Three shares of one count, which papers mix: of the errors, of all rows, and of the confident rows. */
export interface SilentFailures {
  readonly n: number;
  readonly errors: number;
  /** Rows that are wrong with confidence above τ. */
  readonly highConfidenceErrors: number;
  /** Rows with confidence above τ. */
  readonly confident: number;
  /** highConfidenceErrors/errors with Wilson 95 %; null where there are no errors. */
  readonly silentFailureRate: Estimate;
  /** highConfidenceErrors/n; null without rows. */
  readonly highConfidenceErrorShare: number | null;
  /** P(wrong | confidence > τ); null where no row is that confident. */
  readonly wrongGivenConfident: number | null;
}

/** The shares from their counts. */
export function silentFailuresOf(
  n: number,
  errors: number,
  highConfidenceErrors: number,
  confident: number,
): SilentFailures {
  return {
    n,
    errors,
    highConfidenceErrors,
    confident,
    silentFailureRate: wilson(highConfidenceErrors, errors, undefined, 'There are no errors to take a share of.'),
    highConfidenceErrorShare: n === 0 ? null : highConfidenceErrors / n,
    wrongGivenConfident: confident === 0 ? null : highConfidenceErrors / confident,
  };
}

/**
 * Silent failures: wrong rows with confidence > τ (strictly).
 *
 * @param correct 1 where the row is right.
 * @param confidence One a row, in [0, 1].
 */
export function silentFailures(correct: Uint8Array, confidence: Float64Array, tau: number): SilentFailures {
  let errors = 0;
  let highConfidenceErrors = 0;
  let confident = 0;
  for (let i = 0; i < correct.length; i++) {
    const wrong = 1 - correct[i];
    errors += wrong;
    if (confidence[i] > tau) {
      confident++;
      highConfidenceErrors += wrong;
    }
  }
  return silentFailuresOf(correct.length, errors, highConfidenceErrors, confident);
}
