import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '../own/assemble.ts';
import type { Mapping, RowChoices } from '../own/own.ts';
import { memoryRows } from '../own/rows.ts';
import { surveyFiles } from '../own/survey.ts';
import { memoryFile } from '../own/testing/memoryFile.ts';
import { dataReport, memoryNeed } from './dataReport.ts';
import type { DataReport, FindingId, VersionReport, VersionsReport } from './report.ts';

interface Case {
  readonly name: string;
  readonly rows: number;
  readonly dims: number;
  readonly dtype: 'float32' | 'float64';
  readonly x: readonly number[];
  readonly z: readonly number[];
  readonly y: readonly number[];
  readonly split: readonly string[];
  readonly base: Expected;
  readonly target: Expected;
  readonly versions: VersionsReport;
}
type Expected = Omit<VersionReport, 'effectiveDimension'> & { readonly effectiveDimension: number };

/** Made by fixtures/make_report_fixtures.py with NumPy. */
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('./fixtures/reportFixtures.json', import.meta.url), 'utf8'),
);

const MAPPING: Mapping = {
  embeddings: { file: 0, columns: ['x'] },
  target: { file: 0, columns: ['z'] },
  label: { file: 0, column: 'y', unsafe: '1' },
  ids: [null],
  split: { file: 0, column: 'split' },
  text: null,
  slices: [],
};
const ALL: RowChoices = { nonFinite: 'refuse', sample: null };

interface Data {
  readonly dims: number;
  readonly x: readonly number[];
  readonly z?: readonly number[];
  readonly y: readonly number[];
  readonly split?: readonly string[];
  readonly dtype?: 'float32' | 'float64';
}

async function reportOn(data: Data, choices = ALL, budget?: number, asked = choices): Promise<DataReport> {
  const { dims, x, z, y, split, dtype } = data;
  const vector = (values: readonly number[]) => ({
    dims,
    values: dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values),
  });
  const file = memoryFile('data.npz', {
    x: vector(x),
    ...(z && { z: vector(z) }),
    y,
    ...(split && { split }),
  });
  const mapping = { ...MAPPING, ...(z ? {} : { target: null }), ...(split ? {} : { split: null }) };
  const survey = await surveyFiles([file], mapping);
  const assembled = await assemble(survey, choices, (_, shape) => memoryRows(shape));
  return dataReport({ survey, choices: asked, assembled }, undefined, budget);
}

function expectClose(found: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number' && typeof found === 'number') {
    expect(Math.abs(found - expected), path).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected)) {
      expectClose((found as Record<string, unknown>)?.[key], value, `${path}.${key}`);
    }
  } else {
    expect(found, path).toEqual(expected);
  }
}

describe.each(cases)('$name: $rows × $dims of $dtype', (data) => {
  test.each(['base', 'target'] as const)('%s is what NumPy says', async (version) => {
    const report = (await reportOn(data))[version];
    const { effectiveDimension, duplicates, ...expected } = data[version];
    expectClose(report, expected, version);
    const { acrossSplits: _, ...counts } = duplicates;
    expectClose(report?.duplicates, version === 'base' ? duplicates : counts, 'duplicates');
    expectClose(report?.effectiveDimension.value, effectiveDimension, 'effective dimension');
    expect(report?.effectiveDimension).toMatchObject({ rows: data.rows, of: data.rows });
  });

  test('both versions are compared as NumPy compares them', async () => {
    expectClose((await reportOn(data)).versions, data.versions, 'versions');
  });
});

const ids = (report: DataReport) => report.findings.map(({ id }) => id);
const finding = (report: DataReport, id: FindingId) => report.findings.find((one) => one.id === id);

/** Rows of two classes that no other finding is about. */
function plain(rows: number, dims = 3) {
  let state = 7;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
  const y = Array.from({ length: rows }, (_, row) => ((row * row) % 10 < 4 ? 1 : 0));
  return { dims, y, x: y.flatMap((label) => Array.from({ length: dims }, () => next() + 0.2 * label)) };
}

