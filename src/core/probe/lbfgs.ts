import { axpy, dot } from '../linalg/dot.ts';
import { evaluate, type FitStep, type Point, type Precision, type Stage } from './evaluation.ts';
import { foldParameters, standardizeProduct, type Problem } from './problem.ts';

const MEMORY = 30;
/** Share of the reference norm at which Newton steps take over. */
const NEAR = 1e-11;
/** The stage ends where this many steps bring the gradient norm down by less than a factor of 4. */
const PATIENCE = 20;

/** The inverse of the Hessian's diagonal at a point, exact for features that are uncorrelated with the curvature. */
export function inverseDiagonal({ dims, energy }: Problem, point: Point, out: Float64Array): void {
  for (let j = 0; j < dims; j++) out[j] = 1 / (point.curvature * energy[j] + 1);
  out[dims] = point.curvature > 0 ? 1 / point.curvature : 1;
}

/**
 * L-BFGS (Nocedal & Wright 2006, algorithm 7.5) from a point: one pass over the rows a step, which brings the fit near
 * its optimum more cheaply than Newton steps. `reference` is the gradient norm that NEAR is a share of.
 */
export function* lbfgs(
  problem: Problem,
  start: Stage,
  maxIterations: number,
  reference: number,
  precision: Precision,
): Generator<FitStep, Stage, void> {
  const { dims } = problem;
  const size = dims + 1;
  const raw = new Float64Array(dims);
  const diagonal = new Float64Array(size);
  const direction = new Float64Array(size);
  const moves: Float64Array[] = [];
  const changes: Float64Array[] = [];
  const alphas = new Float64Array(MEMORY);
  const norms: number[] = [];
  let { point, iterations, hessianProducts } = start;

  while (point.gradientNorm > NEAR * reference && iterations < maxIterations) {
    if (point.gradientNorm <= precision.target * point.gradientScale) break;
    norms.push(point.gradientNorm);
    if (norms.length > PATIENCE && norms[norms.length - 1 - PATIENCE] < 4 * point.gradientNorm) break;
    yield {
      kind: 'progress',
      progress: { iteration: iterations, gradientNorm: point.gradientNorm, objective: point.objective },
    };

    inverseDiagonal(problem, point, diagonal);
    for (let j = 0; j < size; j++) direction[j] = -point.gradient[j];
    for (let m = moves.length - 1; m >= 0; m--) {
      alphas[m] = dot(moves[m], direction) / dot(moves[m], changes[m]);
      axpy(-alphas[m], changes[m], direction);
    }
    const last = changes.length - 1;
    let gamma = 1;
    if (last >= 0) {
      let weighted = 0;
      for (let j = 0; j < size; j++) weighted += changes[last][j] * changes[last][j] * diagonal[j];
      gamma = dot(moves[last], changes[last]) / weighted;
    }
    for (let j = 0; j < size; j++) direction[j] *= gamma * diagonal[j];
    for (let m = 0; m < moves.length; m++) {
      axpy(alphas[m] - dot(changes[m], direction) / dot(moves[m], changes[m]), moves[m], direction);
    }

    const slope = dot(point.gradient, direction);
    if (!(slope < 0)) break;
    let length = 1;
    if (moves.length === 0) {
      // Without a history the length of the step is unknown: one Hessian product gives the minimiser of the quadratic.
      const w = new Float64Array(dims);
      const offset = foldParameters(problem, direction, w);
      const request: FitStep = { kind: 'hessian', h: point.h, w, offset, out: raw, sum: 0 };
      yield request;
      hessianProducts++;
      const image = new Float64Array(size);
      standardizeProduct(problem, raw, request.sum, image);
      for (let j = 0; j < dims; j++) image[j] += direction[j];
      length = -slope / dot(direction, image);
    }
    let next: Point | null = null;
    for (let tries = 0; tries < 20; tries++) {
      const theta = point.theta.map((value, j) => value + length * direction[j]);
      const trial: Point = yield* evaluate(problem, theta, raw);
      const change = trial.objective - point.objective;
      if (change <= 1e-4 * length * slope) {
        next = trial;
        break;
      }
      if (-length * slope <= precision.noise * Math.abs(point.objective)) break;
      // Minimiser of the parabola through both values and the slope.
      length = Math.max(0.1 * length, (-slope * length * length) / (2 * (change - slope * length)));
    }
    iterations++;
    if (next === null) break;
    const move = next.theta.map((value, j) => value - point.theta[j]);
    const change = next.gradient.map((value, j) => value - point.gradient[j]);
    if (dot(move, change) > 0) {
      moves.push(move);
      changes.push(change);
      if (moves.length > MEMORY) {
        moves.shift();
        changes.shift();
      }
    }
    point = next;
  }
  return { point, iterations, hessianProducts };
}
