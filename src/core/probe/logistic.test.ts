import { describe, expect, test } from 'vitest';
import { dot } from '../linalg/dot.ts';
import { createKernels, type RowKernels } from '../linalg/kernels.ts';
import { plainKernels } from '../linalg/plainKernels.ts';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import fixtures from './fixtures/logistic.json';
import { fitLogistic, fitLogisticSteps, fitLogisticWith, kernelProducts } from './logistic.ts';
import { standardScaler } from './standardScaler.ts';
import type { AsyncProbeProducts, LogisticOptions, LinearProbe } from './types.ts';

interface Training {
  readonly kernels: RowKernels;
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
}

function training(set: { rows: number; dims: number; x: number[]; y: number[] }): Training {
  const embeddings = allocateEmbeddings(set.rows, set.dims);
  embeddings.values.set(set.x);
  return {
    kernels: createKernels(embeddings),
    rows: Uint32Array.from({ length: set.rows }, (_, i) => i),
    labels: Uint8Array.from(set.y),
  };
}

/** Two classes of correlated rows; a common direction gives them the mean cosine of a narrow cone. */
function generated(rows: number, dims: number, seed: number, common = 0): Training {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const labels = Uint8Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const embeddings = allocateEmbeddings(rows, dims);
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let j = 0; j < dims; j++) {
      const value = (normal() + (labels[i] === 1 ? 0.4 : 0)) / Math.sqrt(1 + j) + common * Math.cos(j);
      embeddings.values[i * dims + j] = value;
      squares += value * value;
    }
    embeddings.scale[i] = 1 / Math.sqrt(squares);
  }
  const kernels = createKernels(embeddings);
  return { kernels, rows: Uint32Array.from({ length: rows }, (_, i) => i), labels };
}

/** Norm of the gradient of scikit-learn's objective at a probe, from its definition, over the sum of its terms' sizes. */
function gradientShare({ kernels, rows, labels }: Training, options: LogisticOptions, probe: LinearProbe): number {
  const { values, dims, scale } = kernels.embeddings;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const gradient = new Float64Array(dims + 1);
  let size = 0;
  rows.forEach((row, k) => {
    const x = Float64Array.from({ length: dims }, (_, j) => {
      const value = values[row * dims + j] * scale[row];
      return probe.scaler === null ? value : (value - probe.scaler.mean[j]) / probe.scaler.std[j];
    });
    const count = labels[k] === 1 ? positives : labels.length - positives;
    const cost = options.C * (options.classWeight === 'balanced' ? labels.length / (2 * count) : 1);
    const z = dot(x, probe.standardizedWeights) + probe.standardizedBias;
    const residual = cost * (1 / (1 + Math.exp(-z)) - labels[k]);
    for (let j = 0; j < dims; j++) gradient[j] += residual * x[j];
    gradient[dims] += residual;
    size += Math.abs(residual) * Math.sqrt(1 + dot(x, x));
  });
  for (let j = 0; j < dims; j++) gradient[j] += probe.standardizedWeights[j];
  return Math.sqrt(dot(gradient, gradient)) / size;
}

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));

describe.each(fixtures)('on $name', (set) => {
  const data = training(set);

  test('the scaler is that of StandardScaler', () => {
    const { mean, std } = standardScaler(data.kernels, data.rows);
    for (let j = 0; j < set.dims; j++) {
      expect(Math.abs(mean[j] - set.mean[j])).toBeLessThan(1e-14 * (1 + largest(set.mean)));
      expect(Math.abs(std[j] / set.std[j] - 1)).toBeLessThan(1e-10);
    }
  });

  test.each(set.fits)(
    'the probe is that of LogisticRegression(C=$C, class_weight=$classWeight), standardised: $standardize',
    (fit) => {
      const { C, standardize } = fit;
      const classWeight = fit.classWeight === 'balanced' ? 'balanced' : null;
      const options = { C, standardize, classWeight } as const;
      const probe = fitLogistic(data.kernels, data.rows, data.labels, options);
      const size = Math.max(largest(fit.weights), Math.abs(fit.bias));
      expect(probe.converged).toBe(true);
      fit.weights.forEach((weight, j) => {
        expect(Math.abs(probe.standardizedWeights[j] - weight)).toBeLessThan(1e-6 * size);
      });
      expect(Math.abs(probe.standardizedBias - fit.bias)).toBeLessThan(1e-6 * size);
      expect(gradientShare(data, options, probe)).toBeLessThan(1e-11);
    },
  );
});

