import { evaluate, type FitStep, type Precision, type Stage } from './evaluation.ts';
import { lbfgs } from './lbfgs.ts';
import { newtonCg } from './newtonCg.ts';
import type { Problem } from './problem.ts';

/** Newton steps alone from here on: the gradient norm is already this share of the reference. */
const CLOSE = 1e-5;

/** From θ to the optimum at the given precision: quasi-Newton steps to its neighbourhood, then Newton steps. */
export function* solve(
  problem: Problem,
  theta: Float64Array,
  maxIterations: number,
  precision: Precision,
): Generator<FitStep, Stage, void> {
  const point = yield* evaluate(problem, theta, new Float64Array(problem.dims));
  // A warm start has a small gradient from the first: the size of its terms then says what is small.
  const reference = Math.max(point.gradientNorm, 0.01 * point.gradientScale);
  let stage: Stage = { point, iterations: 0, hessianProducts: 0 };
  if (point.gradientNorm > CLOSE * reference) {
    stage = yield* lbfgs(problem, stage, maxIterations, reference, precision);
  }
  return yield* newtonCg(problem, stage, maxIterations, reference, precision);
}
