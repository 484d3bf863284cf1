import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { OwnTable } from '../../data/own/own.ts';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { keyOf, Library } from './library.ts';
import { loadOwn } from './ownSource.ts';
import { encodeTable, readTable, type OwnAbout, type OwnRecord } from './tableFile.ts';
import { memoryDisk, memoryLocks } from './testing/memoryDisk.ts';

const bytesOf = (array: Float32Array | Float64Array) => new Uint8Array(array.buffer);

function record(
  rows: number,
  dims: number,
  more: Partial<OwnTable> = {},
  target: string | null = null,
  said: Partial<OwnAbout> = {},
) {
  const labels = Uint8Array.from({ length: rows }, (_, i) => i % 2);
  const table: OwnTable = {
    ...{ rows, dims, dtype: 'float32', labels, name0: 'ok', name1: 'bad', of: rows },
    ...{ split: null, columns: new Map(), kept: null },
    ...more,
  };
  const about: OwnAbout = {
    digests: { rows, dims, embeddings: 'e'.repeat(16), labels: 'a'.repeat(16), target },
    ...{
      dtype: table.dtype,
      title: 'x.npy',
      files: ['x.npy'],
      name0: 'ok',
      name1: 'bad',
      of: rows,
      leftOut: null,
    },
    ...{ date: '2026-01-02T03:04:05Z', bytes: 4 * rows * dims },
    ...{ of: table.of, ...said },
  };
  return { table, about } satisfies OwnRecord;
}

async function keep(library: Library, kept: OwnRecord, base: Float32Array | Float64Array, target?: Float32Array) {
  const draft = await library.begin(`t${Math.trunc(base[0] * 1000)}`);
  await (await draft.rows('base')).write(bytesOf(base), 0);
  if (target) await (await draft.rows('target')).write(bytesOf(target), 0);
  return draft.commit(kept);
}

const specOf = (kept: OwnRecord, version = 'base') => ({
  ...DEFAULT_SPEC.data,
  ...{ id: 'own', version, normalize: false, own: kept.about.digests },
});
const through = async () => {};

