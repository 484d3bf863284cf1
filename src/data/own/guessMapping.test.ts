import { describe, expect, test } from 'vitest';
import { guessMapping } from './guessMapping.ts';
import { memoryFile, vectors } from './testing/memoryFile.ts';

const zeroOne = [0, 1, 0, 1, 1, 0, 0, 1, 1, 0];
const ten = <T>(of: (row: number) => T): T[] => Array.from({ length: 10 }, (_, row) => of(row));
const wide = (prefix: string, dims: number, start = 0) =>
  Object.fromEntries(Array.from({ length: dims }, (_, j) => [`${prefix}${start + j}`, ten((row) => row + j / 10)]));

describe('one file with everything', () => {
  test('a vector column, a label, ids, a split, a text and columns to slice by', () => {
    const { mapping, notes } = guessMapping([
      memoryFile('all.parquet', {
        comment_id: ten((row) => `c${row}`),
        text: ten((row) => `this is comment ${row}`),
        embedding: vectors(10, 4),
        toxic: zeroOne,
        split: ten((row) => (row < 7 ? 'train' : 'test')),
        source: ten((row) => (row % 2 ? 'web' : 'chat')),
        confidence: ten((row) => row / 10 + 0.05),
      }),
    ]);
    expect(mapping).toEqual({
      embeddings: { file: 0, columns: ['embedding'] },
      target: null,
      label: { file: 0, column: 'toxic', unsafe: '1' },
      ids: ['comment_id'],
      split: { file: 0, column: 'split' },
      text: { file: 0, column: 'text' },
      slices: [{ file: 0, column: 'source' }],
    });
    expect(notes.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['embeddings', 'label', 'split', 'text', 'slices']),
    );
    expect(notes.every(({ level }) => level === 'guess')).toBe(true);
  });

  test.each([
    ['emb_', 0],
    ['emb_', 1],
    ['', 0],
    ['f', 0],
    ['embedding.', 0],
  ])('one column a dimension: %s from %i', (prefix, start) => {
    const { mapping } = guessMapping([memoryFile('t.csv', { label: zeroOne, ...wide(prefix, 12, start) })]);
    expect(mapping?.embeddings.columns).toEqual(Array.from({ length: 12 }, (_, j) => `${prefix}${start + j}`));
  });

  test('one cell that is no number does not take its dimension out of the embeddings', () => {
    const words = { ...wide('e', 12), e3: ten((row) => (row === 6 ? 'abc' : row)) };
    const { mapping } = guessMapping([memoryFile('t.csv', { label: zeroOne, ...words, topic1: ten(() => 'a') })]);
    expect(mapping?.embeddings.columns).toEqual(Array.from({ length: 12 }, (_, j) => `e${j}`));
    expect(mapping?.slices).toEqual([{ file: 0, column: 'topic1' }]);
  });

  test('a file without names: the label in its first column is no part of the embeddings', () => {
    const unnamed = { 'column 1': zeroOne, ...wide('column ', 12, 2) };
    const { mapping } = guessMapping([memoryFile('t.csv', unnamed)]);
    expect(mapping?.label.column).toBe('column 1');
    expect(mapping?.embeddings.columns).toEqual(Object.keys(unnamed).slice(1));
  });

  test('a hundred thousand columns, and names of a hundred thousand digits, are no burden', () => {
    const column = (name: string) => ({ name, kind: 'number', dims: null, type: 'text' }) as const;
    const names = [
      ...Array.from({ length: 100_000 }, (_, j) => `e${j}`),
      `${'1'.repeat(100_000)}x`,
      '_'.repeat(100_000),
    ];
    const file = { ...memoryFile('wide.csv', { label: zeroOne }), columns: [column('label'), ...names.map(column)] };
    const start = performance.now();
    expect(guessMapping([file]).mapping?.embeddings.columns).toHaveLength(100_000);
    expect(performance.now() - start).toBeLessThan(15_000);
  }, 60_000);

  test('columns that are out of order are put in the order of their numbers', () => {
    const columns = Object.fromEntries(Object.entries(wide('e', 12)).reverse());
    const { mapping } = guessMapping([memoryFile('t.csv', { ...columns, label: zeroOne })]);
    expect(mapping?.embeddings.columns.slice(0, 3)).toEqual(['e0', 'e1', 'e2']);
  });

  test('number columns without a telling name are taken last, and a person is asked to look', () => {
    const { mapping, notes } = guessMapping([
      memoryFile('t.csv', {
        width: ten((row) => row / 3),
        height: ten((row) => row / 7),
        label: zeroOne,
        id: ten(String),
      }),
    ]);
    expect(mapping?.embeddings.columns).toEqual(['width', 'height']);
    expect(notes).toContainEqual(expect.objectContaining({ about: 'embeddings', level: 'look' }));
  });

  test('several arrays in one npz', () => {
    const { mapping } = guessMapping([
      memoryFile('data.npz', { X_base: vectors(10, 3), X_tuned: vectors(10, 3), y: zeroOne }),
    ]);
    expect(mapping).toMatchObject({
      embeddings: { columns: ['X_base'] },
      target: { columns: ['X_tuned'] },
      label: { column: 'y', unsafe: '1' },
    });
  });

  test('two numbered groups of columns named old and new', () => {
    const { mapping } = guessMapping([
      memoryFile('t.csv', { ...wide('new_', 5), ...wide('old_', 5), label: ten((row) => (row % 2 ? 'spam' : 'ham')) }),
    ]);
    expect(mapping?.embeddings.columns[0]).toBe('old_0');
    expect(mapping?.target?.columns[0]).toBe('new_0');
    expect(mapping?.label.unsafe).toBe('spam');
  });

  test('two embeddings of different things in one file are not two versions', () => {
    const { mapping, notes } = guessMapping([
      memoryFile('t.parquet', { title_embedding: vectors(10, 4), body_embedding: vectors(10, 4), label: zeroOne }),
    ]);
    expect(mapping?.target).toBe(null);
    expect(notes.find(({ message }) => message.startsWith('Not used'))?.message).toContain('body_embedding');
  });
});