describe('a certified fit', () => {
  const balanced = { C: 1, standardize: true, classWeight: 'balanced' } as const;

  test('the folded probe gives the logits of the standardised one', () => {
    const data = generated(200, 30, 1);
    const probe = fitLogistic(data.kernels, data.rows, data.labels, balanced);
    const logits = new Float64Array(200);
    data.kernels.matVec(data.rows, probe.weights, logits);
    const { mean, std } = standardScaler(data.kernels, data.rows);
    const { values, scale } = data.kernels.embeddings;
    for (let i = 0; i < 200; i += 17) {
      let z = probe.standardizedBias;
      for (let j = 0; j < 30; j++) {
        z += (probe.standardizedWeights[j] * (values[i * 30 + j] * scale[i] - mean[j])) / std[j];
      }
      expect(logits[i] + probe.bias).toBeCloseTo(z, 10);
    }
    expect(probe.weightNorm).toBeCloseTo(Math.sqrt(dot(probe.weights, probe.weights)), 12);
  });

  test.each([
    ['a wide problem', generated(300, 90, 2), { C: 1, standardize: false, classWeight: null }],
    ['a narrow cone', generated(400, 60, 3, 60), { C: 100, standardize: true, classWeight: null }],
    ['a narrow cone as it is', generated(400, 60, 3, 60), { C: 1e4, standardize: false, classWeight: 'balanced' }],
    ['weak regularisation', generated(500, 40, 4), { C: 1e4, standardize: true, classWeight: null }],
    ['strong regularisation', generated(500, 40, 4), { C: 1e-6, standardize: true, classWeight: null }],
  ] as const)('ends at the rounding level of its gradient: %s', (_, data, options) => {
    const probe = fitLogistic(data.kernels, data.rows, data.labels, options);
    expect(probe.converged).toBe(true);
    expect(probe.gradientNorm / probe.gradientScale).toBeLessThan(1e-13);
    expect(gradientShare(data, options, probe)).toBeLessThan(1e-11);
  });

  test('plain and SIMD kernels fit the same bits', () => {
    const data = generated(300, 33, 5);
    const plain = plainKernels(data.kernels.embeddings);
    expect(data.kernels.kind).toBe('simd');
    expect(fitLogistic(plain, data.rows, data.labels, balanced)).toEqual(
      fitLogistic(data.kernels, data.rows, data.labels, balanced),
    );
  });

  test('a warm start ends at the same optimum, sooner', () => {
    const data = generated(400, 50, 6);
    const cold = fitLogistic(data.kernels, data.rows, data.labels, { ...balanced, C: 1 });
    const near = fitLogistic(data.kernels, data.rows, data.labels, { ...balanced, C: 1.1 });
    const warm = fitLogistic(data.kernels, data.rows, data.labels, { ...balanced, start: near });
    expect(warm.converged).toBe(true);
    expect(warm.iterations + warm.hessianProducts).toBeLessThan(cold.iterations + cold.hessianProducts);
    warm.weights.forEach((weight, j) =>
      expect(Math.abs(weight - cold.weights[j])).toBeLessThan(1e-10 * cold.weightNorm),
    );
  });

  test('only the rows listed are trained on, in any order', () => {
    const data = generated(300, 20, 7);
    const half = Uint32Array.from({ length: 150 }, (_, k) => 299 - 2 * k);
    const probe = fitLogistic(
      data.kernels,
      half,
      Uint8Array.from(half, (row) => data.labels[row]),
      balanced,
    );
    const sorted = half.slice().sort();
    const again = fitLogistic(
      data.kernels,
      sorted,
      Uint8Array.from(sorted, (row) => data.labels[row]),
      balanced,
    );
    probe.weights.forEach((weight, j) => expect(weight).toBeCloseTo(again.weights[j], 9));
    const all = fitLogistic(data.kernels, data.rows, data.labels, balanced);
    expect(Math.abs(all.weights[0] - probe.weights[0])).toBeGreaterThan(1e-3);
  });

  test('a fit in steps tells where it is, and can be left at any of them', () => {
    const data = generated(300, 20, 8);
    const steps = fitLogisticSteps(data.kernels, data.rows, data.labels, balanced);
    const first = steps.next();
    if (first.done === true) throw new Error('the fit ended before its first step');
    expect(first.value.objective).toBeCloseTo(300 * Math.LN2, 9);
    const second = steps.next();
    if (second.done === true) throw new Error('the fit ended after one step');
    expect(second.value.objective).toBeLessThan(first.value.objective);
    const probe = fitLogistic(data.kernels, data.rows, data.labels, balanced);
    expect(steps.return(probe).done).toBe(true);
  });

  test('too few iterations are told, not hidden', () => {
    const data = generated(300, 20, 9);
    const probe = fitLogistic(data.kernels, data.rows, data.labels, { ...balanced, maxIterations: 2 });
    expect(probe.converged).toBe(false);
    expect(probe.gradientNorm).toBeGreaterThan(0.1);
  });

  test('labels of one class, of three, or too few of them are refused in plain words', () => {
    const { kernels, rows } = generated(30, 4, 10);
    const fit = (labels: Uint8Array) => () => fitLogistic(kernels, rows, labels, balanced);
    expect(fit(new Uint8Array(30))).toThrow('All 30 training rows have label 0; a probe needs both classes.');
    expect(fit(new Uint8Array(30).fill(1))).toThrow(/label 1/);
    expect(fit(Uint8Array.from({ length: 30 }, (_, i) => i % 3))).toThrow(/0 or 1/);
    expect(fit(new Uint8Array(29))).toThrow(/30 training rows but 29 labels/);
    const labels = Uint8Array.from({ length: 30 }, (_, i) => i % 2);
    expect(() => fitLogistic(kernels, rows, labels, { ...balanced, C: 0 })).toThrow(/C must be/);
    const broken = generated(30, 4, 10);
    broken.kernels.embeddings.values[5] = Number.NaN;
    expect(() => fitLogistic(broken.kernels, rows, labels, balanced)).toThrow(/not finite/);
  });
});

