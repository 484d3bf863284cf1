import { dotAt } from '../linalg/dot.ts';
import { additive, rowNorm } from './definition.ts';
import type { DriftDefinition, LabDrift, NoiseUnits, Pass, PrepareContext } from './definition.ts';
import { createNoise } from './noise.ts';
import type { NoiseSource } from './noise.ts';

/**
 * Independent noise on every row: d = ‖x‖·ε (per coordinate, total length about ‖x‖·√D) or d = ‖x‖·ε/‖ε‖ (total norm).
 */
export function noiseDrift(
  noise: NoiseSource,
  units: NoiseUnits,
  renormalize: boolean,
  context: Pick<PrepareContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims } = embeddings;
  const n = rows.length;
  return {
    dims,
    rows: n,
    hasSecondComponent: false,
    coefficients: additive,
    norm: renormalize ? 'original' : 'none',
    followsProbe: false,
    fillsWedge: false,
    fillsRows: true,
    components: (k, d) => {
      const e = noise.row(k);
      let factor = rowNorm(embeddings, rows[k]);
      if (units === 'total-norm') factor /= Math.sqrt(dotAt(e, 0, e, 0, dims));
      for (let j = 0; j < dims; j++) d[j] = factor * e[j];
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { s, wd } = scalars;
      const n2 = probeOnly ? new Float64Array(n) : scalars.n2;
      const xd = probeOnly ? new Float64Array(n) : scalars.xd;
      const dd = probeOnly ? new Float64Array(n) : scalars.dd;
      const out = { wd, xd, dd };
      const scratch = kernels.blockBuffer(n, 0);
      const step = scratch.length / dims;
      for (let first = 0; first < n; first += step) {
        const count = Math.min(step, n - first);
        const block = noise.block(first, count, scratch);
        kernels.dotsAndSquares(rows, first, count, weights, s, n2);
        kernels.displacementDots(rows, first, count, block, weights, out);
        for (let k = first; k < first + count; k++) {
          const factor = Math.sqrt(units === 'total-norm' ? n2[k] / dd[k] : n2[k]);
          wd[k] *= factor;
          xd[k] *= factor;
          dd[k] *= factor * factor;
        }
        yield (first + count) / n;
      }
    },
  };
}

export const gaussian: DriftDefinition = {
  id: 'gaussian',
  source: 'arXiv 2603.01297, eq. 7',
  prepare: (settings, context) => {
    const { rows, embeddings } = context;
    const noise = context.noise ?? createNoise(settings.seed, rows.length, embeddings.dims, context.noiseBudgetBytes);
    if (noise.rows !== rows.length || noise.dims !== embeddings.dims) {
      throw new RangeError('The noise given has another shape than the rows.');
    }
    return noiseDrift(noise, settings.units, settings.renormalize, context);
  },
};