describe('embeddings and labels in files of their own', () => {
  const labels = memoryFile('y.csv', { label: zeroOne, source: ten(() => 'a') }, { format: 'csv', knowsRows: false });

  test('an array and a table pair by place', () => {
    const { mapping, notes } = guessMapping([memoryFile('x.npy', { values: vectors(10, 4) }), labels]);
    expect(mapping).toMatchObject({
      embeddings: { file: 0, columns: ['values'] },
      label: { file: 1, column: 'label' },
    });
    expect(notes.find(({ about }) => about === 'ids')?.message).toBe(
      'Rows pair by place, row i with row i: x.npy, y.csv have no id column.',
    );
  });

  test('labels may be an array of one dimension, known by its file', () => {
    const { mapping } = guessMapping([
      memoryFile('labels.npy', { values: zeroOne }),
      memoryFile('embeddings.npy', { values: vectors(10, 4) }),
    ]);
    expect(mapping).toMatchObject({ embeddings: { file: 1 }, label: { file: 0, column: 'values' } });
  });

  test.each([
    ['old.npy', 'new.npy', 0],
    ['emb-tuned.npy', 'emb-base.npy', 1],
    ['e5_v2.npy', 'e5_v1.npy', 1],
    ['after.npy', 'before.npy', 1],
    ['bge-base.npy', 'bge-base-finetuned.npy', 0],
    ['2023.npy', '2024.npy', 0],
  ])('%s and %s are two versions, by their names', (one, other, base) => {
    const { mapping, notes } = guessMapping([
      memoryFile(one, { values: vectors(10, 4) }),
      memoryFile(other, { values: vectors(10, 4) }),
      labels,
    ]);
    expect([mapping?.embeddings.file, mapping?.target?.file]).toEqual([base, 1 - base]);
    expect(notes.find(({ about }) => about === 'target')?.level).toBe('guess');
  });

  test('where no name says which is newer, the order is taken, and a person is asked to look', () => {
    const { mapping, notes } = guessMapping([
      memoryFile('red.npy', { values: vectors(10, 4) }),
      memoryFile('blue.npy', { values: vectors(10, 4) }),
      labels,
    ]);
    expect([mapping?.embeddings.file, mapping?.target?.file]).toEqual([0, 1]);
    expect(notes.find(({ about }) => about === 'target')).toMatchObject({ level: 'look' });
  });

  test.each([
    ['another number of dimensions', vectors(10, 5), 'one size only'],
    ['other rows', vectors(9, 4), 'has 9 rows'],
  ])('rows of %s are no newer version', (_, columns, word) => {
    const { mapping, notes } = guessMapping([
      memoryFile('old.npy', { values: vectors(10, 4) }),
      memoryFile('new.npy', { values: columns }),
      labels,
    ]);
    expect(mapping?.target).toBe(null);
    expect(notes.find(({ about }) => about === 'target')?.message).toContain(word);
  });

  test('what a person said of the files goes before their names', () => {
    const files = [
      memoryFile('new.npy', { values: vectors(10, 4) }),
      memoryFile('old.npy', { values: vectors(10, 4) }),
      labels,
    ];
    const { mapping } = guessMapping(files, { embeddings: 0, target: 1, label: 2 });
    expect([mapping?.embeddings.file, mapping?.target?.file]).toEqual([0, 1]);
    expect(guessMapping(files, { embeddings: 1, label: 2 }).mapping?.target).toBe(null);
  });
});

describe('what cannot be guessed is named', () => {
  test('no label', () => {
    const { mapping, parts, notes } = guessMapping([memoryFile('x.npy', { values: vectors(10, 4) })]);
    expect(mapping).toBe(null);
    expect(parts.embeddings).toEqual({ file: 0, columns: ['values'] });
    expect(notes).toContainEqual(expect.objectContaining({ about: 'label', level: 'problem' }));
  });

  test('no embeddings', () => {
    const { mapping, notes } = guessMapping([memoryFile('y.csv', { label: zeroOne })]);
    expect(mapping).toBe(null);
    expect(notes).toContainEqual(expect.objectContaining({ about: 'embeddings', level: 'problem' }));
  });

  test('a label that is a score', () => {
    const { notes } = guessMapping([
      memoryFile('x.parquet', { embedding: vectors(10, 4), toxicity: ten((row) => row / 10) }),
    ]);
    expect(notes.find(({ level }) => level === 'problem')?.message).toContain('toxicity of x.parquet');
  });

  test('a fold is no split', () => {
    const { mapping, notes } = guessMapping([
      memoryFile('x.parquet', { embedding: vectors(10, 4), label: zeroOne, fold: ten((row) => row % 5) }),
    ]);
    expect(mapping?.split).toBe(null);
    expect(mapping?.slices).toEqual([{ file: 0, column: 'fold' }]);
    expect(notes.find(({ about }) => about === 'split')?.message).toContain('"0"');
  });

  test('no files', () => {
    expect(guessMapping([]).mapping).toBe(null);
  });
});