describe('findings', () => {
  test('of plain data are notes alone', async () => {
    const report = await reportOn(plain(400));
    expect(report.findings.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(ids(report)).toEqual(['norms', 'mean-cosine', 'effective-dimension', 'separability', 'memory']);
    expect(report.classes).toEqual([
      { name: 'label 0', count: 280 },
      { name: 'label 1', count: 120 },
    ]);
  });

  test('of messy data name copies, both labels, both sides of the split, and zeros', async () => {
    const report = await reportOn(cases[2]);
    expect(finding(report, 'duplicates-across-labels')?.rows).toEqual(expect.arrayContaining([20, 21]));
    expect(finding(report, 'leakage')).toMatchObject({ level: 'warning', rows: expect.arrayContaining([3, 10]) });
    expect(finding(report, 'duplicates')?.rows).toEqual([10, 11, 12, 13, 21, 41]);
    expect(finding(report, 'zero-rows')).toMatchObject({ level: 'warning', rows: [40, 41], of: 2 });
    expect(report.base.meanCosine).toBe(null);
    const levels = report.findings.map(({ level }) => level);
    expect(levels).toEqual([...levels].sort((a, b) => 'ewn'.indexOf(a[0]) - 'ewn'.indexOf(b[0])));
  });

  test('a dimension that never varies is named', async () => {
    const found = finding(await reportOn(cases[1]), 'constant-dims');
    expect(found?.message).toBe('Dimension 3 holds the same number in every row.');
  });

  test('one class is an error', async () => {
    const { dims, x } = plain(200);
    const report = await reportOn({ dims, x, y: new Array(200).fill(0) });
    expect(finding(report, 'one-class')).toMatchObject({ level: 'error', message: 'Every row is "label 0".' });
    expect(report.base.separability.dPrime).toBe(null);
  });

  test('few rows of a class, and no more rows than dimensions, are warnings', async () => {
    const { dims, x } = plain(1000);
    const rare = await reportOn({ dims, x, y: Array.from({ length: 1000 }, (_, row) => (row < 30 ? 1 : 0)) });
    expect(finding(rare, 'imbalance')?.message).toContain('30 rows of 1,000 (3.0 %) are "label 1"');
    expect(finding(rare, 'few-rows')?.message).toContain('Only 30 rows');
    const wide = await reportOn(plain(40, 30));
    expect(finding(wide, 'few-rows')?.message).toContain('About 28 rows to train on and 30 dimensions');
  });

  test('a split without test rows, or with one class to train on, is an error', async () => {
    const data = plain(400);
    const noTest = await reportOn({ ...data, split: data.y.map(() => 'train') });
    expect(finding(noTest, 'split-lacks-test')?.level).toBe('error');
    const oneClass = await reportOn({ ...data, split: data.y.map((label) => (label ? 'test' : 'train')) });
    expect(finding(oneClass, 'split-lacks-class')?.message).toBe(
      'The 280 rows of the split\'s train part hold no "label 1".',
    );
    expect(oneClass.split).toEqual({ train: 280, validation: 0, test: 120 });
  });

  test('rows with NaN are an error where refused, though the rest is reported, and a warning where dropped', async () => {
    const data = plain(400);
    data.x[30] = NaN;
    data.x[600] = Infinity;
    const drop: RowChoices = { nonFinite: 'drop', sample: null };
    const refused = await reportOn(data, drop, undefined, ALL);
    expect(refused.findings[0]).toMatchObject({ id: 'non-finite', level: 'error', rows: [10, 200], of: 2 });
    expect(refused.findings[0].message).toContain(
      '2 rows of data.npz hold NaN or infinity: row 11, 201 (row 11: column 1 is NaN).',
    );
    expect([refused.rows, refused.of]).toEqual([398, 400]);
    expect(finding(await reportOn(data, drop), 'non-finite')?.level).toBe('warning');
  });

  test('a sample is named as n of N', async () => {
    const report = await reportOn(plain(400), { nonFinite: 'refuse', sample: { rows: 250, seed: 9 } });
    expect(finding(report, 'sampled')?.message).toBe('n = 250 of 400, seed 9, stratified by label.');
  });

  test('equal versions, and versions that are unrelated, are warnings', async () => {
    const data = plain(400);
    const same = await reportOn({ ...data, z: data.x });
    expect(finding(same, 'identical-versions')?.message).toContain('Both versions are the same numbers');
    const turned = await reportOn({ ...data, z: data.x.map((v, i) => (i % 3 === 0 ? -v : v)).reverse() });
    expect(finding(turned, 'versions')?.level).toBe('warning');
  });

  test('rows that are far apart by label ask whether the label is in the embedding', async () => {
    const data = plain(400);
    const x = data.x.map((v, i) => (i % 3 === 0 ? v + 10 * data.y[Math.floor(i / 3)] : v));
    expect(finding(await reportOn({ ...data, x }), 'separability')).toMatchObject({ level: 'warning' });
  });

  test('a length that float64 cannot hold is an error', async () => {
    const data = plain(400);
    data.x[5] = 1e200;
    const report = await reportOn({ ...data, dtype: 'float64' });
    expect(finding(report, 'overflow')).toMatchObject({ level: 'error', rows: [1] });
  });
});

test('the memory that rows need follows the design', () => {
  expect(memoryNeed(300_000, 768, 'float32', 1)).toBe(1.5 * 300_000 * 768 * 4 + 40 * 300_000);
  expect(memoryNeed(10, 3, 'float64', 2)).toBe(2 * (1.5 * 10 * 3 * 8 + 400));
});

test('a checkpoint that throws ends the report', async () => {
  const file = memoryFile('d.npz', { x: { dims: 1, values: Float32Array.of(1, 2, 3) }, y: [0, 1, 0] });
  const survey = await surveyFiles([file], { ...MAPPING, target: null, split: null });
  const assembled = await assemble(survey, ALL, (_, shape) => memoryRows(shape));
  const stop = () => Promise.reject(new Error('stopped'));
  await expect(dataReport({ survey, choices: ALL, assembled }, stop)).rejects.toThrow('stopped');
});