describe('the library of own data', () => {
  it('gives back what it was given: rows of both versions, labels, split, columns, rows kept', async () => {
    const disk = memoryDisk();
    const more = {
      split: ['train', 'test', 'train', 'test'],
      columns: new Map([['topic', ['a', 'b', 'ü', '']]]),
      kept: Uint32Array.of(0, 2, 3, 7),
      of: 9,
    };
    const kept = record(4, 2, more, 'f'.repeat(16));
    const [base, target] = [Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), Float32Array.of(8, 7, 6, 5, 4, 3, 2, 1)];
    await keep(new Library(disk, memoryLocks()), kept, base, target);

    const library = new Library(disk, memoryLocks());
    const found = await library.find(kept.about.digests);
    expect(found?.table).toEqual(kept.table);
    const one = await loadOwn(specOf(kept), library, through);
    expect([...one.embeddings.values]).toEqual([...base]);
    expect(one).toMatchObject({ title: 'x.npy', name0: 'ok', name1: 'bad', split: more.split });
    const two = await loadOwn(specOf(kept, 'target'), library, through);
    expect([...two.embeddings.values]).toEqual([...target]);
    expect(two.sha256).toBe('f'.repeat(16));
  });

  it('keeps float64 rows as float64', async () => {
    const library = new Library(memoryDisk(), memoryLocks());
    const kept = record(2, 2, { dtype: 'float64' });
    await keep(library, kept, Float64Array.of(0.1, 0.2, 0.3, 0.4));
    const { embeddings } = await loadOwn(specOf(kept), library, through);
    expect(embeddings.values).toEqual(Float64Array.of(0.1, 0.2, 0.3, 0.4));
  });

  it('finds the rows that a link names without a newer version where one is kept beside them', async () => {
    const library = new Library(memoryDisk(), memoryLocks());
    const kept = record(2, 1, {}, 'f'.repeat(16));
    await keep(library, kept, Float32Array.of(1, 2), Float32Array.of(3, 4));
    expect(await library.find({ ...kept.about.digests, target: null })).not.toBeNull();
    expect(await library.find({ ...kept.about.digests, target: '0'.repeat(16) })).toBeNull();
  });

  it('says which files a link needs when they are not here', async () => {
    const library = new Library(memoryDisk(), memoryLocks());
    const load = loadOwn(specOf(record(2000, 384, {}, 'f'.repeat(16))), library, through);
    await expect(load).rejects.toMatchObject({
      name: 'MissingOwnData',
      message: expect.stringContaining('files that are not here: 2,000 × 384 embeddings in two versions with labels'),
    });
  });

  it('shows nothing of an import before it is committed, and leaves nothing of one given up', async () => {
    const disk = memoryDisk();
    const library = new Library(disk, memoryLocks());
    const draft = await library.begin('one');
    await (await draft.rows('base')).write(bytesOf(Float32Array.of(1, 2)), 0);
    expect(await library.list()).toEqual([]);
    expect(await library.find(record(2, 1).about.digests)).toBeNull();
    await draft.abandon();
    expect(disk.bytes()).toBe(0);
    expect(await disk.folders()).toEqual([]);
  });

  it('removes what an interrupted import left, but not what another tab is writing', async () => {
    const disk = memoryDisk();
    const locks = memoryLocks();
    const gone = new Library(disk, memoryLocks());
    await (await (await gone.begin('closed-tab')).rows('base')).write(new Uint8Array(8), 0);
    const writing = await new Library(disk, locks).begin('open-tab');
    const kept = record(2, 1);
    await (await writing.rows('base')).write(bytesOf(Float32Array.of(1, 2)), 0);
    // Half of a commit: rows without a table.
    await (await disk.create('2x1-half', 'base')).write(new Uint8Array(8), 0);

    await new Library(disk, locks).clean();
    expect(await disk.folders()).toEqual(['draft-open-tab']);
    await writing.commit(kept);
    expect(await disk.folders()).toEqual([keyOf(kept.about.digests)]);
  });

  it('takes the same data twice from two tabs, and keeps one', async () => {
    const disk = memoryDisk();
    const locks = memoryLocks();
    const [a, b] = [new Library(disk, locks), new Library(disk, locks)];
    const [one, two] = await Promise.all([a.begin('a'), b.begin('b')]);
    for (const draft of [one, two]) await (await draft.rows('base')).write(bytesOf(Float32Array.of(1, 2)), 0);
    await Promise.all([
      one.commit(record(2, 1, {}, null, { title: 'a' })),
      two.commit(record(2, 1, {}, null, { title: 'b' })),
    ]);
    expect(await a.list()).toHaveLength(1);
    expect((await loadOwn(specOf(record(2, 1)), a, through)).embeddings.values).toEqual(Float32Array.of(1, 2));
    expect(disk.bytes()).toBeLessThan(1500);
  });

  it('lists the newest first and removes one', async () => {
    const library = new Library(memoryDisk(), memoryLocks());
    const older = record(2, 1);
    const newer = record(1, 2, {}, null, { date: '2026-02-01T00:00:00Z' });
    await keep(library, older, Float32Array.of(1, 2));
    await keep(library, newer, Float32Array.of(3, 4));
    expect((await library.list()).map(({ digests }) => digests.rows)).toEqual([1, 2]);
    await library.remove(keyOf(newer.about.digests));
    expect((await library.list()).map(({ digests }) => digests.rows)).toEqual([2]);
  });

  it('lists a damaged dataset so that it can be removed, and says so when it is read', async () => {
    const disk = memoryDisk();
    const library = new Library(disk, memoryLocks());
    const kept = record(2, 1);
    await keep(library, kept, Float32Array.of(1, 2));
    const key = keyOf(kept.about.digests);
    await (await disk.create(key, 'base')).write(new Uint8Array(3), 0);
    await expect(loadOwn(specOf(kept), library, through)).rejects.toThrow(
      'x.npy: what the browser kept of it is damaged',
    );
    await (await disk.create(key, 'table')).write(new Uint8Array(2), 0);
    expect((await library.list())[0].title).toContain('Unreadable');
  });

  it('stops reading where the checkpoint throws', async () => {
    const library = new Library(memoryDisk(), memoryLocks());
    const kept = record(2, 1);
    await keep(library, kept, Float32Array.of(1, 2));
    const stop = async (share: number) => {
      if (share > 0) throw new Error('stopped');
    };
    await expect(loadOwn(specOf(kept), library, stop)).rejects.toThrow('stopped');
  });
});

describe('the table of a dataset', () => {
  it('is read back as it was written, whatever its strings hold', async () => {
    const columns = fc.dictionary(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(columns, async (cells) => {
        const kept = record(3, 1, { columns: new Map(Object.entries(cells)) });
        const parts = encodeTable(kept);
        const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
        let at = 0;
        for (const part of parts) {
          file.set(part, at);
          at += part.length;
        }
        const read = { name: 't', size: file.length, read: async (a: number, b: number) => file.subarray(a, b) };
        expect(await readTable(read)).toEqual(kept);
      }),
      { numRuns: 50 },
    );
  });
});
