import type { DriftEffect, ScoreClasses } from './masterFormula.ts';
import type { Measured } from './scoreClasses.ts';

/**
 * The effect that a drift had, read off the scores themselves: s′ is split into the part that follows s within the classes,
 * slope a = cov(s, s′)/var(s), and the rest. Then c = 1/a, ν² = var(rest)/a² ≥ 0, Δ′ and h are the class means of s′/a
 * against those of s. For a drift of the form s′ = (s + h + η)/c with η independent of s these are its own h, ν², c, Δ′ up to
 * sampling error; for any other they keep the class means and the mean within-class variance of s′ exactly.
 *
 * @param s w·x of the measured rows without drift, `after` their logits with drift less the bias; both in units of k.
 * @returns null with the reason where s′ no longer grows with s, or a class has fewer than two rows or no spread.
 */
export function fittedEffect(
  s: Float64Array,
  after: Float64Array,
  labels: Uint8Array,
  classes: ScoreClasses,
): Measured<DriftEffect> {
  const { k } = classes;
  const count = [0, 0];
  const meanS = [0, 0];
  const meanA = [0, 0];
  for (let i = 0; i < s.length; i++) {
    count[labels[i]]++;
    meanS[labels[i]] += s[i];
    meanA[labels[i]] += after[i];
  }
  if (count[0] < 2 || count[1] < 2) return { value: null, reason: 'Both classes need at least two rows.' };
  for (const y of [0, 1]) {
    meanS[y] /= count[y];
    meanA[y] /= count[y];
  }
  const [ss, sa, aa] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  for (let i = 0; i < s.length; i++) {
    const y = labels[i];
    const [u, v] = [s[i] - meanS[y], after[i] - meanA[y]];
    ss[y] += u * u;
    sa[y] += u * v;
    aa[y] += v * v;
  }
  const pooled = (sum: readonly number[]): number => (sum[0] / (count[0] - 1) + sum[1] / (count[1] - 1)) / 2;
  const slope = pooled(sa) / pooled(ss);
  if (!(slope > 0)) {
    return { value: null, reason: 'The new scores no longer grow with the old ones within the classes.' };
  }
  const rest = Math.max(0, pooled(aa) - slope * pooled(sa));
  return {
    value: {
      h: ((meanA[0] + meanA[1]) / slope - (meanS[0] + meanS[1])) / (2 * k),
      nuSquared: rest / (slope * slope * k * k),
      c: 1 / slope,
      separation: (meanA[1] - meanA[0]) / (slope * k),
    },
    reason: null,
  };
}

/**
 * A temperature T > 0 on the whole logit, z/T: the score is divided by T and so is the bias, which makes h = b(1 − T)/k.
 * AUC and every answer at threshold ½ are untouched, exactly; only confidence moves.
 */
export function logitTemperature(classes: ScoreClasses, t: number): DriftEffect {
  if (!(t > 0)) throw new RangeError('A temperature must be above zero.');
  const { k, b, mean0, mean1 } = classes;
  return { h: (b * (1 - t)) / k, nuSquared: 0, c: t, separation: mean1 - mean0 };
}
