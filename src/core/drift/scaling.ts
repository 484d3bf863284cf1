import { stream } from '../random/streams.ts';
import { additive, readRow } from './definition.ts';
import type { DriftDefinition, LabDrift, Pass } from './definition.ts';
import type { DriftContext } from './types.ts';

const BLOCK = 256;

/** Each dimension is stretched by its own factor: y = x ∘ (1 + σg), so d = x ∘ g. */
export function scalingDrift(
  g: Float64Array,
  renormalize: boolean,
  context: Pick<DriftContext, 'embeddings' | 'rows'>,
): LabDrift {
  const { embeddings, rows } = context;
  const { dims, values, scale } = embeddings;
  const n = rows.length;
  return {
    dims,
    rows: n,
    hasSecondComponent: false,
    coefficients: additive,
    norm: renormalize ? 'original' : 'none',
    followsProbe: false,
    fillsWedge: false,
    components: (k, d) => {
      readRow(embeddings, rows[k], d);
      for (let j = 0; j < dims; j++) d[j] *= g[j];
    },
    *fill({ kernels, context: { weights }, scalars, probeOnly }: Pass) {
      const { wd, xd, dd } = scalars;
      kernels.matVec(
        rows,
        weights.map((w, j) => w * g[j]),
        wd,
      );
      if (probeOnly) return;
      for (let first = 0; first < n; first += BLOCK) {
        const end = Math.min(n, first + BLOCK);
        for (let k = first; k < end; k++) {
          const at = rows[k] * dims;
          let a = 0;
          let b = 0;
          for (let j = 0; j < dims; j++) {
            const x = values[at + j];
            const moved = x * g[j];
            a += x * moved;
            b += moved * moved;
          }
          const square = scale[rows[k]] * scale[rows[k]];
          xd[k] = a * square;
          dd[k] = b * square;
        }
        yield end / n;
      }
    },
  };
}

export const scaling: DriftDefinition = {
  id: 'scaling',
  source: 'This lab: x ∘ (1 + σg) with g standard normal',
  prepare: (settings, context) =>
    scalingDrift(
      stream(settings.seed, 'scaling').standardNormal(new Float64Array(context.embeddings.dims)),
      settings.renormalize,
      context,
    ),
};
