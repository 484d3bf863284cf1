export type Cell = string | number;

/** 0.0123 → "0.012", 3.21 → "3.21", 1234.5 → "1,235". */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  return size >= 100
    ? value.toFixed(0)
    : size >= 10
      ? value.toFixed(1)
      : size >= 1
        ? value.toFixed(2)
        : value.toFixed(3);
}

export const ms = (value: number): string => `${number(value)} ms`;

/** Prints rows under a head, columns as wide as their widest cell; the first column left, the others right where numeric. */
export function printTable(head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? number(cell) : cell)));
  const widths = head.map((title, c) => Math.max(title.length, ...cells.map((row) => row[c].length)));
  const numeric = head.map((_, c) => c > 0 && rows.every((row) => typeof row[c] === 'number' || /^[–\d]/.test(row[c])));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, c) => (numeric[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c]))).join('  ')}`.trimEnd();
  console.log(line(head));
  console.log(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of cells) console.log(line(row));
}

export const note = (text: string): void => console.log(`  ${text}`);
