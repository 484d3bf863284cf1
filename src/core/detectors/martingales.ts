import type { DetectorDefinition, Guarantee } from './detector.ts';
import { ConformalBets, CusumWealth, PointWealth, ScanWealth } from './martingaleWealth.ts';
import type { LogWealth } from './martingaleWealth.ts';
import { checkCount, checkedScores, checkLevel, checkScore } from './publishedInputs.ts';

export interface PointParameters {
  readonly alpha: number;
  /** Of the bet ε p^(ε − 1), between 0 and 1. */
  readonly epsilon: number;
}

export interface CusumParameters extends PointParameters {
  /** Steps for which the threshold ln(horizon/α) is meant. */
  readonly horizon: number;
}

export interface ScanParameters extends PointParameters {
  /** Steps that each martingale lives; a new one begins at every step. */
  readonly window: number;
}

const SOURCE = 'J. W. Leong, arXiv 2606.11949; Ville’s inequality';

const BETS_FAIR = [
  'Records are independent of each other and distributed as the reference’s population.',
  'Given the frozen reference, a bet gains nothing on average. The two-sided p-value, at least 2/(n + 1), leaves some slack for that (16 % at n = 500), which about 1 in 100 references of 500 use up, and 1 in 50 of 2,000: their error is the same at every step.',
] as const;

/** What a running martingale needs beside its wealth. */
function define<P extends PointParameters>(given: {
  readonly id: string;
  readonly defaults: P;
  readonly guarantee: (parameters: P) => Guarantee;
  readonly claim?: (parameters: P) => Guarantee;
  readonly check: (parameters: P) => void;
  /** The alarm is at exp(threshold) = starts/α: so many martingales share α. */
  readonly starts: (parameters: P) => number;
  readonly wealth: (parameters: P) => LogWealth;
}): DetectorDefinition<P> {
  return {
    id: given.id,
    reads: 'scores',
    defaults: given.defaults,
    alarms: 'at-least',
    guarantee: given.guarantee,
    claim: given.claim,
    cost: 'O(log n), n the reference',
    init(reference, parameters) {
      checkLevel('α of the martingale', parameters.alpha);
      checkLevel('ε of the martingale', parameters.epsilon);
      given.check(parameters);
      const bets = new ConformalBets(checkedScores(reference, 2, 'a martingale'), parameters.epsilon);
      const wealth = given.wealth(parameters);
      const threshold = Math.log(given.starts(parameters) / parameters.alpha);
      let step = 0;
      return {
        threshold,
        update({ score }) {
          checkScore(score, ++step);
          const statistic = wealth.push(bets.logBet(score));
          return { statistic, alarm: statistic >= threshold };
        },
      };
    },
  };
}

/**
 * The paper's point martingale: the log wealth since the first step. Alarms while it is at or above ln(1/α). It loses all the time
 * before a shift and must win that back first, so it is slow when the shift comes late.
 */
export const pointMartingale: DetectorDefinition<PointParameters> = define({
  id: 'martingale-point',
  defaults: { alpha: 0.05, epsilon: 0.3 },
  guarantee: ({ alpha }) => ({ kind: 'ever', value: alpha, horizon: null, assumptions: BETS_FAIR, source: SOURCE }),
  check: () => undefined,
  starts: () => 1,
  wealth: () => new PointWealth(),
});

/**
 * The paper's CUSUM of log bets: begun again at 0 whenever it falls below. Alarms while at or above ln(horizon/α): a union bound
 * over one start at each of `horizon` steps, and none beyond them.
 */
export const cusumMartingale: DetectorDefinition<CusumParameters> = define({
  id: 'martingale-cusum',
  defaults: { alpha: 0.05, epsilon: 0.3, horizon: 1000 },
  guarantee: ({ alpha, horizon }) => ({
    kind: 'horizon',
    value: alpha,
    horizon,
    assumptions: BETS_FAIR,
    source: SOURCE,
  }),
  check: ({ horizon }) => checkCount('The horizon of the martingale', horizon, 1),
  starts: ({ horizon }) => horizon,
  wealth: () => new CusumWealth(),
});

/**
 * The paper's scan: a martingale begins at every step and lives `window` steps; the statistic is the wealthiest. Alarms while at or
 * above ln(window/α). That shares α among the first `window` starts, but T starts happen in T steps: beyond `window` steps the
 * bound is α T / window, and the claim of a bound for ever does not hold.
 */
export const scanMartingale: DetectorDefinition<ScanParameters> = define({
  id: 'martingale-scan',
  defaults: { alpha: 0.05, epsilon: 0.3, window: 50 },
  guarantee: ({ alpha, window }) => ({
    kind: 'horizon',
    value: alpha,
    horizon: window,
    assumptions: [...BETS_FAIR, 'Beyond the horizon of T steps only α T / window is bounded.'],
    source: SOURCE,
  }),
  claim: ({ alpha }) => ({
    kind: 'ever',
    value: alpha,
    horizon: null,
    assumptions: ['The paper takes a union bound over the starts that live at one time, not over all starts.'],
    source: 'J. W. Leong, arXiv 2606.11949',
  }),
  check: ({ window }) => checkCount('The window of the scan', window, 1),
  starts: ({ window }) => window,
  wealth: ({ window }) => new ScanWealth(window),
});
