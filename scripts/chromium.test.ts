import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOW_TO_GET_ONE, candidates, findChromium } from './chromium.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const works = (name: string) => program(name, 'echo "Chromium 150.0.1"');

/** A machine without a browser: only what a test puts in its folder is there. */
const bare = (options: Parameters<typeof findChromium>[0] = {}) =>
  findChromium({ env: {}, installed: () => [], own: () => null, installers: [], log: () => {}, ...options });

test('CHROMIUM_PATH wins over everything that is installed', async () => {
  const mine = works('mine');
  expect(await bare({ env: { CHROMIUM_PATH: mine }, installed: () => [works('other')] })).toBe(mine);
});

test('a CHROMIUM_PATH that does not start is an error and not passed over in silence', async () => {
  for (const path of [
    join(folder, 'missing'),
    folder,
    program('broken', 'exit 1'),
    program('other', 'echo Firefox 1'),
  ]) {
    await expect(bare({ env: { CHROMIUM_PATH: path }, installed: () => [works('good')] })).rejects.toThrow(path);
  }
});

test('programs on PATH come in the order of their names, and files that cannot be run do not count', () => {
  works('google-chrome');
  works('chromium');
  writeFileSync(join(folder, 'chromium-browser'), 'not a program');
  mkdirSync(join(folder, 'chrome'));
  const found = candidates({ PATH: folder }, 'linux').filter((path) => path.startsWith(folder));
  expect(found).toEqual([join(folder, 'chromium'), join(folder, 'google-chrome')]);
});

test('an application in the home folder is found on macOS', () => {
  const app = works('Applications/Chromium.app/Contents/MacOS/Chromium');
  expect(candidates({ HOME: folder, PATH: '' }, 'darwin')).toContain(app);
});

test('a stub that only says how to install a browser is passed over', async () => {
  const stub = program('stub', 'echo "requires the chromium snap to be installed" >&2; exit 1');
  const good = works('good');
  expect(await bare({ installed: () => [stub, good] })).toBe(good);
});

test("Playwright's own browser is used when the system has none", async () => {
  const own = works('own');
  expect(await bare({ own: () => own })).toBe(own);
});

test('without any browser the installers run in turn until one starts', async () => {
  const tried: string[] = [];
  const installers = ['first', 'second', 'third'].map((name) => ({
    name,
    install: async () => {
      tried.push(name);
      if (name === 'second') works('fresh');
    },
  }));
  expect(await bare({ installed: () => [join(folder, 'fresh')], installers })).toBe(join(folder, 'fresh'));
  expect(tried).toEqual(['first', 'second']);
});

test('when nothing helps, one line says what to do', async () => {
  const installers = [{ name: 'nothing', install: async () => {} }];
  await expect(bare({ installers })).rejects.toThrow(HOW_TO_GET_ONE);
  expect(HOW_TO_GET_ONE).toContain('CHROMIUM_PATH');
  expect(HOW_TO_GET_ONE).not.toContain('\n');
});
