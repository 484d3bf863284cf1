import { lnGamma } from './incompleteBeta.ts';

const lnChoose = (n: number, k: number): number => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);

export interface FisherExact {
  /** P(at least as many successes in the first group | margins): small where the first group succeeds more often. */
  readonly greater: number;
  /** Sum over all tables that are no more probable than this one, as R and SciPy have it. */
  readonly twoSided: number;
}

/** Tables whose probability is within this share of the observed one count as equal to it (R and SciPy use 1e-7 too). */
const SAME = 1e-7;

/**
 * Fisher's exact test (Fisher 1935) of `successesA` of `trialsA` against `successesB` of `trialsB`. Throws RangeError on
 * counts that cannot be.
 */
export function fisherExact(successesA: number, trialsA: number, successesB: number, trialsB: number): FisherExact {
  for (const [k, n] of [
    [successesA, trialsA],
    [successesB, trialsB],
  ]) {
    if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n) {
      throw new RangeError(`${k} of ${n} is no count of successes.`);
    }
  }
  const successes = successesA + successesB;
  const all = lnChoose(trialsA + trialsB, successes);
  const probability = (k: number): number => Math.exp(lnChoose(trialsA, k) + lnChoose(trialsB, successes - k) - all);
  const observed = probability(successesA);
  const most = Math.min(trialsA, successes);
  let greater = 0;
  let twoSided = 0;
  for (let k = Math.max(0, successes - trialsB); k <= most; k++) {
    const share = probability(k);
    if (k >= successesA) greater += share;
    if (share <= observed * (1 + SAME)) twoSided += share;
  }
  return { greater: Math.min(1, greater), twoSided: Math.min(1, twoSided) };
}
