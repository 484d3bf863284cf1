import { choleskySolve } from '../linalg/cholesky.ts';
import { dot } from '../linalg/dot.ts';
import { evaluate, type FitStep, type Point, type Precision, type Stage } from './evaluation.ts';
import { factorCost, hessianFactor } from './hessianFactor.ts';
import { inverseDiagonal } from './lbfgs.ts';
import { foldParameters, standardizeProduct, type Problem } from './problem.ts';

const MOST_CG_STEPS = 500;
/** Steps of conjugate gradients from which their speed is judged, and how far they may yet be better than that speed. */
const TRIAL_STEPS = 24;
const SPEED_UP = 1.5;

/**
 * Newton's method with conjugate gradients for the steps (Nocedal & Wright 2006, algorithm 7.1), until the gradient
 * is at the precision's target or falls no further. Where the conjugate gradients, at the speed they show, would cost more
 * than that, the whole Hessian is formed and factored, and serves as their preconditioner from then on.
 */
export function* newtonCg(
  problem: Problem,
  start: Stage,
  maxIterations: number,
  reference: number,
  precision: Precision,
): Generator<FitStep, Stage, void> {
  const { dims } = problem;
  const size = dims + 1;
  const raw = new Float64Array(dims);
  const u = new Float64Array(dims);
  const step = new Float64Array(size);
  const residual = new Float64Array(size);
  const solved = new Float64Array(size);
  const direction = new Float64Array(size);
  const image = new Float64Array(size);
  const diagonal = new Float64Array(size);
  let price = precision.factor ? factorCost(problem) : Infinity;
  let factor: Float64Array | null = null;
  let unpaid = 0;
  let slow = false;
  let { point, iterations, hessianProducts } = start;

  while (point.gradientNorm > precision.target * point.gradientScale && iterations < maxIterations) {
    const { h, gradient } = point;
    const progress = { iteration: iterations, gradientNorm: point.gradientNorm, objective: point.objective };
    yield { kind: 'progress', progress };
    if (slow || unpaid >= price) {
      unpaid = 0;
      slow = false;
      const forming = hessianFactor(problem, h);
      let made = forming.next();
      while (made.done !== true) {
        yield { kind: 'progress', progress };
        made = forming.next();
      }
      factor = made.value;
      if (factor === null) price = Infinity;
    }
    inverseDiagonal(problem, point, diagonal);
    const precondition = (): void => {
      if (factor !== null) choleskySolve(factor, size, residual, solved);
      else for (let j = 0; j < size; j++) solved[j] = residual[j] * diagonal[j];
    };

    // Conjugate gradients on H·step = −gradient.
    const goal = (0.3 * precision.target * point.gradientScale) / point.gradientNorm;
    const tolerance = Math.max(goal, Math.min(0.1, point.gradientNorm / reference));
    step.fill(0);
    for (let j = 0; j < size; j++) residual[j] = -gradient[j];
    precondition();
    direction.set(solved);
    let energyLeft = dot(residual, solved);
    const energy = energyLeft;
    const decades = Math.log10(point.gradientNorm / (precision.target * point.gradientScale));
    const enough = tolerance * tolerance * energyLeft;
    for (let inner = 0; inner < MOST_CG_STEPS && energyLeft > enough; inner++) {
      const offset = foldParameters(problem, direction, u);
      const request: FitStep = { kind: 'hessian', h, w: u, offset, out: raw, sum: 0 };
      yield request;
      hessianProducts++;
      if (factor !== null) unpaid++;
      standardizeProduct(problem, raw, request.sum, image);
      for (let j = 0; j < dims; j++) image[j] += direction[j];
      const bend = dot(direction, image);
      if (!(bend > 0)) break;
      const alpha = energyLeft / bend;
      for (let j = 0; j < size; j++) {
        step[j] += alpha * direction[j];
        residual[j] -= alpha * image[j];
      }
      precondition();
      const left = dot(residual, solved);
      const beta = left / energyLeft;
      energyLeft = left;
      for (let j = 0; j < size; j++) direction[j] = solved[j] + beta * direction[j];
      if (factor === null && inner + 1 >= TRIAL_STEPS) {
        const done = 0.5 * Math.log10(energy / energyLeft);
        slow = (decades - done) * (inner + 1) > SPEED_UP * price * Math.max(0, done);
        if (slow) break;
      }
    }

    // Backtracking line search; where the objective no longer tells steps apart, the gradient norm decides.
    const slope = dot(gradient, step);
    const noise = precision.noise * Math.abs(point.objective);
    let next: Point | null = null;
    for (let length = 1; length > 1e-12 && slope < 0; length /= 2) {
      const theta = point.theta.map((value, j) => value + length * step[j]);
      const trial: Point = yield* evaluate(problem, theta, raw);
      const change = trial.objective - point.objective;
      const flat = Math.abs(change) <= noise;
      if (flat ? trial.gradientNorm < point.gradientNorm : change <= 1e-4 * length * slope) {
        next = trial;
        break;
      }
      if (-length * slope <= noise) break;
    }
    iterations++;
    if (next === null) break;
    const flat = -slope <= noise;
    const stalled = flat && next.gradientNorm > 0.5 * point.gradientNorm;
    point = next;
    if (stalled) break;
  }
  return { point, iterations, hessianProducts };
}
