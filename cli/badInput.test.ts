import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { captured } from './testing/capture.ts';
import { expectRefusal, file, folder, own, spec, X, Y, type Refusal } from './testing/ownFiles.ts';
import { spawned } from './testing/spawned.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const syntheticSettings = { rows: 60, dims: 4, separation: 2, spectrum: 0, meanCosine: 0, seed: 1 };
const SPECS: readonly Refusal[] = [
  ['a spec that is not there', () => ['run', join(folder, 'no.json')], ['no.json: there is no such file', 'Check']],
  ['a folder as a spec', () => ['run', folder], [folder, 'is a folder', 'Check']],
  [
    'a spec that is not JSON',
    () => ['run', file('s.json', '{"drift": {sigma: 1}}')],
    ['s.json: it is not JSON', 'Write'],
  ],
  ['an empty spec', () => ['run', file('s.json', '')], ['s.json: it is not JSON', 'Write']],
  [
    'a spec that is not UTF-8',
    () => ['run', file('s.json', Uint8Array.of(0xff, 0xfe, 0x7b))],
    ['s.json: it is not JSON'],
  ],
  ['a spec that is a list', () => ['run', spec([1])], ['spec.json', 'a JSON object']],
  ['an unknown field', () => ['run', spec({ drift: { sigm: 1 } })], ['spec.json', 'drift.sigm ', 'did you mean sigma']],
  ['an unknown section', () => ['run', spec({ drifts: {} })], ['spec.json', 'drifts ', 'did you mean drift']],
  ['a number out of range', () => ['run', spec({ drift: { sigma: -1 } })], ['drift.sigma is -1', 'at least 0']],
  ['an enormous σ', () => ['run', spec({ drift: { sigma: 1e6 } })], ['drift.sigma is 1000000', 'at most 1000']],
  ['a number as text', () => ['run', spec({ probe: { C: '1' } })], ['probe.C is "1"', 'a number']],
  [
    'a section of the wrong type',
    () => ['run', spec({ data: null }), ...own()],
    ['data is null', 'expected an object'],
  ],
  ['a section that is text', () => ['run', spec({ data: 'tweets' }), ...own()], ['data is "tweets"', 'an object']],
  [
    'an unknown drift kind',
    () => ['run', spec({ drift: { kind: 'noise' } })],
    ['drift.kind is "noise"', 'one of gaussian'],
  ],
  [
    'an unknown set',
    () => ['run', spec({ data: { id: 'reviews' } })],
    ['spec.json', '"reviews"', 'Choose one of tweets'],
  ],
  [
    'an unknown version',
    () => ['run', spec({ data: { version: 'int2' } })],
    ['spec.json: data.version is "int2"', 'int4-per-tensor'],
  ],
  [
    'a drift towards a version of another set',
    () => ['run', spec({ drift: { kind: 'model', to: 'dialogue-tuned-100' } })],
    ['spec.json: drift.to is "dialogue-tuned-100"', 'tweets does not have', 'domain-tuned-10'],
  ],
  ['a drift towards no version', () => ['run', spec({ drift: { kind: 'model' } })], ['spec.json: drift.to is missing']],
  [
    'a drift towards another version of synthetic data',
    () => [
      'run',
      spec({ data: { id: 'synthetic', synthetic: syntheticSettings }, drift: { kind: 'model', to: 'base' } }),
    ],
    ['spec.json', 'one version only', 'choose another'],
  ],
  [
    'synthetic settings of a shipped set',
    () => ['run', spec({ data: { synthetic: syntheticSettings } })],
    ['data.synthetic', 'null here'],
  ],
  [
    'synthetic data larger than memory',
    () => ['run', spec({ data: { id: 'synthetic', synthetic: { ...syntheticSettings, rows: 1e6, dims: 8192 } } })],
    ['spec.json', '8192 dimensions', '4 GiB'],
  ],
  [
    'more planes than a shipped set has',
    () => ['run', spec({ drift: { kind: 'rotation', planes: 1000 } })],
    ['spec.json: drift.planes is 1000', 'whole number from 1 to'],
  ],
  [
    'more planes than synthetic data has',
    () => [
      'run',
      spec({ data: { id: 'synthetic', synthetic: syntheticSettings }, drift: { kind: 'rotation', planes: 3 } }),
    ],
    ['spec.json: drift.planes is 3', 'from 1 to 2'],
  ],
  [
    'own data that is not named',
    () => ['run', spec({ data: { id: 'own' } })],
    ['spec.json: data.id is "own"', '--embeddings'],
  ],
  ['shares that do not add up', () => ['run', spec({ split: { test: 0.5 } })], ['split.test is 1.29', 'change one']],
  [
    'the same for a snapshot',
    () => ['snapshot', spec({ data: { id: 'reviews' } })],
    ['spec.json', '"reviews"', 'Choose'],
  ],
];

