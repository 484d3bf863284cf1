import { MINUS, UNDEFINED } from '../../../charts/format.ts';

/** Steps of the slider, a hundred to each power of ten: 0.1 at 0, 100 at the end. */
export const MULTIPLES = 300;
const DECADES = 3;
const LEAST = -1;

/** The multiple at a place of the slider, to three digits. */
export function multipleAt(position: number): number {
  return Number((10 ** (LEAST + (DECADES * position) / MULTIPLES)).toPrecision(3));
}

/** The place of a multiple on the slider; multiples beyond its ends stand at them. */
export function positionOf(multiple: number): number {
  const at = (MULTIPLES * (Math.log10(multiple) - LEAST)) / DECADES;
  return Math.round(Math.min(MULTIPLES, Math.max(0, at)));
}

/** A cosine with as many digits as its distance from 1 asks for: .300, .9990, .99990. */
export function formatCosine(cosine: number | null): string {
  if (cosine === null || !Number.isFinite(cosine)) return UNDEFINED;
  const gap = 1 - Math.abs(cosine);
  const digits = gap > 0 ? Math.min(8, Math.max(3, Math.ceil(1 - Math.log10(gap) - 1e-9))) : 8;
  return cosine
    .toFixed(digits)
    .replace('-', MINUS)
    .replace(/^(\u2212?)0\./, '$1.');
}
