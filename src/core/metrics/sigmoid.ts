import { expMinus } from './expMinus.ts';

/** 1/(1 + e^(−z)) without overflow; exp is only taken of numbers ≤ 0. */
export function sigmoid(z: number): number {
  const e = expMinus(Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

/**
 * Writes e^(−|z|) and the sigmoid of logits start … end−1 to the beginnings of `e` and `p`: the bits of {@link sigmoid}, with
 * the sign bit of z in place of a branch, which would be mispredicted for up to half of the rows.
 */
export function sigmoidBlock(logits: Float64Array, start: number, end: number, e: Float64Array, p: Float64Array): void {
  const words = new Uint32Array(logits.buffer, logits.byteOffset, 2 * logits.length);
  for (let i = start; i < end; i++) {
    const decay = expMinus(Math.abs(logits[i]));
    const negative = words[2 * i + 1] >>> 31;
    e[i - start] = decay;
    p[i - start] = (1 - negative + negative * decay) / (1 + decay);
  }
}

/** Probabilities of class 1 of logits. float64 p is exactly 1 from z ≈ 37 on: rank by logits, not by p. */
export function probabilities(logits: Float64Array, out = new Float64Array(logits.length)): Float64Array {
  for (let i = 0; i < logits.length; i++) out[i] = sigmoid(logits[i]);
  return out;
}

/** ln(p/(1 − p)); −Infinity at 0, Infinity at 1. */
export function logit(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}