const ARGUMENTS: readonly Refusal[] = [
  ['no command', () => [], ['Name a command: run']],
  ['an unknown command', () => ['fit'], ['no command "fit"', 'run, sweep, snapshot']],
  ['an unknown option', () => ['run', '--embedding', X], ["'--embedding'", '--embeddings X.npy']],
  ['an unknown option of a snapshot', () => ['snapshot', '--all'], ["'--all'", 'SPEC.json']],
  ['an option without its value', () => ['run', '--labels'], ['--labels', 'Write: run']],
  [
    'an option with an empty value',
    () => ['run', ...own(), '--dump-scores', ''],
    ['--dump-scores is empty', 'give a path'],
  ],
  ['an option given twice', () => ['run', ...own(), '--labels', Y], ['--labels is given twice']],
  ['two specs', () => ['run', 'a.json', 'b.json'], ['One spec at a time: a.json, b.json']],
  ['embeddings without labels', () => ['run', '--embeddings', X], ['--labels Y.csv is missing']],
  ['labels without embeddings', () => ['run', '--labels', Y], ['--embeddings X.npy is missing']],
  [
    'two names of a target',
    () => ['run', ...own(), '--target', X, '--embeddings-new', X],
    ['--target and --embeddings-new are two names', 'Leave one'],
  ],
  ['a mapping without files', () => ['run', '--map', '{}'], ['--map is about your own data', '--embeddings']],
  ['a mapping that is no JSON', () => ['run', ...own(), '--map', '{label}'], ['--map is not JSON', 'Write --map']],
  [
    'a mapping of other parts',
    () => ['run', ...own(), '--map', '{"lable":1}'],
    ['"lable" is no part', 'embeddings, target'],
  ],
  [
    'a mapping to a file that is not there',
    () => ['run', ...own(), '--map', '{"label":{"file":2,"column":"label"}}'],
    ['--map: label should be', 'counted from 0'],
  ],
  [
    'a mapping to a column that is not there',
    () => ['run', ...own(), '--map', '{"label":{"file":1,"column":"toxic","unsafe":"1"}}'],
    ['y.csv: it has no column "toxic"', 'Choose one of "label"'],
  ],
  [
    'another word for rows with NaN',
    () => ['run', ...own(), '--non-finite', 'zero'],
    ['--non-finite is "zero"', 'Write refuse'],
  ],
  ['a sample that is no number', () => ['run', ...own(), '--sample', 'half'], ['--sample', '"half"', 'whole number']],
  [
    'a sample larger than the data',
    () => ['run', ...own(), '--sample', '900'],
    ['a sample of 900 rows', 'Ask for 1 to 200'],
  ],
  ['a link of a newer version', () => ['run', '#v=7&sigma=0.1'], ['the link: v=7', 'newer version', 'Open it']],
  ['a link to own data without files', () => ['run', '#v=1&data=own'], ['the link: data.id is "own"', '--embeddings']],
  ['no files to inspect', () => ['inspect'], ['Name the files to inspect']],
  [
    'a file to inspect that is not there',
    () => ['inspect', join(folder, 'no.npy')],
    ['no.npy: there is no such file', 'Check'],
  ],
  ['nothing but embeddings to inspect', () => ['inspect', X], ['x.npy: No column looks like a label', 'Name']],
  ['a target without embeddings', () => ['run', '--target', X], ['--embeddings X.npy is missing']],
  [
    'a drift of kind model without a target',
    () => ['run', spec({ drift: { kind: 'model' } }), ...own()],
    ['spec.json', 'Add --target NEW.npy'],
  ],
  [
    'a target that the drift would not read',
    () => ['run', spec({ drift: { kind: 'scaling' } }), ...own(), '--target', X],
    ['spec.json: drift.kind is "scaling"', '--target', 'Leave one'],
  ],
  [
    'an output in a folder that is not there',
    () => ['run', ...own(), '--dump-scores', join(folder, 'no', 'a.csv')],
    ['a.csv: its folder does not exist', 'Choose'],
  ],
  [
    'an output to standard output',
    () => ['run', ...own(), '--dump-scores', '-'],
    ['-: standard output is taken', 'file'],
  ],
  ['an output that is a folder', () => ['run', ...own(), '--dump-split', folder], [folder, 'is a folder', 'Choose']],
  [
    'an output below a file',
    () => ['run', ...own(), '--dump-embeddings', join(X, 'a.npy')],
    ['a.npy: ', 'a file', 'Choose'],
  ],
  ['an output over an input', () => ['run', ...own(), '--dump-embeddings', X], ['x.npy: it is named twice', 'Choose']],
  [
    'two outputs in one file',
    () => ['run', ...own(), '--dump-scores', join(folder, 'o'), '--dump-split', join(folder, '.', 'o')],
    ['named twice'],
  ],
];

describe.each([
  ['spec', SPECS],
  ['arguments', ARGUMENTS],
])('bad %s', (_, cases) => {
  test.each(cases)('%s: exit code 2 and one line that says what to do', async (_name, args, words) => {
    expectRefusal(await captured(args()), words);
  });
});

describe('as a process of its own', () => {
  test('bad input on standard input ends with exit code 2 and one line', () => {
    expectRefusal(spawned(['run', '-'], '{"drift": {"sigma": "much"}}'), ['standard input', 'drift.sigma is "much"']);
    expectRefusal(spawned(['run', '-'], ''), ['standard input', 'not JSON']);
  });

  test('a spec on standard input is the spec', () => {
    const { code, stdout } = spawned(['run', '-', ...own()], '{"drift": {"sigma": 0.25}}');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).spec.drift.sigma).toBe(0.25);
  });
});

test('a refused run leaves no output behind', async () => {
  mkdirSync(join(folder, 'out'));
  const out = join(folder, 'out', 'scores.csv');
  expectRefusal(await captured(['run', ...own(X, X), '--dump-scores', out]), ['No column looks like a label']);
  expect(existsSync(out)).toBe(false);
});

test('a message steers no terminal and stays of bounded length, whatever a spec holds', async () => {
  const steering = '\u001b[2J\u0007\u009b31m\u202e';
  const { code, stderr } = await captured([
    'run',
    spec({ [steering]: 1, ['k'.repeat(1e6)]: 1, ['a b '.repeat(1e5)]: 1 }),
  ]);
  expect(code).toBe(2);
  expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(stderr.length).toBeLessThan(4200);
  expect(stderr).toContain('spec.json');
});
