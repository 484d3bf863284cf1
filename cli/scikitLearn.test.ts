import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captured } from './testing/capture.ts';
import { spawned } from './testing/spawned.ts';

const CHECK = fileURLToPath(new URL('./fixtures/check_run.py', import.meta.url));

/** newton-cholesky came with scikit-learn 1.2. */
const NEEDS = 'import numpy, scipy, sklearn; assert tuple(map(int, sklearn.__version__.split(".")[:2])) >= (1, 2)';
const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', NEEDS]).status === 0);
if (python === undefined) {
  process.stderr.write('Skipped: no python3 with numpy, scipy and scikit-learn 1.2 or later was found.\n');
}

interface Case {
  readonly name: string;
  readonly seed: number;
  readonly rows: number;
  readonly dims: number;
  readonly dtype: 'float16' | 'float32' | 'float64';
  readonly fortran?: boolean;
  readonly target?: boolean;
  readonly splitColumn?: boolean;
  readonly spec: Readonly<Record<string, object>>;
}

/** How far one run is from NumPy and scikit-learn. */
interface Gaps {
  readonly rowsSplitOtherwise: number;
  readonly scoreRowsThatDiffer: number;
  readonly embeddings: number;
  readonly logits: number;
  readonly metrics: number;
  readonly angles: number;
  readonly bias: number;
  readonly weightNorm: number;
  readonly shape: boolean;
  readonly auc: number;
}

const base = { rows: 3000, dims: 384, dtype: 'float32' } as const;
const plain = { standardize: false, classWeight: null };
const drift = (name: string, seed: number, settings: object, more: Partial<Case> = {}): Case => ({
  ...base,
  name,
  seed,
  ...more,
  spec: { ...more.spec, drift: { seed, ...settings } },
});

const CASES: readonly Case[] = [
  drift('no drift, every default', 1, { sigma: 0 }),
  drift(
    'no drift, float64, rows as given, no scaler, C = 0.01',
    2,
    { sigma: 0 },
    {
      dtype: 'float64',
      spec: { data: { normalize: false }, probe: { C: 0.01, ...plain } },
    },
  ),
  drift(
    'no drift, float64, no scaler, balanced, C = 100',
    3,
    { sigma: 0 },
    {
      dtype: 'float64',
      spec: { probe: { C: 100, standardize: false } },
    },
  ),
  drift(
    'no drift, float16 in Fortran order, C = 100 behind a scaler, unstratified split',
    4,
    { sigma: 0 },
    {
      dtype: 'float16',
      fortran: true,
      spec: {
        probe: { C: 100, classWeight: null },
        split: { train: 0.6, validation: 0.15, test: 0.25, stratified: false, seed: 2 ** 53 - 1 },
      },
    },
  ),
  drift('noise per coordinate', 5, { sigma: 0.02 }),
  drift(
    'noise per coordinate, float64, rows as given, other conventions',
    6,
    { sigma: 0.05 },
    {
      dtype: 'float64',
      spec: {
        data: { normalize: false },
        probe: { C: 0.01 },
        metrics: { threshold: 0.3, confidence: 'predicted', closed: 'left', bins: 10, highConfidence: 0.7 },
      },
    },
  ),
  drift(
    'noise of a total norm, probabilities in bins of equal mass',
    7,
    { sigma: 0.6, units: 'total-norm' },
    {
      spec: { probe: { C: 100 }, metrics: { target: 'positive-class', binning: 'mass' } },
    },
  ),
  drift(
    'noise of a total norm, not renormalised, rows as given, a split column and a slice',
    8,
    {
      sigma: 0.4,
      units: 'total-norm',
      renormalize: false,
    },
    {
      splitColumn: true,
      spec: {
        data: { normalize: false },
        probe: plain,
        view: { slice: { column: 'source', value: 'b, with comma' } },
      },
    },
  ),
  drift('random direction', 9, { kind: 'directional', sigma: 0.3 }),
  drift(
    'random direction, not renormalised, rows as given',
    10,
    { kind: 'directional', sigma: 0.3, renormalize: false },
    {
      spec: { data: { normalize: false } },
    },
  ),
  drift('against the probe', 11, { kind: 'directional', direction: 'against-probe', sigma: 0.05 }),
  drift(
    'along the probe, no scaler',
    12,
    { kind: 'directional', direction: 'along-probe', sigma: 0.05 },
    {
      spec: { probe: plain },
    },
  ),
  drift('along the class means', 13, { kind: 'directional', direction: 'class-mean', sigma: 0.2 }),
  drift('each class towards the other', 14, { kind: 'directional', direction: 'opposed', sigma: 0.03 }),
  drift('the subspace drift', 15, { kind: 'subspace', sigma: 0.2 }),
  drift(
    'the subspace drift, not renormalised, float64',
    16,
    { kind: 'subspace', sigma: 0.5, renormalize: false },
    {
      dtype: 'float64',
    },
  ),
  drift('rotation in three planes', 17, { kind: 'rotation', planes: 3, sigma: 1.2 }),
  drift(
    'rotation in all planes, rows as given',
    18,
    { kind: 'rotation', sigma: 0.3 },
    {
      spec: { data: { normalize: false } },
    },
  ),
  drift('rotation in all planes of an odd number of dimensions', 19, { kind: 'rotation', sigma: 0.8 }, { dims: 97 }),
  drift('axis scaling', 20, { kind: 'scaling', sigma: 0.5 }),
  drift(
    'axis scaling, not renormalised, rows as given',
    21,
    { kind: 'scaling', sigma: 0.3, renormalize: false },
    {
      dtype: 'float64',
      spec: { data: { normalize: false } },
    },
  ),
  drift('mean shift', 22, { kind: 'mean-shift', sigma: 0.7 }),
  drift(
    'part of the way to another encoder version, rows as given',
    23,
    { kind: 'model', t: 0.4 },
    {
      target: true,
      spec: { data: { normalize: false } },
    },
  ),
  drift(
    'all of the way to another encoder version, not renormalised',
    24,
    { kind: 'model', renormalize: false },
    {
      target: true,
    },
  ),
];
/** These run as a person runs them; the others take the same way without a process each. */
const IN_A_PROCESS = new Set([0, 6, 22]);