describe('a fit through another device', () => {
  const options = { C: 1, standardize: true, classWeight: 'balanced' } as const;

  /** Products in float32, as a GPU gives them: every input and every result is rounded. */
  function float32Products({ kernels, rows }: Training): AsyncProbeProducts & { calls: number } {
    const exact = kernelProducts(kernels, rows);
    const { dims } = kernels.embeddings;
    const products = {
      calls: 0,
      margins: async (w: Float64Array, offset: number) => {
        products.calls++;
        const out = new Float64Array(rows.length);
        kernels.matVec(rows, Float64Array.from(Float32Array.from(w)), out);
        return Float32Array.from(out, (z) => Math.fround(z) + Math.fround(offset));
      },
      transpose: async (r: Float64Array) => {
        const out = new Float64Array(dims);
        kernels.transposeVec(rows, Float64Array.from(Float32Array.from(r)), out);
        return Float32Array.from(out);
      },
      hessianProduct: async (h: Float64Array, v: Float64Array, offset: number) => {
        const out = new Float64Array(dims);
        const sum = exact.hessianProduct(Float64Array.from(Float32Array.from(h)), v, offset, out);
        return { product: Float32Array.from(out), sum: Math.fround(sum) };
      },
    };
    return products;
  }

  test('it ends at the same certified optimum as the fit by the kernels', async () => {
    const data = generated(500, 60, 11, 2);
    const products = float32Products(data);
    const probe = await fitLogisticWith(products, data.kernels, data.rows, data.labels, options);
    const alone = fitLogistic(data.kernels, data.rows, data.labels, options);
    expect(products.calls).toBeGreaterThan(5);
    expect(probe.converged).toBe(true);
    probe.weights.forEach((weight, j) => {
      expect(Math.abs(weight - alone.weights[j])).toBeLessThan(1e-11 * alone.weightNorm);
    });
  });

  test('products that are wrong cost time, not correctness', async () => {
    const data = generated(300, 20, 12);
    const products = float32Products(data);
    const wrong: AsyncProbeProducts = {
      ...products,
      transpose: async (r) => (await products.transpose(r)).map((value) => -value),
    };
    const probe = await fitLogisticWith(wrong, data.kernels, data.rows, data.labels, options);
    const alone = fitLogistic(data.kernels, data.rows, data.labels, options);
    expect(probe.converged).toBe(true);
    probe.weights.forEach((weight, j) => expect(weight).toBeCloseTo(alone.weights[j], 9));
  });

  test('it stops with the reason of an abort', async () => {
    const data = generated(300, 20, 13);
    const stop = new AbortController();
    const watch = { signal: stop.signal, onProgress: () => stop.abort(new Error('the reader left')) };
    const fit = fitLogisticWith(float32Products(data), data.kernels, data.rows, data.labels, options, watch);
    await expect(fit).rejects.toThrow('the reader left');
  });
});
