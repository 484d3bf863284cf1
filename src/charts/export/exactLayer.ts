import type { SweepColumn } from '../../engine/results.ts';
import type { CliffLayer } from '../cliffLayer.ts';
import { theoryCurve, type CliffLayerData } from '../cliffLayerData.ts';
import { PUBLISHED_AUC } from '../cliffPublished.ts';
import { SERIES } from '../cliffSeries.ts';
import { has } from './exactTable.ts';

interface LayerLine {
  readonly name: string;
  readonly amounts: ArrayLike<number>;
  readonly values: { readonly [C in SweepColumn]?: ArrayLike<number> };
}

const ofLayer = (layer: CliffLayer | null): layer is CliffLayer & { readonly data: CliffLayerData } =>
  has(layer, 'data');

/** What lies over the cliff, as lines of the same columns as the sweep. */
export function layerLines(layer: CliffLayer | null): readonly LayerLine[] {
  if (!ofLayer(layer)) return [];
  const { data } = layer;
  const lines: LayerLine[] = [];
  const band = data.band?.band;
  if (band) {
    for (const [name, end] of [
      ['band over draws, low', 'low'],
      ['band over draws, high', 'high'],
    ] as const) {
      const values = Object.fromEntries(SERIES.map(({ id }) => [id, band.lines[id][end]]));
      lines.push({ name, amounts: band.amounts, values });
    }
  }
  const { overlay } = data;
  if (overlay && data.theory && overlay.theory.model !== null) {
    const curves = SERIES.flatMap(({ id }) => {
      const curve = theoryCurve(data, id);
      return curve ? [[id, curve.theory] as const] : [];
    });
    lines.push({ name: 'theory', amounts: overlay.amounts, values: Object.fromEntries(curves) });
    if (overlay.expected.values) {
      lines.push({
        name: 'expected AUC, any scores',
        amounts: overlay.amounts,
        values: { rocAuc: overlay.expected.values },
      });
    }
  }
  if (overlay?.floor.values && data.reach) {
    lines.push({
      name: 'lowest AUC in reach of noise',
      amounts: overlay.amounts,
      values: { rocAuc: overlay.floor.values },
    });
  }
  if (data.published) {
    for (const { sigma, auc, source } of PUBLISHED_AUC)
      lines.push({ name: `published: ${source}`, amounts: [sigma], values: { rocAuc: [auc] } });
  }
  return lines;
}