describe.skipIf(python === undefined)('lab run against NumPy and scikit-learn', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-scikit-learn-'));
  let gaps: Gaps[] = [];

  beforeAll(async () => {
    const cases = join(folder, 'cases.json');
    writeFileSync(cases, JSON.stringify(CASES));
    const script = (task: string): string => {
      const { status, stdout, stderr } = spawnSync(python ?? '', [CHECK, task, cases, folder], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${task}: ${stderr}`);
      return stdout;
    };
    script('make');
    for (const [number, { target }] of CASES.entries()) {
      const at = (name: string): string => join(folder, String(number), name);
      const args = ['run', at('spec.json'), '--embeddings', at('x.npy'), '--labels', at('y.csv')];
      if (target) args.push('--target', at('target.npy'));
      args.push('--dump-scores', at('scores.csv'), '--dump-embeddings', at('embeddings.npy'));
      args.push('--dump-split', at('split.csv'));
      const { code, stdout, stderr } = IN_A_PROCESS.has(number) ? spawned(args) : await captured(args);
      if (code !== 0) throw new Error(`${CASES[number].name}: ${stderr}`);
      writeFileSync(at('report.json'), stdout);
    }
    gaps = script('check')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Gaps);
    if (process.env.LAB_SHOW_GAPS) process.stderr.write(`${JSON.stringify(gaps, null, 1)}\n`);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(CASES.map(({ name }, number) => ({ name, number })))('$name', ({ number }) => {
    const gap = gaps[number];
    expect(gap.shape).toBe(true);
    expect(gap.rowsSplitOtherwise).toBe(0);
    expect(gap.scoreRowsThatDiffer).toBe(0);
    expect(gap.embeddings).toBeLessThan(1e-12);
    expect(gap.logits).toBeLessThan(1e-6);
    expect(gap.metrics).toBeLessThan(1e-6);
    expect(gap.angles).toBeLessThan(1e-6);
    expect(gap.bias).toBeLessThan(1e-6);
    expect(gap.weightNorm).toBeLessThan(1e-8);
  });

  test('the cases are worth running: the probe has learnt, and drift changes what it says', () => {
    const aucs = gaps.map(({ auc }) => auc);
    expect(Math.max(...aucs)).toBeGreaterThan(0.7);
    expect(new Set(aucs).size).toBe(CASES.length);
  });
});
