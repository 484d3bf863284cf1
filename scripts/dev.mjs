import { join } from 'node:path';
import { run } from './processes.mjs';
import { ROOT, ensureInstalled } from './setup.mjs';

await ensureInstalled();
const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
process.exitCode = await run(process.execPath, [vite, '--host', '127.0.0.1', ...process.argv.slice(2)], { cwd: ROOT });
