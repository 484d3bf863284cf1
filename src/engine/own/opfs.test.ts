import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiskFull } from './disk.ts';
import { openOpfs } from './opfs.ts';

describe('a browser without private files', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is told plainly, with what to do', async () => {
    vi.stubGlobal('navigator', {});
    await expect(openOpfs()).rejects.toThrow(
      'Own data: this browser keeps no files for this page. Open the lab over https or on localhost',
    );
    const refuse = () => Promise.reject(new Error('denied'));
    vi.stubGlobal('navigator', { storage: { getDirectory: refuse } });
    await expect(openOpfs()).rejects.toThrow('keeps no files for this page (denied)');
  });
});

describe('storage that keeps less than was written', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is full, also where writing did not say so', async () => {
    const kept = 3;
    const access = {
      truncate: () => undefined,
      write: (bytes: Uint8Array) => bytes.length,
      read: (into: Uint8Array) => Math.min(kept, into.length),
      flush: () => undefined,
      close: () => undefined,
    };
    const folder = {
      getDirectoryHandle: async () => folder,
      getFileHandle: async () => ({ createSyncAccessHandle: async () => access }),
    };
    vi.stubGlobal('navigator', { storage: { getDirectory: async () => folder } });
    const file = await (await openOpfs()).create('a', 'base');
    await file.write(new Uint8Array(8), 0);
    await expect(file.read(new Uint8Array(8), 0)).rejects.toThrow(DiskFull);
    await file.read(new Uint8Array(kept), 0);
  });
});
