import { px } from './svg.ts';

/** How many dots at most; above it one dot stands for several rows. */
export const DOT_LIMIT = 1000;

export interface UnitCounts {
  readonly silent: number;
  readonly unsure: number;
  readonly right: number;
}

export interface UnitDots extends UnitCounts {
  /** Rows that one dot stands for; 1 up to DOT_LIMIT rows. */
  readonly rowsPerDot: number;
}

/**
 * Rows as dots. Wrong classes are rounded up, so that an error is never left undrawn; right ones take what remains of
 * ceil(n / rowsPerDot) dots.
 */
export function unitDots(rows: UnitCounts, limit: number = DOT_LIMIT): UnitDots {
  const n = rows.silent + rows.unsure + rows.right;
  const rowsPerDot = Math.max(1, Math.ceil(n / limit));
  const total = Math.ceil(n / rowsPerDot);
  const silent = Math.ceil(rows.silent / rowsPerDot);
  const unsure = Math.min(total - silent, Math.ceil(rows.unsure / rowsPerDot));
  return { rowsPerDot, silent, unsure, right: total - silent - unsure };
}

export interface DotGrid {
  readonly columns: number;
  readonly rows: number;
  /** Side of one dot's cell, pixels. */
  readonly cell: number;
}

/** The grid of `count` cells for this width: cells of about 12 px, smaller where that would be taller than `tallest`. */
export function dotGrid(count: number, width: number, tallest: number): DotGrid {
  let cell = 12;
  while (cell > 5 && Math.ceil(count / Math.floor(width / cell)) * cell > tallest) cell -= 0.5;
  const columns = Math.max(1, Math.floor(width / cell));
  return { columns, rows: Math.ceil(count / columns), cell };
}

/**
 * Outline of the cells from … to − 1 of a grid that fills row by row. Filled with a pattern of one dot a cell it draws
 * any number of dots in at most three rectangles.
 */
export function cellsPath(from: number, to: number, { columns, cell }: DotGrid): string {
  if (to <= from) return '';
  const [firstRow, lastRow] = [Math.floor(from / columns), Math.floor((to - 1) / columns)];
  const rect = (row: number, start: number, end: number, rows = 1): string =>
    `M${px(start * cell)},${px(row * cell)}H${px(end * cell)}v${px(rows * cell)}H${px(start * cell)}Z`;
  if (firstRow === lastRow) return rect(firstRow, from % columns, ((to - 1) % columns) + 1);
  let path = '';
  const startsWhole = from % columns === 0;
  const endsWhole = to % columns === 0;
  if (!startsWhole) path += rect(firstRow, from % columns, columns);
  const wholeFrom = startsWhole ? firstRow : firstRow + 1;
  const wholeTo = endsWhole ? lastRow + 1 : lastRow;
  if (wholeTo > wholeFrom) path += rect(wholeFrom, 0, columns, wholeTo - wholeFrom);
  if (!endsWhole) path += rect(lastRow, 0, to % columns);
  return path;
}
