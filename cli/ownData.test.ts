import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../src/spec/defaultSpec.ts';
import { encodeLink } from '../src/spec/link.ts';
import type { OwnSpec } from '../src/spec/types.ts';
import { captured } from './testing/capture.ts';
import {
  csv,
  DIMS,
  file,
  folder,
  labelLines,
  labelOf,
  npy,
  numbers,
  own,
  put,
  ROWS,
  spec,
  X,
  Y,
} from './testing/ownFiles.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await captured(args);
  if (code !== 0) throw new Error(stderr);
  return { ...JSON.parse(stdout), stderr };
}

const moved = numbers().map((x, i) => (i % DIMS === 0 ? 1 - x : x));
const NEW = file('new.npy', npy(moved, DIMS));
const words = Array.from({ length: ROWS }, (_, row) => (labelOf(row) ? 'toxic' : 'fine'));
const wide = [0, 1, 2, 3, 4, 5].map((j) => `emb_${j}`);
const lines = (of: (row: number) => readonly (string | number)[]) =>
  Array.from({ length: ROWS }, (_, row) => of(row).join(','));
const rowOf = (row: number) => numbers().slice(row * DIMS, (row + 1) * DIMS);
const ALL = file(
  'all.csv',
  csv(
    lines((row) => [`r${row}`, words[row], ...rowOf(row)]),
    ['id', 'verdict', ...wide].join(','),
  ),
);
const JSONL = file(
  'all.jsonl',
  lines((row) => [JSON.stringify({ embedding: rowOf(row), label: words[row] })]).join('\n'),
);

describe('the same rows give the same numbers in every layout', () => {
  const plain = spec({ drift: { sigma: 0.2 } });
  test.each([
    ['one table with everything', ['--embeddings', ALL, '--labels', ALL]],
    ['JSON lines with everything', ['--embeddings', JSONL, '--labels', JSONL]],
    ['labels as words', own(X, file('y.csv', csv(words, 'toxicity')))],
    ['labels as an array', own(X, file('labels.npy', npy(labelLines().map(Number), 1, { shape: `(${ROWS},)` })))],
    [
      'rows in another order, with ids in both',
      own(
        ALL,
        file(
          'y.csv',
          csv(
            lines((row) => [`r${ROWS - 1 - row}`, words[ROWS - 1 - row]]),
            'id,label',
          ),
        ),
      ),
    ],
  ])('%s', async (_, files) => {
    const { metrics } = await json(['run', plain, ...own()]);
    const report = await json(['run', plain, ...files]);
    expect(report.metrics).toEqual(metrics);
  });

  test('--embeddings-new is --target', async () => {
    const one = await json(['run', ...own(), '--embeddings-new', NEW]);
    const other = await json(['run', ...own(), '--target', NEW]);
    expect(one.metrics).toEqual(other.metrics);
    expect(one.data.own.target).toMatch(/^[0-9a-f]{16}$/);
  });

  test('which label is unsafe can be said', async () => {
    const map = JSON.stringify({ label: { file: 0, column: 'verdict', unsafe: 'fine' } });
    const { clean } = await json(['run', plain, '--embeddings', ALL, '--labels', ALL, '--map', map]);
    const usual = await json(['run', plain, '--embeddings', ALL, '--labels', ALL]);
    expect(clean.n).toBe(usual.clean.n);
    expect(clean.positives ?? clean.baseRate).not.toBe(usual.clean.positives ?? usual.clean.baseRate);
  });
});

describe('rows are left out where a person says so', () => {
  const bad = file('nan.npy', npy(put(put(numbers(), 7, NaN), 600, Infinity), DIMS));
  test('rows with NaN', async () => {
    const { data } = await json(['run', ...own(bad), '--non-finite', 'drop']);
    expect([data.rows, data.own.rows]).toEqual([ROWS - 2, ROWS - 2]);
  });

  test('a sample is that of its seed', async () => {
    const digest = async (sample: string) => (await json(['run', ...own(), '--sample', sample])).data.own;
    expect((await digest('150:3')).rows).toBe(150);
    expect(await digest('150:3')).toEqual(await digest('150:3'));
    expect((await digest('150:4')).embeddings).not.toBe((await digest('150:3')).embeddings);
  });
});

