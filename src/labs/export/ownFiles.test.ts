import { describe, expect, it } from 'vitest';
import { readNpy } from '../../data/npy.ts';
import type { OwnTable } from '../../data/own/own.ts';
import { Library } from '../../engine/own/library.ts';
import { memoryDisk, memoryLocks } from '../../engine/own/testing/memoryDisk.ts';
import { ownFile } from './ownFiles.ts';

const DIGESTS = { rows: 3, dims: 2, embeddings: 'e'.repeat(16), labels: 'a'.repeat(16), target: 'f'.repeat(16) };
const [BASE, TARGET] = [Float32Array.of(0.1, 2, 3, 4, 5, 6), Float32Array.of(6, 5, 4, 3, 2, 1)];

async function kept(more: Partial<OwnTable> = {}): Promise<Library> {
  const library = new Library(memoryDisk(), memoryLocks());
  const table: OwnTable = {
    ...{ rows: 3, dims: 2, dtype: 'float32', labels: Uint8Array.of(1, 0, 1), name0: 'ok', name1: 'toxic', of: 5 },
    ...{ split: null, columns: new Map(), kept: Uint32Array.of(0, 2, 3) },
    ...more,
  };
  const draft = await library.begin('one');
  await (await draft.rows('base')).write(new Uint8Array(BASE.buffer), 0);
  await (await draft.rows('target')).write(new Uint8Array(TARGET.buffer), 0);
  const { dtype, name0, name1, of } = table;
  const about = { digests: DIGESTS, dtype, title: 'x.npy', files: ['x.npy'], name0, name1, of };
  await draft.commit({ about: { ...about, leftOut: '2 with NaN', date: '', bytes: 24 }, table });
  return library;
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('own rows, saved for the script', () => {
  it('are .npy files of both versions that hold every kept row to the last bit', async () => {
    const library = await kept();
    for (const [name, values] of [
      ['embeddings.npy', BASE],
      ['target.npy', TARGET],
    ] as const) {
      const read = readNpy(await bytesOf(await ownFile(DIGESTS, name, library)), name);
      expect([read.rows, read.dims]).toEqual([3, 2]);
      expect([...read.values]).toEqual([...values]);
    }
  });

  it('have labels of 0 and 1, the split and every column to slice by', async () => {
    const columns = new Map([['topic', ['a, b', 'say "c"', '']]]);
    const library = await kept({ split: ['train', 'test', 'train'], columns });
    const labels = await ownFile(DIGESTS, 'labels.csv', library);
    expect(await labels.text()).toBe('label,split,topic\n1,train,"a, b"\n0,test,"say ""c"""\n1,train,\n');
  });

  it('are refused where a column has a name that the script reads otherwise', async () => {
    const library = await kept({ columns: new Map([['split', ['a', 'b', 'c']]]) });
    await expect(ownFile(DIGESTS, 'labels.csv', library)).rejects.toThrow('a column to slice by is named "split"');
  });

  it('are refused where they are no longer kept', async () => {
    const gone = ownFile({ ...DIGESTS, labels: '0'.repeat(16) }, 'labels.csv', await kept());
    await expect(gone).rejects.toThrow('this browser does not keep these rows any more');
  });
});
