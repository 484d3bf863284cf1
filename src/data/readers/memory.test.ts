import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LARGE_DIMS, LARGE_FILES, largeValues } from './testing/largeFiles.ts';

const MB = 1 << 20;
/** 60 MB: as float32, and as text, where a number takes about 12 bytes. */
const rowsOf = (name: string): number => (/csv|jsonl/.test(name) ? 13_000 : 40_000);
/**
 * Beyond twice the file: blocks of 8 MB, of which the receiver's, the reader's and those not yet collected stand beside
 * one another; new objects, of which V8 keeps up to 48 MB; compiled code and the pieces being parsed or inflated.
 */
const ALLOWANCE = 96 * MB;
const CHILD = fileURLToPath(new URL('./testing/readLarge.ts', import.meta.url));

interface Read {
  readonly peak: number;
  readonly rows: number;
  readonly numbers: number;
  readonly total: number;
}

function reading(...files: string[]): Read {
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', CHILD, ...files], { encoding: 'utf8' })) as Read;
}

describe('a file of 60 MB is read, and its numbers kept, within twice its size', () => {
  let folder = '';
  let idle = 0;
  /** By rows; multiples of 1/1024, which float64 adds without loss in any order. */
  const totals = new Map<number, number>();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'readers-'));
    idle = reading().peak;
    for (const name of Object.keys(LARGE_FILES)) {
      const rows = rowsOf(name);
      if (!totals.has(rows))
        totals.set(
          rows,
          largeValues(rows, 0).reduce((sum, value) => sum + value, 0),
        );
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.keys(LARGE_FILES))('%s', (name) => {
    const path = join(folder, name);
    const rows = rowsOf(name);
    LARGE_FILES[name](path, rows);
    const { size } = statSync(path);
    const got = reading(path);
    rmSync(path);
    expect([got.rows, got.numbers]).toEqual([rows, rows * LARGE_DIMS]);
    expect(size).toBeGreaterThan(30 * MB);
    expect(got.total).toBe(totals.get(rows));
    expect(got.peak - idle, `${Math.round((got.peak - idle) / MB)} MB for ${Math.round(size / MB)} MB`).toBeLessThan(
      2 * size + ALLOWANCE,
    );
  });
});
