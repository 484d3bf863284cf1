import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Split, splitFromColumn, splitRows, type SplitSettings } from './split.ts';

interface Part {
  readonly count: number;
  readonly first: readonly number[];
  /** Of the row numbers as little-endian uint32. */
  readonly sha256: string;
}
/** Made by fixtures/make_fixtures.py with NumPy. */
const fixtures: readonly {
  readonly rows: number;
  readonly settings: SplitSettings;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
}[] = JSON.parse(readFileSync(new URL('./fixtures/splits.json', import.meta.url), 'utf8'));

const PARTS = ['train', 'validation', 'test'] as const;
const usual: SplitSettings = { train: 0.7, validation: 0.15, test: 0.15, stratified: true, seed: 42 };

/** The pattern of the fixtures: 1 where row² mod 10 is below 4. */
function patternLabels(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => ((row * row) % 10 < 4 ? 1 : 0));
}

test.each(fixtures)('the split of $rows rows by $settings equals NumPy’s', (row) => {
  const split = splitRows(patternLabels(row.rows), row.settings);
  for (const name of PARTS) {
    const bytes = new Uint8Array(split[name].buffer, split[name].byteOffset, split[name].byteLength);
    expect([...split[name].subarray(0, 12)]).toEqual(row[name].first);
    expect(split[name].length).toBe(row[name].count);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(row[name].sha256);
  }
});

const anySettings: fc.Arbitrary<SplitSettings> = fc
  .tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.boolean(), fc.maxSafeNat())
  .map(([one, other, stratified, seed]) => {
    const train = Math.min(one, other) / 1000;
    const validation = Math.abs(one - other) / 1000;
    return { train, validation, test: Math.max(0, 1 - train - validation), stratified, seed };
  });
const anyLabels = fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 300 }).map((list) => Uint8Array.from(list));

test('the parts hold every row once, each in file order', () => {
  fc.assert(
    fc.property(anyLabels, anySettings, (labels, settings) => {
      const split = splitRows(labels, settings);
      const all = PARTS.flatMap((name) => [...split[name]]).sort((a, b) => a - b);
      expect(all).toEqual([...labels.keys()]);
      for (const name of PARTS) {
        expect([...split[name]]).toEqual([...split[name]].sort((a, b) => a - b));
      }
    }),
  );
});

test('a stratified split gives each class its share to within one row', () => {
  fc.assert(
    fc.property(anyLabels, anySettings, (labels, settings) => {
      const split = splitRows(labels, { ...settings, stratified: true });
      for (const label of [0, 1]) {
        const k = labels.filter((value) => value === label).length;
        for (const name of PARTS) {
          const got = split[name].filter((row) => labels[row] === label).length;
          expect(Math.abs(got - settings[name] * k)).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});

test('an unstratified split does not look at the labels', () => {
  const settings = { ...usual, stratified: false };
  expect(splitRows(patternLabels(500), settings)).toEqual(splitRows(new Uint8Array(500), settings));
});

test('the seed decides the split', () => {
  const labels = patternLabels(200);
  expect(splitRows(labels, usual)).toEqual(splitRows(labels, usual));
  expect(splitRows(labels, usual)).not.toEqual(splitRows(labels, { ...usual, seed: 43 }));
});

test('no rows split into three empty parts', () => {
  const empty: Split = { train: new Uint32Array(), validation: new Uint32Array(), test: new Uint32Array() };
  expect(splitRows(new Uint8Array(), usual)).toEqual(empty);
  expect(splitFromColumn([])).toEqual(empty);
});

test('fractions that do not sum to 1, or are negative or missing, are refused', () => {
  const labels = patternLabels(10);
  const refuse = (change: Partial<SplitSettings>, message: RegExp) => {
    expect(() => splitRows(labels, { ...usual, ...change })).toThrow(RangeError);
    expect(() => splitRows(labels, { ...usual, ...change })).toThrow(message);
  };
  refuse({ test: 0.2 }, /must sum to 1/);
  refuse({ test: 0.15 + 2e-9 }, /must sum to 1/);
  refuse({ train: 0.9, validation: -0.05 }, /validation fraction/);
  refuse({ train: NaN }, /train fraction/);
  refuse({ test: Infinity }, /must sum to 1/);
  expect(splitRows(labels, { ...usual, test: 0.15 + 5e-10 })).toEqual(splitRows(labels, usual));
});

test('a bad seed and a label that is neither 0 nor 1 are refused', () => {
  expect(() => splitRows(patternLabels(10), { ...usual, seed: -1 })).toThrow(RangeError);
  expect(() => splitRows(patternLabels(10), { ...usual, seed: 2 ** 53 })).toThrow(RangeError);
  expect(() => splitRows(Uint8Array.of(0, 1, 2), usual)).toThrow('Row 3 has the label 2. A label must be 0 or 1.');
});

test('a column of the data names the split', () => {
  const split = splitFromColumn(['test', 'train', 'validation', 'train', 'test']);
  expect([...split.train]).toEqual([1, 3]);
  expect([...split.validation]).toEqual([2]);
  expect([...split.test]).toEqual([0, 4]);
});

test.each(['dev', 'Train', '', ' test'])(
  'a split column that says "%s" is refused with its row and a remedy',
  (word) => {
    expect(() => splitFromColumn(['train', word])).toThrow(RangeError);
    expect(() => splitFromColumn(['train', word])).toThrow(
      `Row 2 of the split column says "${word}". Write train, validation or test there`,
    );
  },
);
