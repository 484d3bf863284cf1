import { DiskFull, type Disk, type Locks } from '../disk.ts';

/** A disk and locks in memory, for tests; both outlive the "tabs" that use them. `room` is what may be written in all. */
export function memoryDisk(room = Infinity): Disk & { readonly bytes: () => number } {
  const tree = new Map<string, Map<string, Uint8Array>>();
  const bytes = () =>
    [...tree.values()].flatMap((files) => [...files.values()]).reduce((sum, file) => sum + file.length, 0);
  const folder = (name: string) => {
    const found = tree.get(name) ?? new Map<string, Uint8Array>();
    tree.set(name, found);
    return found;
  };
  return {
    bytes,
    folders: async () => [...tree.keys()],
    files: async (name) => [...(tree.get(name)?.keys() ?? [])],
    async open(name, file) {
      const found = tree.get(name)?.get(file);
      if (!found) return null;
      return {
        name: file,
        size: found.length,
        blob: new Blob([Uint8Array.from(found)]),
        read: async (start, end) => found.slice(start, end),
      };
    },
    async create(name, file) {
      folder(name).set(file, new Uint8Array(0));
      return {
        async write(more, at) {
          const before = folder(name).get(file) ?? new Uint8Array(0);
          const joined = new Uint8Array(Math.max(before.length, at + more.length));
          if (bytes() + joined.length - before.length > room) throw new DiskFull();
          joined.set(before);
          joined.set(more, at);
          folder(name).set(file, joined);
        },
        async read(into, at) {
          into.set((tree.get(name)?.get(file) ?? new Uint8Array(0)).subarray(at, at + into.length));
        },
        async close() {},
      };
    },
    async move(from, file, to) {
      const found = tree.get(from)?.get(file);
      if (!found) throw new Error(`There is no ${from}/${file}.`);
      tree.get(from)?.delete(file);
      folder(to).set(file, found);
    },
    async remove(name) {
      tree.delete(name);
    },
    free: async () => (room === Infinity ? null : room - bytes()),
  };
}

export function memoryLocks(): Locks {
  const held = new Map<string, Promise<unknown>>();
  const hold = async <R>(name: string, work: () => Promise<R>): Promise<R> => {
    while (held.has(name)) await held.get(name);
    const working = work();
    const ended = working.then(
      () => {},
      () => {},
    );
    held.set(name, ended);
    try {
      return await working;
    } finally {
      if (held.get(name) === ended) held.delete(name);
    }
  };
  return {
    hold,
    async ifFree(name, work) {
      if (held.has(name)) return false;
      await hold(name, work);
      return true;
    },
  };
}
