import { dot, norm } from '../linalg/dot.ts';
import { createKernels } from '../linalg/kernels.ts';
import { additive, rowNorm, UnusableDriftError } from './definition.ts';
import type { LabDrift, Pass } from './definition.ts';
import type { DriftContext } from './types.ts';

/**
 * Every row moves along the same vector v, in proportion to its length: d = ‖x‖·sign·v. `signs` holds +1 or −1 a row;
 * null for +1 throughout.
 */
export function sharedDrift(
  v: Float64Array,
  signs: Int8Array | null,
  renormalize: boolean,
  followsProbe: boolean,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const n = rows.length;
  return {
    dims: embeddings.dims,
    rows: n,
    hasSecondComponent: false,
    coefficients: additive,
    norm: renormalize ? 'original' : 'none',
    followsProbe,
    fillsWedge: false,
    components: (k, d) => {
      const factor = rowNorm(embeddings, rows[k]) * (signs === null ? 1 : signs[k]);
      for (let j = 0; j < d.length; j++) d[j] = factor * v[j];
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd, n2 } = scalars;
      const wv = dot(weights, v);
      const vv = dot(v, v);
      if (!probeOnly) kernels.matVec(rows, v, xd);
      for (let k = 0; k < n; k++) {
        const factor = Math.sqrt(n2[k]) * (signs === null ? 1 : signs[k]);
        wd[k] = factor * wv;
        if (probeOnly) continue;
        xd[k] *= factor;
        dd[k] = n2[k] * vv;
      }
      yield 1;
    },
  };
}

/** v/‖v‖; throws where v has no direction. `what` names it in the message. */
export function unit(v: Float64Array, what: string): Float64Array {
  const length = norm(v);
  if (!(length > 0 && Number.isFinite(length))) throw new UnusableDriftError(`${what} has no direction.`);
  return v.map((value) => value / length);
}

/** Mean of the clean training rows, of length dims. Throws where there are none. */
export function trainingMean({ embeddings, trainRows }: DriftContext): Float64Array {
  if (trainRows.length === 0) throw new UnusableDriftError('There are no training rows to take a mean of.');
  const mean = new Float64Array(embeddings.dims);
  createKernels(embeddings).transposeVec(
    trainRows,
    new Float64Array(trainRows.length).fill(1 / trainRows.length),
    mean,
  );
  return mean;
}

/** μ₁ − μ₀ of the clean training rows, of length dims. Throws where a class has no row. */
export function trainingMeanDifference({ embeddings, trainRows, trainLabels }: DriftContext): Float64Array {
  let ones = 0;
  for (let i = 0; i < trainRows.length; i++) ones += trainLabels[i];
  const zeros = trainRows.length - ones;
  if (ones === 0 || zeros === 0) {
    throw new UnusableDriftError(
      `Class ${ones === 0 ? 1 : 0} has no training row, so there is no class-mean direction.`,
    );
  }
  const difference = new Float64Array(embeddings.dims);
  const share = Float64Array.from(trainLabels, (label) => (label === 1 ? 1 / ones : -1 / zeros));
  createKernels(embeddings).transposeVec(trainRows, share, difference);
  return difference;
}
