import { DataError } from '../../data/errors.ts';
import { DiskFull, type Disk, type Locks } from './disk.ts';

const ROOT = 'own-data';
const KEEP = 'Open the lab over https or on localhost, in a window that is not private, to use your own files';

/** The origin's private file system, from inside a worker. Throws DataError where the browser gives none. */
export async function openOpfs(): Promise<Disk> {
  if (!('storage' in navigator) || typeof navigator.storage.getDirectory !== 'function') {
    throw new DataError('Own data', null, 'this browser keeps no files for this page', KEEP);
  }
  let root: FileSystemDirectoryHandle;
  try {
    root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new DataError('Own data', null, `this browser keeps no files for this page (${said})`, KEEP);
  }
  const folder = (name: string, create = false) => root.getDirectoryHandle(name, { create });
  return {
    async folders() {
      const names: string[] = [];
      for await (const [name, handle] of root.entries()) if (handle.kind === 'directory') names.push(name);
      return names;
    },
    async files(name) {
      const names: string[] = [];
      const handle = await absent(folder(name));
      if (handle) for await (const file of handle.keys()) names.push(file);
      return names;
    },
    async open(name, file) {
      const handle = await absent(folder(name).then((found) => found.getFileHandle(file)));
      if (!handle) return null;
      const blob = await handle.getFile();
      return {
        name: file,
        size: blob.size,
        blob,
        read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
      };
    },
    async create(name, file) {
      const handle = await (await folder(name, true)).getFileHandle(file, { create: true });
      const access = await handle.createSyncAccessHandle();
      access.truncate(0);
      let open = true;
      return {
        async write(bytes, at) {
          for (let done = 0; done < bytes.length;) {
            const rest = bytes.subarray(done) as Uint8Array<ArrayBuffer>;
            const wrote = full(() => access.write(rest, { at: at + done }));
            if (wrote === 0) throw new DiskFull();
            done += wrote;
          }
        },
        async read(into, at) {
          const read = access.read(into as Uint8Array<ArrayBuffer>, { at });
          // Only what was written is read back: Chromium may report a write beyond the quota as done.
          if (read !== into.length) throw new DiskFull();
        },
        async close() {
          if (!open) return;
          open = false;
          try {
            full(() => access.flush());
          } finally {
            access.close();
          }
        },
      };
    },
    async move(from, file, to) {
      const handle = (await (await folder(from)).getFileHandle(file)) as MovableFile;
      await handle.move(await folder(to, true), file);
    },
    async remove(name) {
      await absent(root.removeEntry(name, { recursive: true }));
    },
    async free() {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
    },
  };
}

/** Moving is in every browser that has this file system, and not yet in TypeScript's library. */
interface MovableFile extends FileSystemFileHandle {
  move(to: FileSystemDirectoryHandle, name: string): Promise<void>;
}

/** Web Locks: in every browser that has this file system. */
export function webLocks(): Locks {
  return {
    hold: (name, work) => navigator.locks.request(name, work),
    ifFree: (name, work) =>
      navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await work();
        return lock !== null;
      }),
  };
}

async function absent<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw error;
  }
}

function full<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new DiskFull();
    throw error;
  }
}
