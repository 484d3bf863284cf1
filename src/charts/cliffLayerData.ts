import { lineAt } from '../core/theory/reachOfNoise.ts';
import { theoryAt } from '../core/theory/effectModel.ts';
import type { BandReport } from '../engine/analyses/band.ts';
import { THEORY_METRICS, type OverlayReport, type TheoryMetric } from '../engine/analyses/overlay.ts';
import type { CliffPair, SeriesId } from './cliffSeries.ts';

/** What lies over the cliff; a part is null where it is off, still computed, or does not apply. */
export interface CliffLayerData {
  readonly band: BandReport | null;
  readonly overlay: OverlayReport | null;
  /** Which parts of the overlay are drawn. */
  readonly theory: boolean;
  readonly reach: boolean;
  readonly published: boolean;
}

export const hasTheory = (id: SeriesId): id is TheoryMetric => (THEORY_METRICS as readonly string[]).includes(id);

/** The theory's curve of a series; null where there is none, or where it is not shown. */
export function theoryCurve({ overlay, theory }: CliffLayerData, id: SeriesId) {
  if (!theory || overlay === null || overlay.theory.model === null || !hasTheory(id)) return null;
  return overlay.theory.curves[id];
}

/** 5 % and 95 % of a series at a σ, by straight lines between the amounts drawn. */
export function bandAt({ band }: CliffLayerData, id: SeriesId, sigma: number): readonly [number, number] | null {
  if (band?.band == null) return null;
  const { amounts, lines } = band.band;
  const [low, high] = [lineAt(amounts, lines[id].low, sigma), lineAt(amounts, lines[id].high, sigma)];
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}

/** The theory's AUC at any σ, worked out there and not read off the curve. */
export function theoryAucAt({ overlay }: CliffLayerData, sigma: number): number | null {
  if (overlay === null || overlay.theory.model === null) return null;
  const { model, classes, settings } = overlay.theory;
  return theoryAt(model, classes, sigma, settings).metrics?.rocAuc ?? null;
}

export interface Extreme {
  readonly value: number;
  readonly sigma: number;
}

/** The AUC residual, measured − theory, of the largest size; null without theory. */
export function largestResidual({ overlay }: CliffLayerData): Extreme | null {
  if (overlay === null || overlay.theory.model === null) return null;
  const residual = overlay.theory.curves.rocAuc?.residual;
  return residual === undefined ? null : extreme(overlay.amounts, residual, Math.abs);
}

/** How far the measured AUC lies below what isotropic noise can reach, at most; 0 or below where it never does. */
export function deepestBelow({ overlay }: CliffLayerData): Extreme | null {
  if (overlay === null || overlay.floor.values === null) return null;
  const { amounts, floor, measured } = overlay;
  const depth = floor.values?.map((value, k) => value - measured.rocAuc[k]) ?? [];
  return extreme(amounts, depth, (value) => value);
}

function extreme(
  sigmas: ArrayLike<number>,
  values: ArrayLike<number>,
  size: (value: number) => number,
): Extreme | null {
  let found: Extreme | null = null;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) continue;
    if (found === null || size(values[k]) > size(found.value)) found = { value: values[k], sigma: sigmas[k] };
  }
  return found;
}

/** At how many points of the sweep with drift the measured AUC lies within the band. */
export function insideBand({ band }: CliffLayerData, { now }: CliffPair): { inside: number; of: number } | null {
  if (band?.band == null || now === null) return null;
  const { low, high } = band.band.lines.rocAuc;
  let [inside, of] = [0, 0];
  for (let k = 0; k < now.sigmas.length; k++) {
    const value = now.rocAuc[k];
    if (now.sigmas[k] !== band.band.amounts[k] || !(now.sigmas[k] > 0) || !Number.isFinite(low[k] + value)) continue;
    of++;
    if (value >= low[k] && value <= high[k]) inside++;
  }
  return of === 0 ? null : { inside, of };
}
