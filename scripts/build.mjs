import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';
import { isMain } from './isMain.mjs';

export const DIST = join(ROOT, 'dist');

const STAMP = join(DIST, '.sources');
const SOURCES = ['index.html', 'package-lock.json', 'public', 'src', 'tsconfig.json', 'vite.config.ts', 'workers'];
const NOT_BUILT = /\.test\.tsx?$|(^|\/)fixtures(\/|$)/;

function* filesUnder(path) {
  if (!existsSync(join(ROOT, path)) || NOT_BUILT.test(path)) return;
  let entries;
  try {
    entries = readdirSync(join(ROOT, path)).sort();
  } catch {
    yield path;
    return;
  }
  for (const entry of entries) yield* filesUnder(`${path}/${entry}`);
}

/** One hash over the names and contents of everything that the build reads. */
function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesUnder(source)) {
      hash.update(
        createHash('sha256')
          .update(readFileSync(join(ROOT, file)))
          .digest(),
      );
      hash.update(file);
    }
  }
  return hash.digest('hex');
}

/** Builds `dist` for production. Returns Vite's exit code. */
export async function build({ stdio = 'inherit' } = {}) {
  const sources = sourcesHash();
  const code = await run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: ROOT,
    stdio,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code === 0) writeFileSync(STAMP, sources);
  return code;
}

/** Builds when `dist` is missing or its sources have changed since; the build's output goes to standard error. */
export async function ensureBuilt() {
  if (existsSync(join(DIST, 'index.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesHash())
    return;
  console.error('Building the lab (vite build)');
  const code = await build({ stdio: ['ignore', 2, 2] });
  if (code !== 0) {
    console.error(`The build failed with exit code ${code}.`);
    process.exit(code);
  }
}

if (isMain(import.meta.url)) {
  await ensureInstalled();
  process.exitCode = await build();
}
