import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { note } from './table.ts';

const CHECK = 'import numpy, scipy, sklearn; print(numpy.__version__, sklearn.__version__)';

/** Settings of one machine's OpenBLAS would make its times those of another processor. */
function pythonEnv(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
  return env;
}

export interface Python {
  /** "NumPy 1.24.2, scikit-learn 1.2.1" */
  readonly versions: string;
  /** Runs a script of bench/python with these arguments; it prints one JSON value. */
  run<T>(script: string, args: readonly string[]): Promise<T>;
}

/** A Python that has NumPy and scikit-learn; null, with a line that says so, where there is none. */
export function findPython(): Python | null {
  for (const program of ['python3', '/usr/bin/python3']) {
    try {
      const [numpy, sklearn] = execFileSync(program, ['-c', CHECK], {
        encoding: 'utf8',
        env: pythonEnv(),
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 60_000,
      })
        .trim()
        .split(' ');
      return {
        versions: `NumPy ${numpy}, scikit-learn ${sklearn}`,
        run: async (script, args) => {
          const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
          const { stdout } = await promisify(execFile)(program, [path, ...args], {
            env: pythonEnv(),
            maxBuffer: 1 << 26,
          });
          return JSON.parse(stdout) as never;
        },
      };
    } catch {
      continue;
    }
  }
  note('No python3 with NumPy and scikit-learn here: no baseline beside these figures.');
  return null;
}

/** Runs `work` with a folder for files that another process reads, and removes the folder afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'silent-failure-lab-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes float64 numbers as they lie in memory; `numpy.fromfile(path)` reads them. */
export function writeRaw(folder: string, name: string, values: Float64Array): string {
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return path;
}
