import { createKernels } from '../linalg/kernels.ts';
import { readRow, UnusableDriftError } from './definition.ts';
import type { DriftDefinition, LabDrift, Pass } from './definition.ts';
import type { DriftContext } from './types.ts';
import type { Embeddings } from '../linalg/embeddings.ts';

/** Below this share of ‖x‖²‖d‖² the difference ‖x‖²‖d‖² − (x·d)² has lost too many digits to give an angle. */
const NEARLY_PARALLEL = 1e-6;

/**
 * The same texts in another encoder version: y = (1 − t)·x + t·x̃. With renormalisation its length becomes
 * (1 − t)‖x‖ + t‖x̃‖.
 */
export function modelDrift(
  target: Embeddings,
  renormalize: boolean,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims } = embeddings;
  const n = rows.length;
  return {
    dims,
    rows: n,
    hasSecondComponent: false,
    coefficients: (t) => ({ alpha: 1 - t, beta: t, gamma: 0 }),
    norm: renormalize ? 'interpolated' : 'none',
    followsProbe: false,
    fillsWedge: true,
    components: (k, d) => {
      readRow(target, rows[k], d);
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd, n2, wedge } = scalars;
      // The same way for a first probe and for a later one, so that both give the same bits.
      createKernels(target).matVec(rows, weights, wd);
      if (probeOnly) return;
      const unused = new Float64Array(n);
      const x = new Float64Array(dims);
      const block = kernels.blockBuffer(n, 0);
      const step = block.length / dims;
      for (let first = 0; first < n; first += step) {
        const count = Math.min(step, n - first);
        for (let i = 0; i < count; i++) {
          const row = rows[first + i];
          const factor = target.scale[row];
          for (let j = 0; j < dims; j++) block[i * dims + j] = factor * target.values[row * dims + j];
        }
        kernels.displacementDots(rows, first, count, block, weights, { wd: unused, xd, dd });
        for (let i = 0; wedge !== null && i < count; i++) {
          const k = first + i;
          const product = n2[k] * dd[k];
          wedge[k] = product - xd[k] * xd[k];
          if (wedge[k] >= NEARLY_PARALLEL * product || product === 0) continue;
          readRow(embeddings, rows[k], x);
          wedge[k] = n2[k] * squaredDistanceFromLine(x, block, i * dims, xd[k] / n2[k]);
        }
        yield (first + count) / n;
      }
    },
  };
}

/** ‖d − c·x‖² after one correction of c, so that the remainder is orthogonal to x to rounding. */
function squaredDistanceFromLine(x: Float64Array, d: Float64Array, at: number, c: number): number {
  let along = 0;
  let xx = 0;
  for (let j = 0; j < x.length; j++) {
    along += x[j] * (d[at + j] - c * x[j]);
    xx += x[j] * x[j];
  }
  const correction = along / xx;
  let square = 0;
  for (let j = 0; j < x.length; j++) {
    const rest = d[at + j] - c * x[j] - correction * x[j];
    square += rest * rest;
  }
  return square;
}

export const model: DriftDefinition = {
  id: 'model',
  source: 'Real embeddings of both versions; in between, straight-line interpolation',
  prepare: (settings, context) => {
    const { target, embeddings, rows } = context;
    if (target === null) throw new UnusableDriftError('No second encoder version is loaded: choose one first.');
    if (target.dims !== embeddings.dims) {
      throw new UnusableDriftError(
        `The other version has ${target.dims} dimensions and this one ${embeddings.dims}: the probe cannot read its rows.`,
      );
    }
    for (let k = 0; k < rows.length; k++) {
      if (rows[k] >= target.rows) {
        throw new UnusableDriftError(`The other version has only ${target.rows} rows; row ${rows[k]} is missing.`);
      }
    }
    return modelDrift(target, settings.renormalize, context);
  },
};
