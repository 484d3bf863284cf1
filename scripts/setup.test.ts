import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT, isInstalled, nodeIsSupported } from './setup.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'setup-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lockfile = (packages: Record<string, object>) =>
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));

function installed(packages: Record<string, object>): void {
  for (const path of Object.keys(packages)) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

const REACT = { 'node_modules/react': { version: '19.3.1' } };

test('nothing is installed without node_modules', () => {
  lockfile(REACT);
  expect(isInstalled(root)).toBe(false);
});

test('what npm itself installed from this lockfile is recognised', () => {
  lockfile({ ...REACT, 'node_modules/other-system': { version: '1.0.0', optional: true } });
  installed(REACT);
  expect(isInstalled(root)).toBe(true);
});

test('another version, a missing package and a removed folder are seen', () => {
  lockfile(REACT);
  installed({ 'node_modules/react': { version: '19.3.0' } });
  expect(isInstalled(root)).toBe(false);
  installed({});
  expect(isInstalled(root)).toBe(false);
  installed(REACT);
  rmSync(join(root, 'node_modules/react'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test('a lockfile that changes after the installation is seen', () => {
  lockfile(REACT);
  installed(REACT);
  expect(isInstalled(root)).toBe(true);
  lockfile({ 'node_modules/react': { version: '19.4.0' } });
  expect(isInstalled(root)).toBe(false);
});

test('the Node versions that run are those that package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(engines.node).toBe('^20.19.0 || >=22.12.0');
  const supported = ['20.19.0', '20.20.2', '22.12.0', '22.13.1', '23.0.0', '24.1.0', '26.0.0'];
  expect(supported.filter((version) => !nodeIsSupported(version))).toEqual([]);
  expect(['18.20.0', '20.18.3', '21.7.0', '22.11.0'].filter(nodeIsSupported)).toEqual([]);
});

test('the scripts that run before the installation need nothing but Node', () => {
  const seen = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(ROOT, 'scripts', file), 'utf8');
    for (const [, source] of code.matchAll(/^import\s[^'"]*['"]([^'"]+)['"]|^\} from ['"]([^'"]+)['"]/gm)) {
      if (source.startsWith('./')) follow(source.slice(2));
      else expect([file, source]).toEqual([file, expect.stringMatching(/^node:/)]);
    }
  };
  for (const file of ['start.mjs', 'test.mjs', 'lab.mjs', 'bench.mjs', 'build.mjs', 'dev.mjs']) follow(file);
  expect(seen.has('setup.mjs')).toBe(true);
});
