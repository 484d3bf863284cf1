import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @returns {Counts} the tests in a report of Vitest's JSON reporter */
export function countVitest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @returns {Counts} the tests in a report of Playwright's JSON reporter; one that passed at a second try has passed */
export function countPlaywright(report) {
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

/** @returns {Counts} */
export function readCounts(path, count) {
  const counts = count(JSON.parse(readFileSync(path, 'utf8')));
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 0) throw new Error(`${path} gives no number of ${name} tests`);
  }
  return counts;
}

/** 'N passed, M failed', with ', K skipped' where K is not 0. */
export function summary(all) {
  const sum = (name) => all.reduce((total, counts) => total + counts[name], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
