import { join } from 'node:path';
import { run } from './processes.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';

await ensureInstalled();
const script = join(ROOT, 'cli/lab.ts');
// npm moves to the project's folder; the paths a person types are meant from where they stand.
const cwd = process.env.npm_lifecycle_event === 'lab' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
process.exitCode = await run(
  process.execPath,
  ['--import', import.meta.resolve('tsx'), script, ...process.argv.slice(2)],
  {
    cwd,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') },
  },
);
