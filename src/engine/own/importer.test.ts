import { describe, expect, it } from 'vitest';
import type { Mapping, RowChoices } from '../../data/own/own.ts';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import type { Disk } from './disk.ts';
import type { ImportProgress } from './importApi.ts';
import { Importer } from './importer.ts';
import { Library } from './library.ts';
import { loadOwn } from './ownSource.ts';
import { memoryDisk, memoryLocks } from './testing/memoryDisk.ts';

const ALL: RowChoices = { nonFinite: 'refuse', sample: null };
const quiet = { progress: () => {} };
const rowsOf = (rows: number, dims: number, at = (i: number) => Math.sin(i + 1)) =>
  Float32Array.from({ length: rows * dims }, (_, i) => at(i));
const npy = (values: Float32Array<ArrayBuffer>, rows: number, dims: number, name = 'x.npy') => {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${dims}), }`;
  const head = `\x93NUMPY\x01\x00${String.fromCharCode(118, 0)}${text.padEnd(117)}\n`;
  return new File([Uint8Array.from(head, (letter) => letter.charCodeAt(0)), values], name);
};
const csv = (rows: number, name = 'y.csv') =>
  new File([`label,topic\n${Array.from({ length: rows }, (_, i) => `${i % 2},t${i % 3}`).join('\n')}\n`], name);

function importerOn(disk: Disk) {
  const locks = memoryLocks();
  let names = 0;
  return {
    importer: new Importer(
      async () => ({ disk, locks }),
      () => `n${names++}`,
    ),
    library: new Library(disk, locks),
  };
}

async function mapped(importer: Importer, files: File[]): Promise<Mapping> {
  const { guess } = await importer.open(files, quiet);
  if (!guess.mapping) throw new Error('Nothing was guessed.');
  return guess.mapping;
}

const load = (library: Library, own: NonNullable<typeof DEFAULT_SPEC.data.own>, version = 'base') =>
  loadOwn({ ...DEFAULT_SPEC.data, id: 'own', version, own }, library, async () => {});

describe('importing a person’s files', () => {
  it('reads, reports and keeps the rows that the engine then finds', async () => {
    const { importer, library } = importerOn(memoryDisk());
    const values = rowsOf(40, 3);
    const mapping = await mapped(importer, [npy(values, 40, 3), csv(40)]);
    const { checked, pairing } = await importer.check(mapping, ALL, quiet);
    expect(pairing).toMatchObject({ by: 'place', rows: 40 });
    expect(checked).toMatchObject({ title: 'x.npy', of: 40, leftOut: null, name1: 'label 1' });
    expect(checked?.report.classes.map(({ count }) => count)).toEqual([20, 20]);
    const entry = await importer.keep('2026-03-04T05:06:07Z');
    expect((await importer.library()).entries).toEqual([entry]);
    const set = await load(library, entry.digests);
    expect([...set.embeddings.values]).toEqual([...values]);
    expect([...set.labels]).toEqual(Array.from({ length: 40 }, (_, i) => i % 2));
    expect(set.columns.get('topic')?.slice(0, 4)).toEqual(['t0', 't1', 't2', 't0']);
  });

  it('keeps two versions of the same rows', async () => {
    const { importer, library } = importerOn(memoryDisk());
    const [old, newer] = [rowsOf(30, 2), rowsOf(30, 2, (i) => Math.cos(i))];
    const files = [npy(old, 30, 2, 'old.npy'), npy(newer, 30, 2, 'new.npy'), csv(30)];
    const { checked } = await importer.check(await mapped(importer, files), ALL, quiet);
    expect(checked?.title).toBe('old.npy → new.npy');
    const { digests } = await importer.keep('2026-03-04T05:06:07Z');
    expect([...(await load(library, digests)).embeddings.values]).toEqual([...old]);
    expect([...(await load(library, digests, 'target')).embeddings.values]).toEqual([...newer]);
  });

  it('refuses rows with NaN until they are left out by choice, and says how many were', async () => {
    const disk = memoryDisk();
    const { importer } = importerOn(disk);
    const values = rowsOf(30, 2);
    values[10] = NaN;
    values[21] = Infinity;
    const mapping = await mapped(importer, [npy(values, 30, 2), csv(30)]);
    const refused = await importer.check(mapping, ALL, quiet);
    expect(refused.checked).toBeNull();
    expect(refused.nonFinite).toMatchObject({
      rows: 2,
      message: expect.stringContaining('x.npy, row 6: column 1 is NaN'),
    });
    expect(disk.bytes()).toBe(0);
    const { checked } = await importer.check(mapping, { ...ALL, nonFinite: 'drop' }, quiet);
    expect(checked).toMatchObject({
      title: 'x.npy, 28 of 30 rows',
      leftOut: 'left out: 2 with NaN or infinity',
      digests: { rows: 28 },
    });
  });

  it('takes a seeded sample, and says of how many', async () => {
    const { importer, library } = importerOn(memoryDisk());
    const mapping = await mapped(importer, [npy(rowsOf(50, 2), 50, 2), csv(50)]);
    const sample = (seed: number) => importer.check(mapping, { ...ALL, sample: { rows: 20, seed } }, quiet);
    const first = (await sample(1)).checked;
    expect(first).toMatchObject({ title: 'x.npy, 20 of 50 rows', leftOut: 'a sample of 20 of 50, seed 1' });
    expect((await sample(2)).checked?.digests).not.toEqual(first?.digests);
    expect((await sample(1)).checked?.digests).toEqual(first?.digests);
    const { digests } = await importer.keep('2026-03-04T05:06:07Z');
    expect((await library.find(digests))?.table.kept).toHaveLength(20);
  });

  it('names a file that it cannot read and opens the others', async () => {
    const { importer } = importerOn(memoryDisk());
    const broken = new File([new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9])], 'broken.npy');
    const opened = await importer.open([broken, csv(4)], quiet);
    expect(opened.problems).toHaveLength(1);
    expect(opened.problems[0]).toMatchObject({ given: 0, message: expect.stringMatching(/^broken\.npy: .+\. .+\.$/) });
    expect(opened.files.map(({ name, given }) => [name, given])).toEqual([['y.csv', 1]]);
    expect(opened.guess.mapping).toBeNull();
  });

  it('tells the values of a label column and which seems unsafe', async () => {
    const { importer } = importerOn(memoryDisk());
    await importer.open([csv(10)], quiet);
    const labels = await importer.labelValues({ file: 0, column: 'label' }, quiet);
    expect(labels.values.map(({ text, count }) => [text, count])).toEqual([
      ['0', 5],
      ['1', 5],
    ]);
    expect(labels.guess).toMatchObject({ unsafe: '1', sure: true });
  });

  it('stops in the middle, and leaves nothing behind', async () => {
    const disk = memoryDisk();
    const { importer } = importerOn(disk);
    const mapping = await mapped(importer, [npy(rowsOf(60_000, 64), 60_000, 64), csv(60_000)]);
    const seen: ImportProgress[] = [];
    const checking = importer.check(mapping, ALL, {
      progress: (progress) => {
        seen.push(progress);
        if (progress.doing.startsWith('Taking in')) void importer.stop();
      },
    });
    await expect(checking).rejects.toMatchObject({ name: 'Cancelled' });
    expect(seen.at(-1)).toMatchObject({ doing: 'Taking in x.npy', ofBytes: expect.any(Number) });
    expect(await disk.folders()).toEqual([]);
    await expect(importer.keep('2026-03-04T05:06:07Z')).rejects.toThrow('Nothing was checked.');
  });

  it('lets a newer question end the one before', async () => {
    const { importer } = importerOn(memoryDisk());
    const mapping = await mapped(importer, [npy(rowsOf(20_000, 64), 20_000, 64), csv(20_000)]);
    const before = importer.check(mapping, ALL, quiet);
    const after = importer.check(mapping, { ...ALL, sample: { rows: 10, seed: 0 } }, quiet);
    await expect(before).rejects.toMatchObject({ name: 'Cancelled' });
    expect((await after).checked?.digests.rows).toBe(10);
  });

  it('says what would fit where there is no room, and keeps what was there', async () => {
    const disk = memoryDisk(3000);
    const { importer } = importerOn(disk);
    const small = await mapped(importer, [npy(rowsOf(20, 2), 20, 2), csv(20)]);
    await importer.check(small, ALL, quiet);
    await importer.keep('2026-03-04T05:06:07Z');
    const large = await mapped(importer, [npy(rowsOf(400, 4), 400, 4), csv(400)]);
    await expect(importer.check(large, ALL, quiet)).rejects.toThrow(
      /x\.npy: its rows take 0\.0 MB, and the browser gives this page 0\.0 MB more\. Take a sample of at most \d+ rows, or remove/,
    );
    expect((await importer.library()).entries).toHaveLength(1);
    expect(await disk.folders()).toHaveLength(1);
  });

  it('says what would fit where the disk is full before it said so', async () => {
    const disk = memoryDisk(3000);
    const { importer } = importerOn({ ...disk, free: async () => null });
    const mapping = await mapped(importer, [npy(rowsOf(400, 4), 400, 4), csv(400)]);
    await expect(importer.check(mapping, ALL, quiet)).rejects.toThrow('Remove data from the library');
    expect(await disk.folders()).toEqual([]);
  });

  it('does not repeat an estimate of free room that proved wrong', async () => {
    const disk = memoryDisk(3000);
    const { importer } = importerOn({ ...disk, free: async () => 1e10 });
    const mapping = await mapped(importer, [npy(rowsOf(400, 4), 400, 4), csv(400)]);
    await expect(importer.check(mapping, ALL, quiet)).rejects.toThrow(
      'x.npy: the browser ran out of room while its rows were being written. Free space on the disk, or remove data',
    );
    expect(await disk.folders()).toEqual([]);
  });
});
