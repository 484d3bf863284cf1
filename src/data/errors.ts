/**
 * What is wrong with a file that a person gave or the lab fetched, and what to do about it.
 * `message` is one line: "FILE, row N: what is wrong. Remedy."
 */
export class DataError extends Error {
  readonly file: string;
  /** 1-based: a line of a text file, a row of an array; null where the fault is not in one row. */
  readonly row: number | null;
  readonly remedy: string;

  constructor(file: string, row: number | null, wrong: string, remedy: string) {
    const place = row === null ? oneLine(file) : `${oneLine(file)}, row ${row}`;
    super(`${place}: ${sentence(wrong)} ${sentence(remedy)}`);
    this.name = 'DataError';
    this.file = file;
    this.row = row;
    this.remedy = remedy;
  }
}

/** A value out of a file, quoted for a message: no control characters, at most 60 characters. */
export function quote(value: string): string {
  const points = Array.from(oneLine(value));
  return `"${points.length > 60 ? `${points.slice(0, 59).join('')}…` : points.join('')}"`;
}

/** 1234567 as "1,234,567", the same on every machine. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function sentence(text: string): string {
  const line = oneLine(text).trim();
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`;
}
