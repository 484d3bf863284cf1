import type { WhyFormat } from './entry.ts';

const MINUS = '\u2212';

/** A value with one digit more than a headline shows, so that small moves can be seen. */
export function formatWhy(value: number | null, format: WhyFormat): string {
  if (value === null) return '–';
  const text = numberText(Math.abs(value), format);
  const unit = format === 'share' ? '%' : format === 'degrees' ? '°' : '';
  return `${value < 0 && Number(text) !== 0 ? MINUS : ''}${text}${unit}`;
}

/** "+1.25 points", "−0.0041", "no change", or "less than 0.0001"; empty where one of both is undefined. */
export function formatDifference(value: number | null, base: number | null, format: WhyFormat): string {
  if (value === null || base === null) return '–';
  // Sums in another order part in the last digits.
  if (Math.abs(value - base) <= 1e-12 * Math.max(1, Math.abs(base))) return 'no change';
  // Twelve digits: a difference that is a half in decimals is rounded as one.
  const difference = Number(((value - base) * (format === 'share' ? 100 : 1)).toPrecision(12));
  const text = Math.abs(difference).toFixed(format === 'decimal' ? 4 : 2);
  const unit = format === 'share' ? ' points' : format === 'degrees' ? '°' : '';
  if (Number(text) === 0) return `less than ${format === 'decimal' ? '0.0001' : '0.01'}${unit}`;
  return `${difference < 0 ? MINUS : '+'}${text}${unit}`;
}

function numberText(value: number, format: WhyFormat): string {
  if (format === 'decimal') return value.toFixed(4);
  return (format === 'share' ? value * 100 : value).toFixed(2);
}
