import { standardGamma as oneGamma } from './gamma.ts';
import type { Generator } from './generator.ts';
import { standardExponential as oneExponential } from './exponential.ts';

/** `standard_exponential(out.length)` by the ziggurat: fills `out` and returns it. */
export function standardExponential({ bits }: Generator, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = oneExponential(bits);
  return out;
}

/** `standard_gamma(shape, out.length)`: fills `out` and returns it. A shape that is not a number ≥ 0 is a RangeError. */
export function standardGamma({ bits }: Generator, shape: number, out: Float64Array): Float64Array {
  if (!(shape >= 0 && shape < Infinity)) throw new RangeError(`A gamma shape must be a number ≥ 0; it is ${shape}.`);
  for (let i = 0; i < out.length; i++) out[i] = oneGamma(bits, shape);
  return out;
}

/**
 * `chisquare(df, out.length)`, twice a standard gamma of shape df / 2: fills `out` and returns it. Degrees of freedom
 * that are not a number > 0 are a RangeError.
 */
export function chisquare({ bits }: Generator, df: number, out: Float64Array): Float64Array {
  if (!(df > 0 && df < Infinity)) throw new RangeError(`Degrees of freedom must be a number > 0; they are ${df}.`);
  for (let i = 0; i < out.length; i++) out[i] = 2 * oneGamma(bits, df / 2);
  return out;
}
