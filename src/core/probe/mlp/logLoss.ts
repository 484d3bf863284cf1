/**
 * (1/n) Σ cost_i · log(1 + exp(−y_i z_i)), y = ±1, in nats, from logits; NaN without rows. `costs` holds the factor of label
 * 0 and of label 1.
 */
export function meanLogLoss(labels: Uint8Array, logits: ArrayLike<number>, costs: readonly [number, number]): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const margin = labels[i] === 1 ? logits[i] : -logits[i];
    sum += costs[labels[i]] * (Math.log1p(Math.exp(-Math.abs(margin))) + (margin < 0 ? -margin : 0));
  }
  return sum / labels.length;
}

/** cost · (σ(z) − label): the derivative of a row's weighted loss by its logit, without loss of digits in the tails. */
export function lossSlope(label: number, z: number, cost: number): number {
  const margin = label === 1 ? z : -z;
  const e = Math.exp(-Math.abs(margin));
  const miss = cost * (margin >= 0 ? e / (1 + e) : 1 / (1 + e));
  return label === 1 ? -miss : miss;
}
