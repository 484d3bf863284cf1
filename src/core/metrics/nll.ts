import { expMinus } from './expMinus.ts';

/** Rows that are reduced at once: the product of so many factors 1 + e^(−|z|) ≤ 2 stays below 2^512. */
export const NLL_BLOCK = 512;
/** Below this, log1p(e) is taken as e − e²/2 (next term e³/3 < 4e-25), because 1 + e would lose e's digits. */
const SMALL = 1e-8;

/**
 * Σ −log-likelihood of rows start … end−1 (at most 512): log(1 + e^(−|z|)), plus |z| where the sign of z speaks against the
 * label. One logarithm is taken, of the product of the factors, each at most 2: no clipping, no overflow.
 *
 * @param e exp(−|z|) of the rows, e[0] for row `start`.
 */
export function nllOfBlock(
  labels: Uint8Array,
  logits: Float64Array,
  e: Float64Array,
  start: number,
  end: number,
): number {
  let product = 1;
  let sum = 0;
  for (let i = start; i < end; i++) {
    const z = logits[i];
    const decay = e[i - start];
    if (decay < SMALL) sum += decay - 0.5 * decay * decay;
    else product *= 1 + decay;
    // |z| where z speaks against the label, else 0; without a branch, which would be mispredicted too often.
    const against = z * (1 - 2 * labels[i]);
    sum += 0.5 * (against + Math.abs(against));
  }
  return sum + Math.log(product);
}

/**
 * Mean negative log-likelihood (log loss, nats) from logits, without clipping; null without rows, Infinity where an infinite
 * logit is wrong.
 */
export function nll(labels: Uint8Array, logits: Float64Array): number | null {
  const n = labels.length;
  if (n === 0) return null;
  const e = new Float64Array(NLL_BLOCK);
  let sum = 0;
  for (let start = 0; start < n; start += NLL_BLOCK) {
    const end = Math.min(n, start + NLL_BLOCK);
    for (let i = start; i < end; i++) e[i - start] = expMinus(Math.abs(logits[i]));
    sum += nllOfBlock(labels, logits, e, start, end);
  }
  return sum / n;
}

/**
 * Mean negative log-likelihood from probabilities clipped to [clip, 1 − clip]; scikit-learn's log_loss clips at 1e-15.
 * Only for comparison with tables made that way: a clipped p hides how wrong a saturated probe is. null without rows.
 */
export function clippedNll(labels: Uint8Array, p: Float64Array, clip = 1e-15): number | null {
  const n = labels.length;
  if (n === 0) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const kept = Math.min(1 - clip, Math.max(clip, p[i]));
    sum -= labels[i] === 1 ? Math.log(kept) : Math.log(1 - kept);
  }
  return sum / n;
}
