import { open } from 'node:fs/promises';
import { DataError } from '../src/data/errors.ts';
import type { ByteSource } from '../src/data/readers/reading.ts';
import { UsageError } from './errors.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  ENOTDIR: 'a part of the path is a file, not a folder',
};

export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** A file on disk as a source; messages name it by its path. Throws UsageError where it cannot be opened. Close it. */
export async function fileSource(path: string): Promise<FileSource> {
  try {
    const handle = await open(path, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      await handle.close();
      throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
    }
    return {
      name: path,
      size: stat.size,
      async read(start, end) {
        const bytes = new Uint8Array(end - start);
        for (let at = 0; at < bytes.length;) {
          const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0) {
            throw new DataError(path, null, 'it became shorter while it was read', 'Give it again when it is complete');
          }
          at += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    const reason = error instanceof Error ? (WHY[(error as NodeJS.ErrnoException).code ?? ''] ?? error.message) : error;
    throw new UsageError(`${path}: ${reason}. Check the path.`);
  }
}
