import { stream } from '../random/streams.ts';
import type { Generator } from '../random/generator.ts';
import type { Guarantee, Reference } from './detector.ts';
import { atMost, below } from './ksTwoSample.ts';
import { checkScores, checkStreamScore } from './referenceChecks.ts';

export interface ConformalSettings {
  /**
   * 'online': every score seen joins those it is ranked among, and the p-values are independent and uniform while nothing shifts.
   * 'fixed': the reference alone; p-values then hang together through it, and no martingale built on them is one.
   */
  readonly history: 'online' | 'fixed';
  /** 'smoothed': ties broken at random. 'deterministic': every tie counts in full, p is larger. */
  readonly ties: 'smoothed' | 'deterministic';
  /** Which scores are strange (p small): high or low ones. */
  readonly strange: 'high' | 'low';
}

export const CONFORMAL_DEFAULTS: ConformalSettings = { history: 'online', ties: 'smoothed', strange: 'high' };

/**
 * Conformal p-values p = (#{s > x} + u·(#{s = x} + 1))/(n + 1) of one score after another (Vovk, Gammerman and Shafer 2005), u uniform
 * on (0, 1], or 1 where deterministic. p lies in (0, 1]. O(n) a step by moving memory (n the scores kept), which stays small.
 */
export class ConformalP {
  private sorted: Float64Array;
  private length: number;
  private readonly online: boolean;
  private readonly sign: number;

  /** @param scores Scores without shift, at least one. */
  constructor(scores: Float64Array, { history, strange }: Pick<ConformalSettings, 'history' | 'strange'>) {
    this.sign = strange === 'high' ? 1 : -1;
    this.online = history === 'online';
    this.length = scores.length;
    this.sorted = new Float64Array(this.online ? 2 * scores.length + 1024 : scores.length);
    for (let i = 0; i < scores.length; i++) this.sorted[i] = this.sign * scores[i];
    this.sorted.subarray(0, this.length).sort();
  }

  next(score: number, u: number): number {
    const x = this.sign * score;
    const low = below(this.sorted, this.length, x);
    const high = atMost(this.sorted, this.length, x);
    const p = (this.length - high + u * (high - low + 1)) / (this.length + 1);
    if (this.online) this.insert(high, x);
    return p;
  }

  private insert(place: number, x: number): void {
    if (this.length === this.sorted.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.sorted);
      this.sorted = larger;
    }
    this.sorted.copyWithin(place + 1, place, this.length);
    this.sorted[place] = x;
    this.length++;
  }
}

/** Conformal p-values of stream records, ties broken by the reference's seed. */
export class ConformalFeed {
  private readonly p: ConformalP;
  private readonly random: Generator | null;

  constructor(reference: Reference, settings: ConformalSettings) {
    checkScores(reference, 1);
    this.p = new ConformalP(reference.scores, settings);
    this.random = settings.ties === 'smoothed' ? stream(reference.seed, 'conformal-ties') : null;
  }

  next(score: number): number {
    checkStreamScore(score);
    return this.p.next(score, this.random === null ? 1 : 1 - this.random.random1());
  }
}

const EXCHANGEABLE =
  'Reference and stream are exchangeable (such as independent draws of one law), whatever that law is.';

/**
 * What a test on these p-values promises: P(ever alarming) ≤ alpha, or a mean of at least `arl` steps. `decreasing`: its bets never
 * win on larger p-values, so that deterministic ones only lose.
 */
export function conformalGuarantee(
  { history, ties }: ConformalSettings,
  decreasing: boolean,
  promise: { readonly kind: 'ever' | 'arl'; readonly value: number },
  source: string,
): Guarantee {
  const none = (why: string): Guarantee => ({ kind: 'none', value: null, horizon: null, assumptions: [why], source });
  if (history === 'fixed') {
    return none(
      'Ranked within a fixed reference the p-values depend on one another through it: the wealth is no martingale and can drift up for ever.',
    );
  }
  if (ties === 'deterministic' && !decreasing) {
    return none('Deterministic p-values are larger than uniform, and this test also bets on large ones.');
  }
  return { ...promise, horizon: null, assumptions: [EXCHANGEABLE], source };
}
