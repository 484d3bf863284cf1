import { norm } from '../linalg/dot.ts';
import type { RowIndex } from '../linalg/embeddings.ts';
import type { RowKernels } from '../linalg/kernels.ts';
import { FLOAT32, FLOAT64, type ProductRequest, type Stage } from './evaluation.ts';
import { foldParameters, makeProblem, problemScaler, unfoldParameters, type Problem } from './problem.ts';
import { solve } from './solve.ts';
import type { AsyncProbeProducts, FitProgress, LogisticOptions, LinearProbe, ProbeProducts } from './types.ts';

const MOST_ITERATIONS = 500;
/** Largest gradient, as a share of its scale, that counts as rounding level. */
const ROUNDING_LEVEL = 1e-12;

/** What a fit may be told and asked while it runs. */
export interface FitWatch {
  readonly onProgress?: (progress: FitProgress) => void;
  /** Checked between products; the fit rejects with the signal's reason once it is aborted. */
  readonly signal?: AbortSignal;
  /** Awaited between float64 Newton steps, so that a worker can take messages (an abort among them). */
  readonly pause?: () => Promise<void>;
}

/** The products of a fit by the row kernels themselves. */
export function kernelProducts(kernels: RowKernels, rows: RowIndex): ProbeProducts {
  return {
    fusedProduct: (w, offset, map, out) => kernels.fusedProduct(rows, w, offset, map, out),
    hessianProduct: (h, v, offset, out) => kernels.hessianProduct(rows, h, v, offset, out),
  };
}

function answer(request: ProductRequest, products: ProbeProducts): void {
  const { w, offset, out } = request;
  request.sum =
    request.kind === 'fused'
      ? products.fusedProduct(w, offset, request.map, out)
      : products.hessianProduct(request.h, w, offset, out);
}

async function answerAsync(request: ProductRequest, products: AsyncProbeProducts): Promise<void> {
  const { w, offset, out } = request;
  if (request.kind === 'hessian') {
    const { product, sum } = await products.hessianProduct(request.h, w, offset);
    out.set(product);
    request.sum = sum;
    return;
  }
  const residuals = Float64Array.from(await products.margins(w, offset));
  request.map(0, residuals.length, residuals);
  request.sum = residuals.reduce((sum, r) => sum + r, 0);
  out.set(await products.transpose(residuals));
}

function startOf(problem: Problem, options: LogisticOptions): Float64Array {
  const { start } = options;
  return start ? unfoldParameters(problem, start.weights, start.bias) : new Float64Array(problem.dims + 1);
}

function toProbe(problem: Problem, { point, iterations, hessianProducts }: Stage): LinearProbe {
  const { dims } = problem;
  const { theta, objective, gradientNorm, gradientScale } = point;
  const weights = new Float64Array(dims);
  const bias = foldParameters(problem, theta, weights);
  return {
    kind: 'logistic',
    weights,
    bias,
    standardizedWeights: problem.standardized ? theta.slice(0, dims) : weights.slice(),
    standardizedBias: problem.standardized ? theta[dims] : bias,
    scaler: problemScaler(problem),
    weightNorm: norm(weights),
    iterations,
    hessianProducts,
    objective,
    gradientNorm,
    gradientScale,
    converged: gradientNorm <= ROUNDING_LEVEL * gradientScale,
  };
}

function* finish(
  problem: Problem,
  start: Float64Array,
  maxIterations: number,
  products: ProbeProducts,
): Generator<FitProgress, Stage, void> {
  const method = solve(problem, start, maxIterations, FLOAT64);
  for (;;) {
    const step = method.next();
    if (step.done === true) return step.value;
    if (step.value.kind === 'progress') yield step.value.progress;
    else answer(step.value, products);
  }
}

/**
 * L2-regularised logistic regression in steps: yields before every Newton step and returns the probe. Stopping the
 * iteration cancels the fit. Minimises C·Σ s_i·log(1 + exp(−y_i z_i)) + ½‖w‖² with a free intercept, as scikit-learn's
 * LogisticRegression does (behind a StandardScaler when `standardize`), to the rounding level of its gradient.
 *
 * `labels` holds 0 or 1 for each of `rows`. Throws RangeError where they are of one class only, where lengths differ,
 * where C is not positive, or where a training row holds a value that is not finite.
 */
export function* fitLogisticSteps(
  kernels: RowKernels,
  rows: RowIndex,
  labels: Uint8Array,
  options: LogisticOptions,
): Generator<FitProgress, LinearProbe, void> {
  const problem = makeProblem(kernels, rows, labels, options);
  const most = options.maxIterations ?? MOST_ITERATIONS;
  return toProbe(problem, yield* finish(problem, startOf(problem, options), most, kernelProducts(kernels, rows)));
}

/** {@link fitLogisticSteps} to its end. */
export function fitLogistic(
  kernels: RowKernels,
  rows: RowIndex,
  labels: Uint8Array,
  options: LogisticOptions,
): LinearProbe {
  const fit = fitLogisticSteps(kernels, rows, labels, options);
  for (;;) {
    const step = fit.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same fit with its heavy steps on another device: Newton steps through `products` until their gradient falls no
 * further at float32 precision, then float64 steps by the kernels to the same certified optimum.
 */
export async function fitLogisticWith(
  products: AsyncProbeProducts,
  kernels: RowKernels,
  rows: RowIndex,
  labels: Uint8Array,
  options: LogisticOptions,
  watch: FitWatch = {},
): Promise<LinearProbe> {
  const problem = makeProblem(kernels, rows, labels, options);
  const most = options.maxIterations ?? MOST_ITERATIONS;
  const heavy = solve(problem, startOf(problem, options), most, FLOAT32);
  let rough: Stage;
  for (;;) {
    watch.signal?.throwIfAborted();
    const step = heavy.next();
    if (step.done === true) {
      rough = step.value;
      break;
    }
    if (step.value.kind === 'progress') watch.onProgress?.(step.value.progress);
    else await answerAsync(step.value, products);
  }
  const exact = finish(problem, rough.point.theta, most, kernelProducts(kernels, rows));
  for (;;) {
    watch.signal?.throwIfAborted();
    const step = exact.next();
    if (step.done === true) {
      const iterations = rough.iterations + step.value.iterations;
      const hessianProducts = rough.hessianProducts + step.value.hessianProducts;
      return toProbe(problem, { ...step.value, iterations, hessianProducts });
    }
    const { iteration, ...rest } = step.value;
    watch.onProgress?.({ ...rest, iteration: rough.iterations + iteration });
    await watch.pause?.();
  }
}
