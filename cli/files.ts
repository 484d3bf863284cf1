import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createManifestSource } from '../src/engine/manifestSource.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import { UsageError } from './errors.ts';

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read or written',
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
