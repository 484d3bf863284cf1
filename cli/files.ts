import { readFileSync } from 'node:fs';
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createManifestSource } from '../src/engine/manifestSource.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import { UsageError } from './errors.ts';

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read or written',
  EROFS: 'it may not be read or written',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOSPC: 'the disk is full',
};

function why(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return WHY[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Bytes of a file in memory of their own; "-" is standard input. Throws UsageError naming the file. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(readFileSync(path === '-' ? 0 : path));
  } catch (error) {
    throw new UsageError(`${path}: ${why(error)}. Check the path.`);
  }
}

/** Finds out before the long part of a run whether its results can be written; touches nothing. Throws UsageError. */
export async function checkOutputs(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  const taken = new Set(inputs.filter((path) => path !== '-').map((path) => resolve(path)));
  for (const path of outputs) {
    if (path === '-') {
      throw new UsageError('-: standard output is taken by the result. Name a file to write to, such as ./out.csv.');
    }
    const place = resolve(path);
    if (taken.has(place)) {
      throw new UsageError(`${path}: it is named twice, and would be overwritten. Choose another place to write to.`);
    }
    taken.add(place);
    const found = await stat(place).catch(() => null);
    try {
      if (found?.isDirectory()) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
      if (!found && !(await stat(dirname(place))).isDirectory()) throw new Error('its folder is a file');
      await access(found ? place : dirname(place), constants.W_OK);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'its folder does not exist' : why(error);
      throw new UsageError(`${path}: ${reason}. Choose another place to write to.`);
    }
  }
}

export async function writeOut(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new UsageError(`${path}: ${why(error)}. Choose another place to write to.`);
  }
}

/** The sets that ship with the lab, read from disk. */
export function shippedSource(): DataSource {
  return createManifestSource((path) => readBytes(fileURLToPath(new URL(`../public/data/${path}`, import.meta.url))));
}
