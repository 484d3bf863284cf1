import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { run } from './processes.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';

const USAGE =
  'Usage: npm run bench [-- --quick] [NAME ...]   runs bench/*.ts in name order, or only those whose name holds a NAME';

const folder = join(ROOT, 'bench');
const given = process.argv.slice(2);
const wanted = given.filter((name) => name !== '--quick');
if (wanted.some((name) => name.startsWith('-'))) {
  console.error(USAGE);
  process.exit(2);
}
await ensureInstalled();
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(
    wanted.length === 0 ? 'There is no benchmark in bench/.' : `No benchmark is called ${wanted.join(' or ')}.`,
  );
  process.exit(1);
}
await ensureBuilt();
const env = { ...process.env, ...(given.includes('--quick') ? { BENCH_QUICK: '1' } : {}) };
try {
  env.CHROMIUM_PATH = await findChromium();
} catch (error) {
  console.error(error.message); // The benchmarks that need no browser run all the same.
}

const failed = [];
for (const file of files) {
  console.log(`\n== ${file}`);
  const code = await run(
    process.execPath,
    ['--expose-gc', '--import', import.meta.resolve('tsx'), join(folder, file)],
    {
      cwd: ROOT,
      env,
    },
  );
  if (code !== 0) failed.push(`${file} (exit code ${code})`);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exit(1);
}
