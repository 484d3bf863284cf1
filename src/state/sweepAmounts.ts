import type { ExperimentSpec } from '../spec/types.ts';

/** Amounts of drift that the cliff is measured at: σ = 0 and 63 steps of a log axis, or 64 even steps to the new model. */
export function sweepAmounts(spec: ExperimentSpec, points = 64): Float64Array {
  if (spec.drift.kind === 'model') return Float64Array.from({ length: points }, (_, k) => k / (points - 1));
  const [low, high] = [Math.log(1e-4), Math.log(2)];
  return Float64Array.from({ length: points }, (_, k) =>
    k === 0 ? 0 : Math.exp(low + ((high - low) * (k - 1)) / (points - 2)),
  );
}
