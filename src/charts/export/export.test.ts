import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { validSpec } from '../../spec/fixtures/arbitrarySpec.ts';
import { exactTable, toCsv } from './csv.ts';
import { fileStem, slug } from './fileStem.ts';
import { plainColor } from './presentation.ts';

describe('a file of numbers', () => {
  test('keeps every digit of any number, and leaves undefined ones empty', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (numbers) => {
        const lines = toCsv({ columns: ['x'], rows: numbers.map((number) => [number]) }).split('\n');
        // A zero has no sign in text.
        expect(lines.slice(1, -1).map(Number)).toEqual(numbers.map((number) => (number === 0 ? 0 : number)));
      }),
    );
    expect(toCsv({ columns: ['a', 'b'], rows: [[null, Number.NaN]] })).toBe('a,b\n,\n');
  });

  test('quotes cells with commas, quotes and line ends', () => {
    expect(toCsv({ columns: ['a, b'], rows: [['says "no"'], ['two\nlines']] })).toBe(
      '"a, b"\n"says ""no"""\n"two\nlines"\n',
    );
  });

  test('is refused for a chart that does not say what it draws, and none before the first value', () => {
    expect(exactTable({ kind: 'roc', data: null, options: {} })).toBeNull();
    expect(() => exactTable({ kind: 'unheard', data: {}, options: {} })).toThrow('does not say');
  });

  test('of lines holds points, bands, published values and levels', () => {
    const series = [
      { id: 'a', name: 'A', tone: 'a' as const, x: [0, 0.1], y: [1, 1 / 3], low: [0.9, 0.3], high: [1.1, 0.4] },
    ];
    const data = { series, published: [{ x: 0.1, y: 0.5, label: 'Fig. 1' }], levels: [{ y: 0.2, label: 'floor' }] };
    const options = { xTitle: 'σ', yTitle: 'AUC', xScale: 'linear', decimals: 2 };
    expect(exactTable({ kind: 'line', data, options })).toEqual({
      columns: ['line', 'σ', 'AUC', 'low', 'high'],
      rows: [
        ['A', 0, 1, 0.9, 1.1],
        ['A', 0.1, 1 / 3, 0.3, 0.4],
        ['Fig. 1', 0.1, 0.5, null, null],
        ['floor', null, 0.2, null, null],
      ],
    });
  });

  test('of bars has a row for each bar of each group', () => {
    const series = [{ id: 'a', name: 'A', tone: 'a' as const, values: [0.1, Number.NaN], published: [0.2, 0.3] }];
    const data = { groups: ['g', 'h'], series };
    const table = exactTable({ kind: 'bars', data, options: { xTitle: 'group', yTitle: 'share', decimals: 2 } });
    expect(table?.rows).toEqual([
      ['g', null, 'A', 0.1, null, null, 0.2],
      ['h', null, 'A', Number.NaN, null, null, 0.3],
    ]);
  });
});

describe('the name of a file', () => {
  test('follows from the spec alone, holds nothing that a file system minds, and differs with any setting', () => {
    fc.assert(
      fc.property(validSpec, (spec) => {
        expect(fileStem(spec)).toBe(fileStem(structuredClone(spec)));
        expect(fileStem(spec)).toMatch(/^[a-z0-9._+-]+$/);
      }),
    );
    const other = { ...DEFAULT_SPEC, split: { ...DEFAULT_SPEC.split, seed: 7 } };
    expect(fileStem(other)).not.toBe(fileStem(DEFAULT_SPEC));
    expect(fileStem(DEFAULT_SPEC)).toMatch(/^tweets-base_gaussian-0\.02_[0-9a-f]{8}$/);
  });

  test('does not follow what is open on screen', () => {
    const open = { ...DEFAULT_SPEC, view: { ...DEFAULT_SPEC.view, panels: ['walk' as const] } };
    expect(fileStem(open)).toBe(fileStem(DEFAULT_SPEC));
  });

  test('of a chart is its title in plain letters', () => {
    expect(slug('Confidence, right and wrong')).toBe('confidence-right-and-wrong');
    expect(slug('σ')).toBe('chart');
  });
});

test('colours are written as every reader of SVG knows them', () => {
  expect(plainColor('rgb(11, 92, 173)')).toEqual({ hex: '#0b5cad', alpha: 1 });
  expect(plainColor('rgba(0, 0, 0, 0)')).toEqual({ hex: '#000000', alpha: 0 });
  expect(plainColor('rgb(192 18 127 / 0.1)')).toEqual({ hex: '#c0127f', alpha: 0.1 });
  expect(plainColor('color(srgb 1 0.5 0 / 0.25)')).toEqual({ hex: '#ff8000', alpha: 0.25 });
  expect(plainColor('none')).toBeNull();
});
