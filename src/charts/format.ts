import type { Estimate } from '../core/metrics/types.ts';

/** Numbers as text, the same on every machine whatever its locale: point as decimal mark, comma between thousands. */
export const MINUS = '\u2212';
/** Stands for a number that is undefined. */
export const UNDEFINED = '–';

function withMinus(text: string): string {
  return text.startsWith('-') ? (Number(text) === 0 ? text.slice(1) : MINUS + text.slice(1)) : text;
}

/** Fixed decimals: 0.9104 → "0.910". Null, NaN and infinities are "–". */
export function formatNumber(value: number | null, decimals = 3): string {
  return value === null || !Number.isFinite(value) ? UNDEFINED : withMinus(value.toFixed(decimals));
}

/**
 * A probability with fixed decimals; one that they would show as 0 or 1 and is neither is told by its power of ten:
 * 0.00000321 → "3.2e−6", 0.99999679 → "1 − 3.2e−6".
 */
export function formatProbability(p: number | null, decimals = 3): string {
  if (p === null || !(p > 0 && p < 1)) return formatNumber(p, decimals);
  const power = (x: number): string => x.toExponential(1).replace('-', MINUS);
  const shown = Number(p.toFixed(decimals));
  if (shown === 0) return power(p);
  return shown === 1 ? `1 ${MINUS} ${power(1 - p)}` : formatNumber(p, decimals);
}

/** A share in [0, 1] as percent: 0.1234 → "12.3%". */
export function formatPercent(share: number | null, decimals = 1): string {
  return share === null || !Number.isFinite(share) ? UNDEFINED : `${withMinus((share * 100).toFixed(decimals))}%`;
}

/** A whole number with commas between thousands: 20000 → "20,000". */
export function formatCount(count: number | null): string {
  if (count === null || !Number.isFinite(count)) return UNDEFINED;
  return withMinus(Math.round(count).toFixed(0)).replace(/\d(?=(\d{3})+$)/g, '$&,');
}

/** "1 row", "2 rows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Three significant digits, never an exponent: 0.0214285 → "0.0214", 0.15 → "0.15", 0 → "0". */
export function formatSigma(sigma: number): string {
  if (!Number.isFinite(sigma)) return UNDEFINED;
  if (sigma === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(sigma))));
  const text = sigma.toFixed(Math.min(100, digits));
  return withMinus(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
}

/** "0.910 (95% interval 0.902 to 0.918)"; the reason where a part of it is undefined. */
export function formatEstimate(estimate: Estimate, decimals = 3): string {
  const value = formatNumber(estimate.value, decimals);
  if (estimate.value === null) return estimate.reason === null ? value : `${value} (${estimate.reason})`;
  if (estimate.low === null || estimate.high === null) {
    return estimate.reason === null ? value : `${value} (no interval: ${estimate.reason})`;
  }
  return `${value} (95% interval ${formatNumber(estimate.low, decimals)} to ${formatNumber(estimate.high, decimals)})`;
}

/** What a `data-value` attribute carries: every digit. */
export function exact(value: number | null): string {
  return String(value);
}
