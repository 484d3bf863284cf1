import { describe, expect, it, vi } from 'vitest';
import type { ImportClient } from '../engine/own/importClient.ts';
import type { ImportEvents } from '../engine/own/importApi.ts';
import { Importer } from '../engine/own/importer.ts';
import { memoryDisk, memoryLocks } from '../engine/own/testing/memoryDisk.ts';
import { createOwnImport, wholeMapping } from './ownDataImport.ts';

/** The page's end and the importer itself, without the worker between them. */
function pageOn(disk = memoryDisk()) {
  let names = 0;
  const locks = memoryLocks();
  const importer = new Importer(
    async () => ({ disk, locks }),
    () => `n${names++}`,
  );
  type Ask = (api: Importer, events: ImportEvents) => Promise<unknown>;
  const call = (ask: Ask, watch: ImportEvents['progress'] = () => {}) => ask(importer, { progress: watch });
  const client = { call } as unknown as Pick<ImportClient, 'call'>;
  return { disk, store: createOwnImport(client, () => new Date('2026-03-04T05:06:07Z')) };
}

/** Two numbered columns with a label, or other names for them. */
function table(rows: number, { header = 'label,e0,e1', words = ['0', '1'], name = 't.csv' } = {}): File {
  const lines = Array.from({ length: rows }, (_, i) => `${words[i % words.length]},${Math.sin(i)},${Math.cos(i * i)}`);
  return new File([[header, ...lines].join('\n')], name, { lastModified: 1 });
}

describe('files on their way into the lab', () => {
  it('are opened, mapped, read and reported on at once, and kept when asked', async () => {
    const { store } = pageOn();
    await store.getState().add([table(40)]);
    const { reply, work, problem } = store.getState();
    expect([work, problem]).toEqual([null, null]);
    expect(reply?.checked?.report.rows).toBe(40);
    const entry = await store.getState().keep();
    expect(entry).toMatchObject({ date: '2026-03-04T05:06:07.000Z', digests: { rows: 40, dims: 2 } });
    expect(store.getState().library?.entries).toEqual([entry]);
    await store.getState().remove(entry?.key ?? '');
    expect(store.getState().library?.entries).toEqual([]);
  });

  it('add up, and the same file twice is one', async () => {
    const { store } = pageOn();
    const one = table(10);
    await store.getState().add([one]);
    await store.getState().add([one, table(20, { name: 'u.csv' })]);
    expect(store.getState().files.map(({ name }) => name)).toEqual(['t.csv', 'u.csv']);
    await store.getState().removeFile(0);
    expect(store.getState().reply?.checked?.report.rows).toBe(20);
    await store.getState().removeFile(0);
    expect(store.getState()).toMatchObject({ files: [], opened: null, parts: null, reply: null });
  });

  it('take the other value as unsafe when a person says so, and give other labels', async () => {
    const { store } = pageOn();
    await store.getState().add([table(40, { words: ['red', 'blue', 'blue'] })]);
    const before = store.getState();
    const label = before.parts?.label;
    expect(before.labels?.guess.sure).toBe(false);
    if (!label) throw new Error('No label was guessed.');
    const unsafe = label.unsafe === 'red' ? 'blue' : 'red';
    await store.getState().map({ label: { ...label, unsafe } });
    const after = store.getState();
    expect(after.parts?.label?.unsafe).toBe(unsafe);
    expect(after.reply?.checked?.name1).toBe(unsafe);
    expect(after.reply?.checked?.digests.embeddings).toBe(before.reply?.checked?.digests.embeddings);
    expect(after.reply?.checked?.digests.labels).not.toBe(before.reply?.checked?.digests.labels);
  });

  it('say what is wrong with them, and go on once a person mends the choice', async () => {
    const { store } = pageOn();
    const lines = Array.from({ length: 30 }, (_, i) => `${'abc'[i % 3]},${i % 2},${Math.sin(i)},${Math.cos(i * i)}`);
    await store.getState().add([new File([['label,flag,e0,e1', ...lines].join('\n')], 't.csv')]);
    await store.getState().map({ label: { file: 0, column: 'label', unsafe: 'c' } });
    expect(store.getState()).toMatchObject({ reply: null, work: null });
    expect(store.getState().problem).toContain('t.csv, row 4: the label is "c", a third value');
    await store.getState().map({ label: { file: 0, column: 'flag', unsafe: '' } });
    expect(store.getState().problem).toBeNull();
    expect(wholeMapping(store.getState().parts)?.label).toEqual({ file: 0, column: 'flag', unsafe: '1' });
    expect(store.getState().reply?.checked?.report.rows).toBe(30);
  });

  it('show progress, and are given up by Cancel without a trace', async () => {
    const { store, disk } = pageOn();
    const doing: string[] = [];
    const deaf = store.subscribe(({ work }) => {
      if (!work?.progress) return;
      doing.push(work.progress.doing);
      if (work.progress.doing.startsWith('Taking in')) store.getState().cancel();
    });
    await store.getState().add([table(60_000)]);
    deaf();
    expect(doing.at(-1)).toBe('Taking in t.csv');
    expect(store.getState()).toMatchObject({ work: null, reply: null, problem: null });
    await vi.waitFor(() => expect(disk.bytes()).toBe(0));
    await store.getState().check();
    expect(store.getState().reply?.checked?.report.rows).toBe(60_000);
  });
});
