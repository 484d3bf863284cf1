import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Outcome } from './capture.ts';

/** A folder of this test file alone; remove it after all tests. */
export const folder = mkdtempSync(join(tmpdir(), 'lab-bad-input-'));

let files = 0;
/** Writes a file of its own name and returns its path. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, content);
  return path;
}

export const ROWS = 200;
export const DIMS = 6;

/** Rows that a probe can tell apart, from a plain congruential generator; the same on every machine. */
export function numbers(rows = ROWS, dims = DIMS): number[] {
  let state = 1;
  return Array.from({ length: rows * dims }, (_, i) => {
    state = (state * 48271) % 2147483647;
    const noise = state / 2147483647 - 0.5;
    // Quarters survive float16, so that every number type holds the same rows.
    return Math.round(4 * (4 * noise + (i % dims === 0 ? labelOf(Math.floor(i / dims)) : 0.5))) / 4 || 0.25;
  });
}
export const labelOf = (row: number): number => ((row * row) % 10 < 4 ? 1 : 0);

type NpyOptions = { readonly descr?: '<f2' | '<f4' | '<f8'; readonly fortran?: boolean; readonly shape?: string };

function halfBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
}

/** The bytes that numpy.save would write. */
export function npy(
  values: readonly number[],
  dims: number,
  { descr = '<f4', fortran = false, shape }: NpyOptions = {},
) {
  const rows = values.length / dims;
  const size = `(${rows}, ${dims})`;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape ?? size}, }\n`;
  const width = Number(descr[2]);
  const bytes = new Uint8Array(10 + text.length + values.length * width);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 0xff, text.length >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  const view = new DataView(bytes.buffer, 10 + text.length);
  values.forEach((_, at) => {
    const value = fortran ? values[(at % rows) * dims + Math.floor(at / rows)] : values[at];
    if (width === 2) view.setUint16(2 * at, halfBits(value), true);
    else if (width === 4) view.setFloat32(4 * at, value, true);
    else view.setFloat64(8 * at, value, true);
  });
  return bytes;
}

export const labelLines = (rows = ROWS): string[] => Array.from({ length: rows }, (_, row) => String(labelOf(row)));
export const csv = (lines: readonly string[], header = 'label', end = '\n'): string => [header, ...lines, ''].join(end);
/** One changed entry. */
export const put = <T>(list: readonly T[], at: number, value: T): T[] => list.map((old, i) => (i === at ? value : old));

export const X = file('x.npy', npy(numbers(), DIMS));
export const Y = file('y.csv', csv(labelLines()));
export const spec = (content: unknown): string => file('spec.json', JSON.stringify(content));
export const own = (embeddings = X, labels = Y): string[] => ['--embeddings', embeddings, '--labels', labels];
export const withX = (name: string, bytes: Uint8Array): string[] => own(file(name, bytes));
export const withY = (text: string): string[] => own(X, file('labels.csv', text));

/** Nothing but one line of words, and nothing that a pipe would take for a result. */
export function expectRefusal({ code, stdout, stderr }: Outcome, words: readonly (string | RegExp)[]): void {
  expect(stderr).not.toMatch(/^ +at /m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.endsWith('\n')).toBe(true);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('lab: '))).toEqual(lines.slice(-1));
  for (const word of words) expect(lines[lines.length - 1]).toMatch(word);
}

/** What is typed, and what the one line of the answer must say. */
export type Refusal = readonly [name: string, args: () => readonly string[], words: readonly (string | RegExp)[]];
