import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { validSpec } from '../src/spec/fixtures/arbitrarySpec.ts';
import { DEFAULT_SPEC } from '../src/spec/defaultSpec.ts';
import { scriptFiles } from '../src/spec/python/files.ts';
import { pythonScript } from '../src/spec/python/pythonScript.ts';
import { shippedSource } from './files.ts';
import { captured } from './testing/capture.ts';
import { spawned } from './testing/spawned.ts';

const CHECK = fileURLToPath(new URL('./fixtures/check_run.py', import.meta.url));
const SHIPPED = fileURLToPath(new URL('../public/data', import.meta.url));

/** newton-cholesky came with scikit-learn 1.2. */
const NEEDS = 'import numpy, sklearn; assert tuple(map(int, sklearn.__version__.split(".")[:2])) >= (1, 2)';
const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', NEEDS]).status === 0);
if (python === undefined) {
  process.stderr.write('Skipped: no python3 with numpy and scikit-learn 1.2 or later was found.\n');
}

type Spec = Readonly<Record<string, unknown>>;

interface Case {
  readonly name: string;
  readonly spec: Spec;
  /** Rows of a person's own, made by check_run.py. */
  readonly own?: {
    readonly dtype: 'float16' | 'float32' | 'float64';
    readonly target?: boolean;
    readonly splitColumn?: boolean;
  };
}

const synthetic = (dims = 48, more: object = {}): Spec => ({
  data: {
    id: 'synthetic',
    synthetic: { rows: 1600, dims, separation: 2, spectrum: 0.6, meanCosine: 0.8, seed: 7 },
    ...more,
  },
});
const plain = { standardize: false, classWeight: null };

const CASES: readonly Case[] = [
  { name: 'the default experiment', spec: {} },
  { name: 'no drift at all', spec: { drift: { sigma: 0 } } },
  {
    name: 'noise of a total norm, bins of equal mass, probabilities of class 1',
    spec: {
      ...synthetic(),
      drift: { units: 'total-norm', sigma: 0.7, seed: 3 },
      metrics: { binning: 'mass', target: 'positive-class', bins: 12 },
    },
  },
  {
    name: 'noise per coordinate on synthetic rows of 45 dimensions, as they are, not renormalised',
    spec: {
      ...synthetic(45, { normalize: false }),
      drift: { sigma: 0.1, renormalize: false, seed: 2 ** 53 - 1 },
      probe: { C: 0.01 },
    },
  },
  { name: 'a random direction', spec: { ...synthetic(), drift: { kind: 'directional', sigma: 0.5, seed: 5 } } },
  {
    name: 'along the probe, closed on the left, a threshold of 0.3, confidence of the answer',
    spec: {
      ...synthetic(),
      drift: { kind: 'directional', direction: 'along-probe', sigma: 0.1 },
      metrics: { threshold: 0.3, confidence: 'predicted', closed: 'left', bins: 10, highConfidence: 0.7 },
    },
  },
  {
    name: 'against the probe, no scaler',
    spec: { ...synthetic(), drift: { kind: 'directional', direction: 'against-probe', sigma: 0.1 }, probe: plain },
  },
  {
    name: 'along the class means',
    spec: { ...synthetic(), drift: { kind: 'directional', direction: 'class-mean', sigma: 0.3 } },
  },
  {
    name: 'each class towards the other',
    spec: { ...synthetic(), drift: { kind: 'directional', direction: 'opposed', sigma: 0.06 } },
  },
  { name: 'the subspace drift', spec: { ...synthetic(), drift: { kind: 'subspace', sigma: 0.3, seed: 9 } } },
  { name: 'rotation in four planes', spec: { ...synthetic(), drift: { kind: 'rotation', planes: 4, sigma: 1.1 } } },
  {
    name: 'rotation in all planes of an odd number of dimensions',
    spec: { ...synthetic(33), drift: { kind: 'rotation', sigma: 0.4, seed: 11 } },
  },
  { name: 'axis scaling', spec: { ...synthetic(), drift: { kind: 'scaling', sigma: 0.6, seed: 12 } } },
  { name: 'mean shift', spec: { ...synthetic(), drift: { kind: 'mean-shift', sigma: 0.8 } } },
  {
    name: 'a real update, part of the way, measured on a slice',
    spec: {
      data: { id: 'prompts' },
      drift: { kind: 'model', to: 'int4-per-tensor', t: 0.6 },
      view: { slice: { column: 'source', value: 'selfinstruct-user' } },
    },
  },
  {
    name: 'a real update in a narrow cone, all of the way, unstratified',
    spec: {
      data: { cone: { multiple: 2.443, seed: 42 } },
      drift: { kind: 'model', to: 'domain-tuned-10', t: 1 },
      split: { train: 0.5, validation: 0, test: 0.5, stratified: false, seed: 8 },
    },
  },
  {
    name: 'the cliff in a cone of 26 lengths, no scaler',
    spec: { data: { cone: { multiple: 26.41, seed: 42 } }, drift: { sigma: 0.02 }, probe: plain },
  },
  {
    name: 'own rows in float64, as given, a split column and a slice with a comma',
    own: { dtype: 'float64', splitColumn: true },
    spec: {
      data: { normalize: false },
      drift: { sigma: 0.04, seed: 4 },
      probe: { C: 100, classWeight: null },
      view: { slice: { column: 'source', value: 'b, with comma' } },
    },
  },
  {
    name: 'own rows as given, turned into a cone, on the way to a new version',
    own: { dtype: 'float32', target: true },
    spec: { data: { normalize: false, cone: { multiple: 0.5, seed: 6 } }, drift: { kind: 'model', t: 0.4 } },
  },
  {
    name: 'a network',
    spec: {
      ...synthetic(),
      probe: {
        kind: 'mlp',
        mlp: { hidden: 6, learningRate: 0.01, batch: 64, epochs: 12, patience: 3, l2: 0.001, seed: 2 },
      },
      drift: { kind: 'directional', direction: 'along-probe', sigma: 0.2 },
    },
  },
  {
    name: 'a network without validation rows, raw features, no class weight',
    spec: {
      ...synthetic(),
      split: { train: 0.6, validation: 0, test: 0.4, stratified: true, seed: 3 },
      probe: {
        kind: 'mlp',
        ...plain,
        mlp: { hidden: 4, learningRate: 0.02, batch: 50, epochs: 6, patience: 6, l2: 0, seed: 1 },
      },
      drift: { sigma: 0.05 },
    },
  },
];

