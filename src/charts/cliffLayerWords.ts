import {
  bandAt,
  deepestBelow,
  insideBand,
  largestResidual,
  theoryAucAt,
  theoryCurve,
  type CliffLayerData,
} from './cliffLayerData.ts';
import { SERIES, type CliffPair } from './cliffSeries.ts';
import { PUBLISHED_AUC, PUBLISHED_PLATEAU } from './cliffPublished.ts';
import { formatNumber, formatSigma } from './format.ts';
import type { ChartTable } from './table.ts';

const signed = (value: number): string => (value > 0 ? `+${formatNumber(value)}` : formatNumber(value));
const range = (low: number, high: number): string => `${formatNumber(low)} to ${formatNumber(high)}`;

/** Drawn how, and how often: "200 draws, exact in law". */
export function bandName({ band }: CliffLayerData): string {
  return band?.band == null
    ? ''
    : `${band.draws} ${band.method === 'real draws' ? 'real draws' : 'draws, exact in law'}`;
}

export function layerSentence(layer: CliffLayerData, data: CliffPair): string {
  const parts: string[] = [];
  const sigma = data.beside?.sigma ?? null;
  const band = sigma === null ? null : bandAt(layer, 'rocAuc', sigma);
  const inside = insideBand(layer, data);
  if (band !== null && inside !== null) {
    parts.push(
      `Over ${bandName(layer)}, nine AUCs in ten lie from ${range(...band)}; the measured one is inside at ${inside.inside} of ${inside.of} points.`,
    );
  }
  const residual = layer.theory ? largestResidual(layer) : null;
  if (residual !== null && sigma !== null) {
    parts.push(
      `The Gaussian formula gives AUC ${formatNumber(theoryAucAt(layer, sigma))} here and is off by ${signed(residual.value)} at most, at ${formatSigma(residual.sigma)}.`,
    );
  }
  const below = layer.reach ? deepestBelow(layer) : null;
  if (below !== null) {
    parts.push(
      below.value > 0
        ? `At ${formatSigma(below.sigma)} the AUC lies ${formatNumber(below.value)} below what isotropic noise can reach from half that amount.`
        : 'Nowhere does AUC fall faster than isotropic noise could make it.',
    );
  }
  if (layer.published) {
    parts.push(
      `Published: AUC .85 without drift, .50 at σ = .02 (both from the abstract), .50 to .52 up to .10; other data than these.`,
    );
  }
  return parts.map((part) => ` ${part}`).join('');
}

export function layerReading(layer: CliffLayerData, { now }: CliffPair, k: number): string {
  if (now === null) return '';
  const sigma = now.sigmas[k];
  const parts: string[] = [];
  const theory = theoryCurve(layer, 'rocAuc');
  if (theory !== null && layer.overlay?.amounts[k] === sigma) {
    parts.push(`theory AUC ${formatNumber(theory.theory[k])}, residual ${signed(theory.residual[k])}`);
  }
  const band = bandAt(layer, 'rocAuc', sigma);
  if (band !== null) parts.push(`AUC band ${range(...band)}`);
  const floor = layer.reach ? layer.overlay?.floor.values?.[k] : undefined;
  if (floor !== undefined && Number.isFinite(floor) && layer.overlay?.amounts[k] === sigma) {
    parts.push(`noise reaches ${formatNumber(floor)}`);
  }
  return parts.length === 0 ? '' : `; ${parts.join('; ')}`;
}

/** Further columns of the table; the published figures stand in the note. */
export function layerTable(layer: CliffLayerData, { now }: CliffPair, rows: readonly number[]): ChartTable {
  const columns: { readonly name: string; readonly cell: (k: number) => number | null; readonly sign?: boolean }[] = [];
  const { band, overlay } = layer;
  const at = (values: ArrayLike<number>, amounts: ArrayLike<number>) => (k: number) =>
    now !== null && amounts[k] === now.sigmas[k] ? values[k] : null;
  for (const { id, name } of SERIES) {
    const theory = theoryCurve(layer, id);
    if (theory !== null && overlay !== null) {
      columns.push({ name: `${name}, theory`, cell: at(theory.theory, overlay.amounts) });
      columns.push({ name: `${name}, residual`, cell: at(theory.residual, overlay.amounts), sign: true });
    }
    if (band?.band != null) {
      const { lines, amounts } = band.band;
      columns.push({ name: `${name}, 5 %`, cell: at(lines[id].low, amounts) });
      columns.push({ name: `${name}, 50 %`, cell: at(lines[id].middle, amounts) });
      columns.push({ name: `${name}, 95 %`, cell: at(lines[id].high, amounts) });
      columns.push({ name: `${name}, mean of draws`, cell: at(lines[id].mean, amounts) });
    }
  }
  if (layer.theory && overlay?.expected.values != null) {
    columns.push({ name: 'AUC, expected for any scores', cell: at(overlay.expected.values, overlay.amounts) });
  }
  if (layer.reach && overlay?.floor.values != null) {
    columns.push({ name: 'AUC, lowest for noise', cell: at(overlay.floor.values, overlay.amounts) });
  }
  const { from, to, low, high } = PUBLISHED_PLATEAU;
  const published = `Published (arXiv 2603.01297): ${PUBLISHED_AUC.map(({ source }) => source).join('; ')}; AUC ${low} to ${high} from σ = ${from} to ${to}.`;
  const drawn = band?.band == null ? '' : `Quantiles and means over ${bandName(layer)}. `;
  const note = `${drawn}${layer.published ? published : ''}`.trim();
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((k) =>
      columns.map(({ cell, sign }) => {
        const value = cell(k);
        return sign === true && value !== null && Number.isFinite(value) ? signed(value) : formatNumber(value);
      }),
    ),
    note: note === '' ? undefined : note,
  };
}
