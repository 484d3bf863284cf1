import { standardExponential } from './exponential.ts';
import type { Sfc64 } from './sfc64.ts';
import { standardNormal } from './ziggurat.ts';

/**
 * One standard gamma, as NumPy draws it (`random_standard_gamma`): Marsaglia & Tsang 2000 for shape > 1, the ziggurat
 * exponential for 1, Ahrens & Dieter's GS (1974) below 1. Shape 0 gives 0 and draws nothing.
 *
 * For shape ≥ 1 the result is NumPy's to the last bit. Below 1 it is a power or a logarithm, so its last digits are
 * those of the engine's `Math.pow` and `Math.log`; the draws used are the same.
 */
export function standardGamma(bits: Sfc64, shape: number): number {
  if (shape === 1) return standardExponential(bits);
  if (shape === 0) return 0;
  return shape < 1 ? gammaBelowOne(bits, shape) : gammaAboveOne(bits, shape);
}

function gammaAboveOne(bits: Sfc64, shape: number): number {
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = standardNormal(bits);
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = bits.nextDouble();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}

function gammaBelowOne(bits: Sfc64, shape: number): number {
  const power = 1 / shape;
  for (;;) {
    const u = bits.nextDouble();
    const v = standardExponential(bits);
    if (u <= 1 - shape) {
      const x = Math.pow(u, power);
      if (x <= v) return x;
    } else {
      const y = -Math.log((1 - u) / shape);
      const x = Math.pow(1 - shape + shape * y, power);
      if (x <= v + y) return x;
    }
  }
}
