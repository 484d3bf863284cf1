import type { Behind } from './behind.ts';
import type { Cell, ExactTable } from './exactTable.ts';
import {
  barsExact,
  certifiedExact,
  densitiesExact,
  isBars,
  isCertified,
  isDensities,
  isLines,
  linesExact,
} from './exactPanels.ts';
import {
  cliffExact,
  confusionExact,
  errorsExact,
  histogramExact,
  isCliff,
  isConfusion,
  isErrors,
  isHistogram,
  isReliability,
  isRoc,
  reliabilityExact,
  rocExact,
} from './exactMain.ts';
import { isRows, rowsExact } from './exactRows.ts';

/** What a chart draws, every number with every digit; null before it has drawn anything. Throws for a chart of no known kind. */
export function exactTable(behind: Behind | null): ExactTable | null {
  if (behind === null || behind.data === null) return null;
  if (isCliff(behind)) return cliffExact(behind);
  if (isRoc(behind)) return rocExact(behind);
  if (isErrors(behind)) return errorsExact(behind);
  if (isReliability(behind)) return reliabilityExact(behind);
  if (isHistogram(behind)) return histogramExact(behind);
  if (isConfusion(behind)) return confusionExact(behind);
  if (isRows(behind)) return rowsExact(behind);
  if (isTable(behind)) return behind.data;
  if (isLines(behind)) return linesExact(behind);
  if (isBars(behind)) return barsExact(behind);
  if (isDensities(behind)) return densitiesExact(behind);
  if (isCertified(behind)) return certifiedExact(behind);
  throw new Error('this chart does not say what it draws');
}

/** Drawings of a panel's own give their numbers as they are. */
const isTable = (behind: Behind): behind is Behind & { readonly data: ExactTable } => behind.kind === 'table';

/** As RFC 4180 writes it, lines ended by LF. Numbers in the shortest form that reads back the same; nothing for undefined. */
export function toCsv({ columns, rows }: ExactTable): string {
  return [columns, ...rows].map((cells) => `${cells.map(written).join(',')}\n`).join('');
}

function written(cell: Cell): string {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
