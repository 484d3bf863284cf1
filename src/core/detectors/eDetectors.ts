import { conformalGuarantee, CONFORMAL_DEFAULTS, ConformalFeed, type ConformalSettings } from './conformalP.ts';
import type { DetectorDefinition, Reading, RunningDetector } from './detector.ts';
import { checkNumber } from './referenceChecks.ts';

export type EDetectorKind = 'shiryaev-roberts' | 'cusum';

/** Log of an e-detector from increments f: M ← (1 + M)·f (Shiryaev–Roberts), or max(M, 1)·f (CUSUM). M starts at 0. */
export class EDetector {
  log = -Infinity;
  private readonly kind: EDetectorKind;

  constructor(kind: EDetectorKind) {
    this.kind = kind;
  }

  /** @param logF Log of an increment whose expectation, given the past, is at most 1 while nothing has shifted. */
  update(logF: number): number {
    const before = Math.max(0, this.log);
    this.log = logF + (this.kind === 'cusum' ? before : before + Math.log1p(Math.exp(-Math.abs(this.log))));
    return this.log;
  }
}

/**
 * Log of the bet on a p-value: κp^{κ−1} on small p, the same of 1 − p on large p, or half of each. Where p = 1 the bet on large p is
 * taken at 1 − p = 2⁻⁵³, which makes it smaller, never larger.
 */
export function logPowerBet(p: number, exponent: number, side: 'small' | 'large' | 'both'): number {
  const small = Math.log(exponent) + (exponent - 1) * Math.log(p);
  if (side === 'small') return small;
  const large = Math.log(exponent) + (exponent - 1) * Math.log(Math.max(1 - p, 2 ** -53));
  if (side === 'large') return large;
  const most = Math.max(small, large);
  return most + Math.log((Math.exp(small - most) + Math.exp(large - most)) / 2);
}

export interface EDetectorParameters extends ConformalSettings {
  /** Mean steps to a false alarm, at least. */
  readonly arl: number;
  /** κ in (0, 1]. */
  readonly exponent: number;
  readonly side: 'small' | 'large' | 'both';
}

class RunningEDetector implements RunningDetector {
  readonly threshold: number;
  private readonly feed: ConformalFeed;
  private readonly detector: EDetector;
  private readonly exponent: number;
  private readonly side: 'small' | 'large' | 'both';

  constructor(feed: ConformalFeed, kind: EDetectorKind, { arl, exponent, side }: EDetectorParameters) {
    this.feed = feed;
    this.detector = new EDetector(kind);
    this.threshold = Math.log(arl);
    this.exponent = exponent;
    this.side = side;
  }

  update({ score }: { readonly score: number }): Reading {
    const statistic = this.detector.update(logPowerBet(this.feed.next(score), this.exponent, this.side));
    return { statistic, alarm: statistic >= this.threshold };
  }
}

function define(id: string, kind: EDetectorKind): DetectorDefinition<EDetectorParameters> {
  return {
    id,
    reads: 'scores',
    defaults: { ...CONFORMAL_DEFAULTS, arl: 1000, exponent: 0.3, side: 'both' },
    alarms: 'at-least',
    guarantee: (parameters) =>
      conformalGuarantee(
        parameters,
        parameters.side === 'small',
        { kind: 'arl', value: parameters.arl },
        'Shin, Ramdas and Rinaldo 2024, theorem 2.4',
      ),
    cost: 'O(log n), and O(n) moved memory',
    init: (reference, parameters) => {
      checkNumber('The mean steps to a false alarm (arl)', parameters.arl, 1, Infinity, true);
      checkNumber('The exponent', parameters.exponent, 0, 1, true);
      return new RunningEDetector(new ConformalFeed(reference, parameters), kind, parameters);
    },
  };
}

/** e-detector of Shiryaev–Roberts form on conformal p-values. The statistic is its log; nothing is reset after an alarm. */
export const eShiryaevRoberts = define('e-sr', 'shiryaev-roberts');

/** e-detector of CUSUM form on conformal p-values; never above the Shiryaev–Roberts one, so it alarms no earlier. */
export const eCusum = define('e-cusum', 'cusum');