type Numbers = Readonly<Record<string, number | null>>;

/** Largest difference over all numbers that a script prints; infinite where the run has none of a name. */
function largestGap(printed: Numbers, run: Numbers): number {
  const gaps = Object.entries(printed).map(([name, value]) => {
    const other = run[name];
    if (value === null || other === null || other === undefined) return value === other ? 0 : Infinity;
    return Math.abs(value - other);
  });
  return Math.max(...gaps);
}

const NAMES = ['rocAuc', 'accuracy', 'ece', 'brier', 'silentFailureRate', 'meanConfidence', 'meanAngleDegrees'];

describe.skipIf(python === undefined)('the Python script against lab run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-python-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Makes own files where a case wants some; the arguments of `lab run` that name them. */
  function ownFiles({ own, spec }: Case, at: string): string[] {
    if (!own) return [];
    const list = join(at, 'cases.json');
    const dtype = { rows: 1500, dims: 40, seed: 21, spec, ...own };
    writeFileSync(list, JSON.stringify([dtype]));
    const { status, stderr } = spawnSync(python ?? '', [CHECK, 'make', list, at], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const made = join(at, '0');
    copyFileSync(join(made, 'x.npy'), join(at, 'embeddings.npy'));
    copyFileSync(join(made, 'y.csv'), join(at, 'labels.csv'));
    const args = ['--embeddings', join(at, 'embeddings.npy'), '--labels', join(at, 'labels.csv')];
    if (!own.target) return args;
    copyFileSync(join(made, 'target.npy'), join(at, 'target.npy'));
    return [...args, '--target', join(at, 'target.npy')];
  }

  test.each(CASES)(
    '$name',
    async (one) => {
      const at = join(folder, String(CASES.indexOf(one)));
      mkdirSync(at);
      const path = join(at, 'spec.json');
      writeFileSync(path, JSON.stringify(one.spec));
      const ran = await captured(['run', path, ...ownFiles(one, at)]);
      expect(ran.code, ran.stderr).toBe(0);
      const report = JSON.parse(ran.stdout) as { spec: Spec; clean: Numbers; metrics: Numbers };
      // The spec as it was run: that of own rows names them.
      writeFileSync(path, JSON.stringify(report.spec));
      const printed = await captured(['python', path]);
      expect(printed.code, printed.stderr).toBe(0);
      const network = (one.spec.probe as { kind?: string } | undefined)?.kind === 'mlp';
      expect(printed.stdout.split('\n').length).toBeLessThan(network ? 160 : 121);

      const script = join(at, 'reproduce.py');
      writeFileSync(script, printed.stdout);
      const files = JSON.stringify(report.spec).includes('"id":"synthetic"') ? [] : ['--data', one.own ? at : SHIPPED];
      const { status, stdout, stderr } = spawnSync(python ?? '', [script, ...files], { encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      const found = JSON.parse(stdout) as { clean: Numbers; metrics: Numbers };
      for (const name of NAMES) expect(Object.keys(found.metrics)).toContain(name);
      const gap = Math.max(largestGap(found.clean, report.clean), largestGap(found.metrics, report.metrics));
      if (process.env.LAB_SHOW_GAPS)
        process.stderr.write(`${gap} ${printed.stdout.split('\n').length} ${one.name} ${stderr}\n`);
      expect(gap).toBeLessThan(1e-9);
    },
    60_000,
  );
});

describe('lab python', () => {
  test('prints the same script for a link, the address it stands in, its spec in a file, and on standard input', async () => {
    const link = 'v=1&lab=drift&drift=scaling&sigma=0.3';
    const folder = mkdtempSync(join(tmpdir(), 'lab-python-link-'));
    const path = join(folder, 'spec.json');
    const json = JSON.stringify({ drift: { kind: 'scaling', sigma: 0.3 } });
    writeFileSync(path, json);
    const texts: string[] = [];
    for (const named of [link, `#${link}`, `https://lab.example/some/path/#${link}`, path]) {
      const { code, stdout, stderr } = await captured(['python', named]);
      expect(code, stderr).toBe(0);
      texts.push(stdout);
    }
    texts.push(spawned(['python', '-'], json).stdout);
    rmSync(folder, { recursive: true, force: true });
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('moved = clean * (1 + 0.3 * stream(42, "scaling").standard_normal(x.shape[1]))');
    expect(texts[0]).toContain(`#${link}`);
  });

  test('refuses what a link asks for in vain, in one line that names it', async () => {
    const { code, stdout, stderr } = await captured(['python', '#v=1&lab=drift&sigma=many']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^lab: the link: sigma=many: it should be .*\n$/);
  });

  test('refuses an encoder version that a shipped set does not have', async () => {
    const { code, stderr } = await captured(['python', '#v=1&lab=drift&version=newest']);
    expect(code).toBe(2);
    expect(stderr).toContain('data.version is "newest"');
  });
});

describe('the script of any spec', () => {
  const anyPython = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['--version']).status === 0);

  test.skipIf(anyPython === undefined)('is Python, whatever slices and links hold', () => {
    const scripts = fc.sample(validSpec, { numRuns: 300, seed: 5 }).map(pythonScript);
    const check = 'import ast, json, sys\nfor script in json.load(sys.stdin): ast.parse(script)';
    const { status, stderr } = spawnSync(anyPython ?? '', ['-W', 'error', '-c', check], {
      input: JSON.stringify(scripts),
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  });

  test('reads the files that the shipped sets have', async () => {
    for (const set of (await shippedSource().catalogue()).sets) {
      for (const { id, file } of set.versions) {
        const data = { ...DEFAULT_SPEC.data, id: set.id, version: id };
        expect(scriptFiles({ ...DEFAULT_SPEC, data })).toEqual({
          embeddings: file,
          labels: set.labels.file,
          target: null,
        });
      }
    }
  });
});
