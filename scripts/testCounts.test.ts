import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countPlaywright, countVitest, readCounts, summary } from './testCounts.mjs';

const vitest = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };
const playwright = { stats: { expected: 7, unexpected: 2, flaky: 1, skipped: 0 } };

test('the last line of a green run is N passed, 0 failed', () => {
  const green = { stats: { expected: 7, unexpected: 0, flaky: 1, skipped: 0 } };
  expect(summary([countVitest({ ...vitest, numPendingTests: 0, numTodoTests: 0 }), countPlaywright(green)])).toBe(
    '48 passed, 0 failed',
  );
});

test('failed and skipped tests of both kinds are counted', () => {
  expect(summary([countVitest(vitest), countPlaywright(playwright)])).toBe('48 passed, 2 failed, 2 skipped');
});

test('a report without its numbers is an error and not a zero', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counts-'));
  const path = join(folder, 'report.json');
  writeFileSync(path, '{}');
  expect(() => readCounts(path, countVitest)).toThrow('gives no number of passed tests');
  rmSync(folder, { recursive: true, force: true });
});
