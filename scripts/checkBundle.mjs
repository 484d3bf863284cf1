import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { isMain } from './isMain.mjs';
import { ROOT } from './setup.mjs';

/** Compressed JavaScript of the first load, in bytes; 1 KB = 1,000 bytes. */
export const LIMIT = 160_000;

/** The name of the URL parameter that TensorFlow.js reads its flags from: a text in its core that minifying keeps. */
const TFJS_MARK = 'tfjsflags';

/** What the engine loads by itself once it has started, to check the backend against the plain reference. */
const SELF_CHECK = /(^|\/)parity-[^/]*\.js$/;

/** Calls `visit` with every node of a syntax tree. */
function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
  } else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') visit(node);
    for (const value of Object.values(node)) if (value !== null && typeof value === 'object') walk(value, visit);
  }
}

/** The text of a string, however the minifier quoted it; null for anything else. */
function literal(node) {
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** `new URL('name.js', import.meta.url)`, also as `'' + new URL(…).href`: how a build spells the address of a worker. */
const isUrlOfModule = (node) =>
  node.type === 'NewExpression' &&
  node.callee.name === 'URL' &&
  literal(node.arguments[0])?.endsWith('.js') &&
  node.arguments[1]?.object?.type === 'MetaProperty';

/**
 * What one built module refers to, as written there.
 *
 * @param {string} code
 * @returns {{ statics: string[], dynamics: string[], workers: string[] }}
 */
export function references(code) {
  const found = { statics: [], dynamics: [], workers: [] };
  walk(parseAst(code).body, (node) => {
    const source = literal(node.source);
    if (node.type === 'ImportExpression') {
      if (source !== null) found.dynamics.push(source);
    } else if (/^(Import|Export(Named|All))Declaration$/.test(node.type)) {
      if (source !== null) found.statics.push(source);
    } else if (isUrlOfModule(node)) {
      found.workers.push(literal(node.arguments[0]));
    }
  });
  return found;
}

/** The module scripts and module preloads of a page, relative to it. */
export function modulesOfPage(html) {
  const attribute = (tag, name) => new RegExp(`\\s${name}=["']([^"']+)["']`).exec(tag)?.[1];
  return [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
    const address = tag.startsWith('<script') ? attribute(tag, 'src') : attribute(tag, 'href');
    const wanted = tag.startsWith('<script') || attribute(tag, 'rel') === 'modulepreload';
    return wanted && address !== undefined ? [posix.normalize(address)] : [];
  });
}

/**
 * Everything that the first view loads before a person does anything: the page's modules, the engine's worker with what
 * its entry imports and the check that it runs by itself, and what these import statically. e2e/firstLoad.spec.ts holds
 * that a browser fetches just these.
 *
 * @param {string} dist the built folder
 * @returns {{ files: { file: string, room: string, raw: number, gzip: number }[], total: number, problems: string[] }}
 * `total` is the sum of gzip sizes in bytes; `problems` is empty when all is well
 */
export function firstLoad(dist) {
  const read = (file) => readFileSync(join(dist, file), 'utf8');
  const scripts = readdirSync(dist, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.m?js$/.test(file));
  const problems = [];
  const rooms = new Map();
  const workers = new Set();

  const follow = (file, room) => {
    if (rooms.has(file)) return;
    if (!scripts.includes(file)) {
      problems.push(`${file} is asked for by the ${room} but is not in the build`);
      return;
    }
    rooms.set(file, room);
    const { statics, workers: addresses } = references(read(file));
    const beside = (name) => posix.join(dirname(file), name);
    for (const name of statics) follow(beside(name), room);
    for (const name of addresses) workers.add(beside(name));
  };

  const page = modulesOfPage(read('index.html'));
  if (page.length === 0) problems.push('index.html loads no module');
  for (const file of page) follow(file, 'page');

  // A view that is loaded on demand may be the first one shown, so the engine counts wherever its worker is started.
  for (const file of scripts) if (/(^|[.-])engine[.-]/i.test(basename(file)) && /worker/i.test(file)) workers.add(file);
  if (workers.size === 0) problems.push('the page starts no worker, and none in the build is called engine');
  for (const file of [...workers]) {
    follow(file, 'worker');
    // The worker's entry guards the network, then imports the engine: that import is part of every start.
    if (scripts.includes(file)) {
      for (const name of references(read(file)).dynamics) follow(posix.join(dirname(file), name), 'worker');
    }
  }

  const checks = scripts.filter((file) => SELF_CHECK.test(file));
  if (checks.length !== 1) problems.push(`the build holds ${checks.length} self-checks of the engine instead of one`);
  for (const file of checks) follow(file, 'worker');

  const files = [...rooms].map(([file, room]) => {
    const code = readFileSync(join(dist, file));
    return { file, room, raw: code.length, gzip: gzipSync(code, { level: 9 }).length };
  });
  const total = files.reduce((sum, { gzip }) => sum + gzip, 0);
  if (total > LIMIT) problems.push(`${total} bytes of compressed JavaScript are over the limit of ${LIMIT}`);

  const withTfjs = scripts.filter((file) => read(file).includes(TFJS_MARK));
  for (const file of withTfjs.filter((name) => rooms.has(name))) {
    problems.push(`TensorFlow.js is in the first load: ${file}`);
  }
  if (withTfjs.length === 0) problems.push('TensorFlow.js is nowhere in the build, so its absence proves nothing');
  return { files, total, problems };
}

if (isMain(import.meta.url)) {
  const { files, total, problems } = firstLoad(process.argv[2] ?? join(ROOT, 'dist'));
  const row = (gzip, raw, room, file) =>
    console.log(`${gzip.padStart(9)} ${raw.padStart(9)}  ${room.padEnd(7)} ${file}`);
  row('gzip', 'raw', 'for', 'file');
  for (const { file, room, raw, gzip } of files.sort((a, b) => b.gzip - a.gzip)) row(`${gzip}`, `${raw}`, room, file);
  row(`${total}`, '', '', `of ${LIMIT} bytes of compressed JavaScript in the first load`);
  for (const problem of problems) console.error(`Bundle: ${problem}.`);
  if (problems.length > 0) process.exitCode = 1;
}
