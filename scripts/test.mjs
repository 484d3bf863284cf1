import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, ensureBuilt } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { run } from './processes.mjs';
import { ensurePython } from './python.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';
import { countPlaywright, countVitest, readCounts, summary } from './testCounts.mjs';

const RESULTS = join(ROOT, 'test-results');
const UNIT_REPORT = join(RESULTS, 'unit.json');
const E2E_REPORT = join(RESULTS, 'e2e.json');

const counts = [];

/** Runs the command line tool of an installed package. */
const tool = (path, args, env = {}) =>
  run(process.execPath, [join(ROOT, 'node_modules', path), ...args], { cwd: ROOT, env: { ...process.env, ...env } });

/** A report left from an earlier run must never be counted, so it goes first; without a new one the step fails. */
async function counted(report, count, runTests) {
  mkdirSync(RESULTS, { recursive: true });
  rmSync(report, { force: true });
  const code = await runTests();
  if (!existsSync(report)) {
    console.error('The test run wrote no report.');
    return code || 1;
  }
  const result = readCounts(report, count);
  counts.push(result);
  return code || (result.failed > 0 ? 1 : 0);
}

const steps = {
  types: () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
  lint: async () =>
    (await tool('eslint/bin/eslint.js', ['.'])) ||
    tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  unit: async (rest) => {
    await ensurePython();
    return counted(UNIT_REPORT, countVitest, () => {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
      return tool('vitest/vitest.mjs', ['run', ...reporters, ...rest]);
    });
  },
  build: () => build(),
  bundle: () => run(process.execPath, [join(ROOT, 'scripts/checkBundle.mjs')], { cwd: ROOT }),
  e2e: async (rest) => {
    let chromium;
    try {
      chromium = await findChromium();
    } catch (error) {
      console.error(error.message);
      return 1;
    }
    console.log(`Browser: ${chromium}`);
    return counted(E2E_REPORT, countPlaywright, () =>
      tool('@playwright/test/cli.js', ['test', ...rest], { CHROMIUM_PATH: chromium, E2E_REPORT }),
    );
  },
};
const NAMES = Object.keys(steps);
const NEEDS_BUILD = ['bundle', 'e2e'];

const USAGE = `Usage: npm test                      every part: ${NAMES.join(', ')}; stops at the first that fails
       npm test -- --all             every part, also after one that fails
       npm test -- PART [ARGUMENT …] one part; the arguments go to its tool (npm test -- unit roc)`;

const [first, ...rest] = process.argv.slice(2);
const all = first === '--all';
if (first !== undefined && !all && !NAMES.includes(first)) {
  console.error(USAGE);
  process.exit(2);
}

const parts = first === undefined || all ? NAMES : [first];
const failed = [];

await ensureInstalled();
for (const name of parts) {
  if (NEEDS_BUILD.includes(name) && !failed.includes('build')) await ensureBuilt();
  console.log(`\n== ${name}`);
  const began = performance.now();
  const code = await steps[name](parts.length === 1 ? rest : []);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${name}: ${code === 0 ? 'ok' : `failed with exit code ${code}`}, ${seconds} s`);
  if (code === 0) continue;
  failed.push(name);
  process.exitCode ||= code;
  if (!all) break;
}

const tests = counts.length > 0 ? summary(counts) : '';
// A bare count is the mark of a green run, so one that failed never prints it alone.
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}${tests && ` (tests: ${tests})`}`);
else if (tests) console.log(`\n${tests}`);
