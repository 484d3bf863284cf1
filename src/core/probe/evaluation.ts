import { norm } from '../linalg/dot.ts';
import type { RowMap } from '../linalg/kernels.ts';
import { lossPass } from './logisticLoss.ts';
import { foldParameters, standardizeProduct, type Problem } from './problem.ts';
import type { FitProgress } from './types.ts';

/** A product that the method asks its driver for; the driver fills `out` and `sum`. */
export type ProductRequest =
  | { kind: 'fused'; w: Float64Array; offset: number; map: RowMap; out: Float64Array; sum: number }
  | { kind: 'hessian'; h: Float64Array; w: Float64Array; offset: number; out: Float64Array; sum: number };

export type FitStep = ProductRequest | { kind: 'progress'; progress: FitProgress };

/** How exact the products are, and so where a stage of the fit ends. */
export interface Precision {
  /** The stage ends once the gradient norm is this share of its scale. */
  readonly target: number;
  /** Relative error of the objective below which two values are not told apart. */
  readonly noise: number;
  /** Whether the Hessian may be formed and factored (in float64) as a preconditioner. */
  readonly factor: boolean;
}

export const FLOAT64: Precision = { target: 1e-15, noise: 1e-12, factor: true };
export const FLOAT32: Precision = { target: 1e-6, noise: 1e-6, factor: false };

/** The objective and its derivatives at θ. */
export interface Point {
  readonly theta: Float64Array;
  readonly gradient: Float64Array;
  readonly h: Float64Array;
  readonly curvature: number;
  readonly objective: number;
  readonly gradientNorm: number;
  readonly gradientScale: number;
}

/** The point at θ, by one fused pass; `raw` is scratch space of length dims. */
export function* evaluate(problem: Problem, theta: Float64Array, raw: Float64Array): Generator<FitStep, Point, void> {
  const { dims } = problem;
  const w = new Float64Array(dims);
  const offset = foldParameters(problem, theta, w);
  const pass = lossPass(problem.labels, problem.costs);
  const request: ProductRequest = { kind: 'fused', w, offset, map: pass.map, out: raw, sum: 0 };
  yield request;
  const gradient = new Float64Array(dims + 1);
  standardizeProduct(problem, raw, request.sum, gradient);
  let penalty = 0;
  for (let j = 0; j < dims; j++) {
    gradient[j] += theta[j];
    penalty += theta[j] * theta[j];
  }
  return {
    theta,
    gradient,
    h: pass.h,
    curvature: pass.curvature,
    objective: pass.loss + penalty / 2,
    gradientNorm: norm(gradient),
    gradientScale: pass.residual * problem.reach + Math.sqrt(penalty),
  };
}

/** Where a stage of the fit has come to, with the work so far. */
export interface Stage {
  readonly point: Point;
  readonly iterations: number;
  readonly hessianProducts: number;
}
