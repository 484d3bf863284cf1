import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIMIT, firstLoad, modulesOfPage, references } from './checkBundle.mjs';

let dist: string;

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

const ENGINE =
  'new Worker(new URL(""+new URL("engine.worker-1.js",import.meta.url).href,import.meta.url),{type:"module"});';

const BUILD: Record<string, string> = {
  'index.html':
    '<script type="module" crossorigin src="./assets/index-1.js"></script><link rel="modulepreload" href="./assets/shared-1.js"><link rel="icon" href="./icon.svg">',
  'assets/index-1.js': `import{a}from"./shared-1.js";import("./lazy-1.js");a();${ENGINE}`,
  'assets/shared-1.js': 'export const a=()=>{};',
  'assets/lazy-1.js': 'export const lazy=1;',
  'assets/engine.worker-1.js': 'self.fetch=null;import(`./kernels-1.js`).then(({expose})=>expose());',
  'assets/kernels-1.js': 'const load=()=>import("./webgpu-1.js"),check=()=>import("./parity-1.js");export{load,check};',
  'assets/parity-1.js': 'import"./plain-1.js";export const check=1;',
  'assets/plain-1.js': 'export{};',
  'assets/webgpu-1.js': 'const flags="tfjsflags";export{flags};',
};

function write(build: Record<string, string>): void {
  for (const [file, text] of Object.entries(build)) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), text);
  }
}

test('the first load is the entry, its static imports, the preloads and the engine worker with what it starts and checks', () => {
  write(BUILD);
  const { files, total, problems } = firstLoad(dist);
  expect(problems).toEqual([]);
  expect(files.map(({ file, room }) => `${room} ${file}`).sort()).toEqual([
    'page assets/index-1.js',
    'page assets/shared-1.js',
    'worker assets/engine.worker-1.js',
    'worker assets/kernels-1.js',
    'worker assets/parity-1.js',
    'worker assets/plain-1.js',
  ]);
  const expected = files.map(({ file }) => gzipSync(BUILD[file], { level: 9 }).length);
  expect(total).toBe(expected.reduce((sum, size) => sum + size, 0));
});

test('an engine worker that a lazy view starts counts all the same', () => {
  write({ ...BUILD, 'assets/index-1.js': 'import("./lazy-1.js");', 'assets/lazy-1.js': ENGINE });
  expect(firstLoad(dist).files.map(({ file }) => file)).toContain('assets/engine.worker-1.js');
});

test('a byte over the limit is too much', () => {
  const noise = randomBytes(LIMIT).toString('base64');
  write({ ...BUILD, 'assets/shared-1.js': `export const a=${JSON.stringify(noise)};` });
  const { total, problems } = firstLoad(dist);
  expect(total).toBeGreaterThan(LIMIT);
  expect(problems).toEqual([`${total} bytes of compressed JavaScript are over the limit of ${LIMIT}`]);
});

test('TensorFlow.js in the first load is found, in the page and in the worker', () => {
  write({ ...BUILD, 'assets/kernels-1.js': 'import"./webgpu-1.js";' });
  expect(firstLoad(dist).problems).toEqual(['TensorFlow.js is in the first load: assets/webgpu-1.js']);
});

test('a build without TensorFlow.js, worker, entry or imported file is not taken for a good one', () => {
  write({ ...BUILD, 'assets/webgpu-1.js': 'export{};' });
  expect(firstLoad(dist).problems[0]).toMatch('nowhere in the build');
  write({ ...BUILD, 'index.html': '<p>Nothing here</p>' });
  expect(firstLoad(dist).problems).toContain('index.html loads no module');
  write(BUILD);
  rmSync(join(dist, 'assets/parity-1.js'));
  expect(firstLoad(dist).problems).toEqual(['the build holds 0 self-checks of the engine instead of one']);
  write({ ...BUILD, 'assets/shared-1.js': 'import"./gone.js";export const a=1;' });
  expect(firstLoad(dist).problems).toEqual(['assets/gone.js is asked for by the page but is not in the build']);
  write({ ...BUILD, 'assets/index-1.js': 'export{};' });
  rmSync(join(dist, 'assets/engine.worker-1.js'));
  expect(firstLoad(dist).problems[0]).toMatch('starts no worker');
});

test('imports are read from the syntax, not from text that looks like them', () => {
  const code = `const s='import"./text.js"';export{x}from"./x.js";export*from'./y.js';import z from"./z.js";
    const later=()=>import('./later.js');new URL("../data/a.npy",import.meta.url);new URL("w.js",import.meta.url)`;
  expect(references(code)).toEqual({
    statics: ['./x.js', './y.js', './z.js'],
    dynamics: ['./later.js'],
    workers: ['w.js'],
  });
});

test('the modules of a page are its scripts and its module preloads', () => {
  expect(modulesOfPage(BUILD['index.html'])).toEqual(['assets/index-1.js', 'assets/shared-1.js']);
  expect(modulesOfPage('<link rel="stylesheet" href="./a.css"><script>inline()</script>')).toEqual([]);
});