describe('links', () => {
  const TWEETS = '#v=1&lab=drift&sigma=0.02&split-seed=3';
  test.each([
    ['a hash', TWEETS],
    ['a hash without its sign', TWEETS.slice(1)],
    ['a whole address', `https://lab.example/app/${TWEETS}`],
  ])('%s is a spec', async (_, link) => {
    const report = await json(['run', link]);
    expect(report.spec).toEqual({
      ...DEFAULT_SPEC,
      drift: { ...DEFAULT_SPEC.drift, sigma: 0.02 },
      split: { ...DEFAULT_SPEC.split, seed: 3 },
    });
    expect(report.data.own).toBe(undefined);
  });

  test('what a link asks in vain is told on stderr, and the rest is run', async () => {
    const { stderr, spec: used } = await json(['run', '#v=1&lab=drift&sigma=-3&tau=0.8&novel=1']);
    expect(stderr).toMatch(/Warning: the link: sigma=-3: .* Used: 0/);
    expect(stderr).toMatch(/Warning: the link: novel: this version of the lab does not know it/);
    expect(used.metrics.highConfidence).toBe(0.8);
  });

  const linkOf = (data: OwnSpec) =>
    `#${encodeLink({ ...DEFAULT_SPEC, data: { ...DEFAULT_SPEC.data, id: 'own', version: 'base', own: data } })}`;

  test('a link to own data says whether these are the same', async () => {
    const { data } = await json(['run', ...own()]);
    const link = linkOf(data.own);
    const same = await json(['run', link, ...own()]);
    expect([same.data.same, same.data.own]).toEqual([true, data.own]);
    expect(same.stderr).toContain('Same data');
    const flipped = file('y.csv', csv(put(labelLines(), 3, String(1 - labelOf(3)))));
    const other = await json(['run', link, ...own(X, flipped)]);
    expect(other.data.same).toBe(false);
    expect(other.stderr).toMatch(/Warning: other data than the link names\. The labels or the split differ/);
    const numbersOfOther = await json(['run', link, ...own(NEW)]);
    expect(numbersOfOther.stderr).toContain('The embeddings have the same shape and other numbers.');
    const fewer = await json(['run', link, ...own(), '--sample', '150']);
    expect(fewer.stderr).toContain('The embeddings are 150 × 6; the link was made with 200 × 6.');
  });

  test('a link to two versions reads both, and keeps its drift', async () => {
    const { data } = await json(['run', ...own(), '--embeddings-new', NEW]);
    const link = linkOf(data.own);
    const report = await json(['run', link, ...own(), '--embeddings-new', NEW]);
    expect([report.data.same, report.spec.drift.kind]).toEqual([true, 'gaussian']);
    const without = await json(['run', link, ...own()]);
    expect(without.data.same).toBe(false);
    expect(without.stderr).toContain('There is no newer version');
    const sweep = await json(['sweep', link, '--sigma', '0,0.1', ...own(), '--embeddings-new', NEW]);
    expect([sweep.data.same, sweep.rows.length]).toEqual([true, 2]);
  });

  test('a link that names no drift takes that of the newer version, where one is given', async () => {
    const { spec: used } = await json(['run', '#v=1&lab=drift&tau=0.8', ...own(), '--embeddings-new', NEW]);
    expect(used.drift).toMatchObject({ kind: 'model', to: 'target' });
  });
});

describe('lab inspect', () => {
  test('prints what was guessed, how rows pair, and the report', async () => {
    const report = await json(['inspect', NEW, X, Y]);
    expect(report.mapping).toMatchObject({
      embeddings: { file: 1, columns: ['values'] },
      target: { file: 0, columns: ['values'] },
      label: { file: 2, column: 'label', unsafe: '1' },
    });
    expect(report.files.map(({ format, rows }: { format: string; rows: number }) => [format, rows])).toEqual([
      ['npy', ROWS],
      ['npy', ROWS],
      ['csv', ROWS],
    ]);
    expect(report.pairing).toMatchObject({ by: 'place', rows: ROWS, unpaired: [] });
    expect(report.labels.find(({ value }: { value: string }) => value === '1').means).toBe('unsafe');
    expect(report.report).toMatchObject({ rows: ROWS, dims: DIMS, dtype: 'float32' });
    expect(report.report.versions.identicalRows).toBeLessThan(ROWS);
    const { data } = await json(['run', ...own(), '--embeddings-new', NEW]);
    expect(report.own).toEqual(data.own);
  });

  test('reports rows with NaN as an error, and the rest with them', async () => {
    const bad = file('nan.npy', npy(put(numbers(), 7, NaN), DIMS));
    const { report } = await json(['inspect', bad, Y]);
    expect(report.findings[0]).toMatchObject({ level: 'error', id: 'non-finite', rows: [1] });
    expect(report.findings[0].message).toContain('row 2: column 2 is NaN');
    const dropped = await json(['inspect', bad, Y, '--non-finite', 'drop']);
    expect(dropped.report.findings[0].level).not.toBe('error');
  });

  test('a mapping that is said goes before the guess', async () => {
    const map = JSON.stringify({ target: null, embeddings: { file: 0, columns: ['values'] } });
    const { mapping, report } = await json(['inspect', NEW, X, Y, '--map', map]);
    expect([mapping.embeddings.file, mapping.target, report.target]).toEqual([0, null, null]);
  });

  test('shipped sets are what they are said to be', async () => {
    const at = (name: string) => fileURLToPath(new URL(join('../public/data', name), import.meta.url));
    const files = [at('prompts.base.npy'), at('prompts.labels.csv')];
    const { report } = await json(['inspect', ...files]);
    expect(report).toMatchObject({ rows: 2605, dims: 512, dtype: 'float32' });
    expect(report.base.norms.unit).toBe(true);
    expect(report.base.meanCosine).toBeCloseTo(0.244, 3);
    expect(report.base.effectiveDimension.rows).toBe(2605);
  });
});
