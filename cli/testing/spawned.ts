import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './capture.ts';

const SCRIPT = fileURLToPath(new URL('../lab.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));

/** Runs a command line as a process of its own, for tests; `input` is its standard input. */
export function spawned(args: readonly string[], input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), SCRIPT, ...args],
    { input, encoding: 'utf8', env: { ...process.env, TSX_TSCONFIG_PATH: PROJECT } },
  );
  return { code: status ?? -1, stdout, stderr };
}
