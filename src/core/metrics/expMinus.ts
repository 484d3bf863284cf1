/** Table steps per octave. */
const STEPS = 64;
/** e^(−x) is 0 in doubles from here on. */
const LIMIT = 746;
const STEPS_PER_UNIT = STEPS / Math.LN2;
/** ln 2/64 in two parts; the first has 31 bits, so that its product with any step number here is exact. */
const STEP_HIGH = Math.round((Math.LN2 / STEPS) * 2 ** 37) / 2 ** 37;
const STEP_LOW = 0.6931471803691238 / STEPS - STEP_HIGH + 1.9082149292705877e-10 / STEPS;

/** 2^(−j/64). */
const FRACTIONS = Float64Array.from({ length: STEPS }, (_, j) => 2 ** (-j / STEPS));
/** 2^(−k), down to 0. */
const POWERS = Float64Array.from({ length: 1080 }, (_, k) => 2 ** -k);

/**
 * e^(−x) for x ≥ 0, within 2 units in the last place; about three times as fast as Math.exp, which is the cost of a metric
 * pass, and the same bits on every engine whose table is the same. NaN gives NaN.
 *
 * x = (64k + j)·ln 2/64 + r with |r| ≤ ln 2/128, so e^(−x) = 2^(−k)·2^(−j/64)·e^(−r), and e^(−r) by its Taylor series.
 */
export function expMinus(x: number): number {
  const capped = Math.min(x, LIMIT);
  const step = (capped * STEPS_PER_UNIT + 0.5) | 0;
  const r = capped - step * STEP_HIGH - step * STEP_LOW;
  const series = r * (-1 + r * (1 / 2 + r * (-1 / 6 + r * (1 / 24 - r * (1 / 120)))));
  const scale = FRACTIONS[step & (STEPS - 1)];
  return (scale + scale * series) * POWERS[step >> 6];
}
