import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { captured } from './testing/capture.ts';
import {
  csv,
  DIMS,
  expectRefusal,
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
  withX,
  withY,
  X,
  Y,
  type Refusal,
} from './testing/ownFiles.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const splitLines = (wordOf: (row: number) => string): string =>
  csv(
    labelLines().map((label, row) => `${label},${wordOf(row)}`),
    'label,split',
  );
const trainOrTest = (row: number): string => (row < 150 ? 'train' : 'test');

const EMBEDDINGS: readonly Refusal[] = [
  [
    'embeddings that are not there',
    () => ['run', ...own(join(folder, 'no.npy'))],
    ['no.npy: there is no such file', 'Check'],
  ],
  ['a folder as embeddings', () => ['run', ...own(folder)], [folder, 'is a folder']],
  ['a file without embeddings', () => ['run', ...own(Y)], ['y.csv: Nothing looks like embeddings', '--map']],
  ['empty embeddings', () => ['run', ...withX('e.npy', new Uint8Array())], ['e.npy: it is empty', 'Give']],
  [
    'embeddings that are cut short',
    () => ['run', ...withX('c.npy', npy(numbers(), DIMS).slice(0, -3))],
    ['c.npy: it is cut short', 'again'],
  ],
  [
    'embeddings cut in the header',
    () => ['run', ...withX('c.npy', npy(numbers(), DIMS).slice(0, 30))],
    ['c.npy: it is cut short inside its header'],
  ],
  [
    'embeddings of three dimensions',
    () => ['run', ...withX('d.npy', npy(numbers(), DIMS, { shape: '(200, 3, 2)' }))],
    ['d.npy: it has 3 dimensions', /reshape/i],
  ],
  [
    'NaN',
    () => ['run', ...withX('n.npy', npy(put(numbers(), 3 * DIMS + 1, NaN), DIMS))],
    ['n.npy, row 4: column 2 is NaN', 'Remove'],
  ],
  [
    'infinity',
    () => ['run', ...withX('i.npy', npy(put(numbers(), 5 * DIMS, -Infinity), DIMS, { descr: '<f8' }))],
    ['i.npy, row 6: column 1 is minus infinite', 'Remove'],
  ],
  [
    'a row of zeros',
    () => [
      'run',
      ...withX(
        'z.npy',
        npy(
          numbers().map((v, i) => (Math.floor(i / DIMS) === 9 ? 0 : v)),
          DIMS,
        ),
      ),
    ],
    ['z.npy, row 10: ', 'zero', 'Remove'],
  ],
  [
    'a row too long for float64',
    () => ['run', ...withX('l.npy', npy(put(numbers(), 0, 1e300), DIMS, { descr: '<f8' }))],
    ['l.npy, row 1: its length', 'Scale'],
  ],
  [
    'numbers too large to be squared, as given',
    () => [
      'run',
      spec({ data: { normalize: false } }),
      ...withX('l.npy', npy(put(numbers(), 0, 1e300), DIMS, { descr: '<f8' })),
    ],
    ['l.npy, row 1: its length', 'Scale'],
  ],
  [
    'one row',
    () => ['run', ...own(file('1.npy', npy(numbers(1), DIMS)), file('1.csv', csv(['1'])))],
    ['1.csv: all 1 labels are 1', 'Add rows with label 0'],
  ],
  [
    'two rows',
    () => ['run', ...own(file('2.npy', npy(numbers(2), DIMS)), file('2.csv', csv(['1', '0'])))],
    ['2.npy: no row is left to test on', 'Change'],
  ],
  [
    'a target of other rows',
    () => ['run', ...own(), '--target', file('t.npy', npy(numbers(150), DIMS))],
    ['t.npy: it has 150 rows', '200 labels', 'Give'],
  ],
  [
    'a target of other dimensions',
    () => ['run', ...own(), '--target', file('t.npy', npy(numbers(ROWS, 3), 3))],
    ['t.npy: its rows have 3 numbers', 'have 6', 'Give'],
  ],
  [
    'a target with NaN',
    () => ['run', ...own(), '--target', file('t.npy', npy(put(numbers(), 0, NaN), DIMS))],
    ['t.npy, row 1: column 1 is NaN', 'Remove'],
  ],
  [
    'a target that is not there',
    () => ['run', ...own(), '--target', join(folder, 'no.npy')],
    ['no.npy: there is no such file'],
  ],
];

const LABELS: readonly Refusal[] = [
  ['labels that are not there', () => ['run', ...own(X, join(folder, 'no.csv'))], ['no.csv: there is no such file']],
  ['a file without labels', () => ['run', ...own(X, X)], ['x.npy: No column looks like a label', 'Name']],
  [
    'labels that are no text',
    () => ['run', ...own(X, file('l.csv', Uint8Array.of(97, 0xff, 10, 0xfe, 10)))],
    ['l.csv', 'it is not text'],
  ],
  [
    'labels in UTF-16',
    () => ['run', ...own(X, file('u.csv', Buffer.from(`\ufeff${csv(labelLines())}`, 'utf16le')))],
    ['u.csv: it is UTF-16', 'UTF-8'],
  ],
  ['empty labels', () => ['run', ...withY('')], ['labels.csv: it is empty', 'Give']],
  ['a header alone', () => ['run', ...withY('label\n')], ['labels.csv: it has a header and no rows', 'Add']],
  [
    'too few labels',
    () => ['run', ...withY(csv(labelLines(199)))],
    ['x.npy: it has 200 rows', 'labels.csv has 199 labels', 'Give'],
  ],
  [
    'a label of 2',
    () => ['run', ...withY(csv(put(labelLines(), 6, '2')))],
    ['labels.csv, row 8: the label is "2"', 'Write 0 or 1'],
  ],
  ['an empty line', () => ['run', ...withY(csv(put(labelLines(), 6, '')))], ['labels.csv, row 8: ', 'empty', 'Write']],
  [
    'no column of labels',
    () => [
      'run',
      ...withY(
        csv(
          labelLines().map((_, row) => `word ${row}`),
          'remark',
        ),
      ),
    ],
    ['labels.csv: No column looks like a label', 'Name'],
  ],
  [
    'one class',
    () => ['run', ...withY(csv(labelLines().map(() => '0')))],
    ['labels.csv: all 200 labels are 0', 'Add rows with label 1'],
  ],
  [
    'a wrong word of the split',
    () => ['run', ...withY(splitLines((row) => (row === 4 ? 'later' : trainOrTest(row))))],
    ['labels.csv, row 6: the split is "later"', 'Write train'],
  ],
  [
    'a split without test rows',
    () => ['run', ...withY(splitLines(() => 'train'))],
    ['x.npy: no row is left to test on', 'split column'],
  ],
  [
    'a split without training rows',
    () => ['run', ...withY(splitLines(() => 'test'))],
    ['x.npy: its 0 training rows', 'split column'],
  ],
  [
    'one class in train',
    () => ['run', ...withY(splitLines((row) => (labelOf(row) === 1 ? 'train' : 'test')))],
    ['x.npy: its 60 training rows do not hold both classes', 'Change'],
  ],
  [
    'a share too small for a test row',
    () => ['run', spec({ split: { train: 0.999, validation: 0, test: 0.001 } }), ...own()],
    ['x.npy: no row is left to test on', 'Change the shares'],
  ],
  [
    'a slice by a column that is not there',
    () => ['run', spec({ view: { slice: { column: 'topic', value: '1' } } }), ...own()],
    ['spec.json', 'no column "topic"', 'set view.slice to null'],
  ],
  [
    'a slice by an unknown column of a shipped set',
    () => ['run', spec({ view: { slice: { column: 'topic', value: '1' } } })],
    ['spec.json', 'no column "topic"', 'Choose one of'],
  ],
  [
    'a slice that no row has',
    () => ['run', spec({ view: { slice: { column: 'source', value: 'nowhere' } } })],
    ['spec.json', '"nowhere"', 'Choose another value'],
  ],
];

const one = (): string => file('d1.npy', npy(numbers(ROWS, 1), 1));
const DRIFTS: readonly Refusal[] = [
  [
    'more planes than there are',
    () => ['run', spec({ drift: { kind: 'rotation', planes: 4 } }), ...own()],
    ['spec.json', 'from 1 to 3', 'not 4'],
  ],
  [
    'a rotation of one dimension',
    () => ['run', spec({ drift: { kind: 'rotation' } }), ...own(one())],
    ['spec.json', 'at least two dimensions'],
  ],
  [
    'a move onto the origin',
    () => ['run', spec({ drift: { kind: 'directional', sigma: 1 } }), ...own(one())],
    [/d1\.npy, row \d+: /, 'onto the origin', 'drift.renormalize'],
  ],
];

describe.each([
  ['embeddings', EMBEDDINGS],
  ['labels', LABELS],
  ['drift', DRIFTS],
])('bad %s', (_, cases) => {
  test.each(cases)('%s: exit code 2 and one line that says what to do', async (_name, args, words) => {
    expectRefusal(await captured(args()), words);
  });
});

async function report(args: readonly string[]) {
  const { code, stdout, stderr } = await captured(['run', ...args]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('odd input that is good', () => {
  const metrics = async (args: readonly string[]) => (await report(args)).metrics;

  test.each([
    ['float16', { descr: '<f2' }],
    ['float64', { descr: '<f8' }],
    ['Fortran order', { fortran: true }],
    ['float16 in Fortran order', { descr: '<f2', fortran: true }],
  ] as const)('%s embeddings give the numbers of float32', async (_, options) => {
    const usual = await metrics(own());
    const now = await metrics(withX('same.npy', npy(numbers(), DIMS, options)));
    // float64 rows are summed by other code.
    for (const name of ['rocAuc', 'ece', 'nll', 'meanAngleDegrees']) expect(now[name]).toBeCloseTo(usual[name], 12);
  });

  test.each([
    ['a byte order mark', `\ufeff${csv(labelLines())}`],
    ['CRLF line ends', csv(labelLines(), 'label', '\r\n')],
    [
      'both, and quotes',
      `\ufeff${csv(
        labelLines().map((label) => `"${label}"`),
        '"label"',
        '\r\n',
      )}`,
    ],
    ['no line end at the end', csv(labelLines()).trimEnd()],
  ])('labels with %s give the same numbers', async (_, text) => {
    expect(await metrics(withY(text))).toEqual(await metrics(own()));
  });

  test('one dimension, and the strongest drift there is, give finite numbers', async () => {
    const kinds = ['gaussian', 'directional', 'subspace', 'scaling', 'mean-shift'];
    for (const kind of kinds) {
      const now = await metrics([spec({ drift: { kind, sigma: 999 } }), ...own(one())]);
      expect(now.rocAuc, kind).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(now.nll), kind).toBe(true);
    }
  });

  test('a row of zeros is good as it is, and has no angle', async () => {
    const rows = numbers().map((value, i) => (Math.floor(i / DIMS) === 9 ? 0 : value));
    const now = await metrics([
      spec({ data: { normalize: false }, drift: { renormalize: false } }),
      ...withX('z.npy', npy(rows, DIMS)),
    ]);
    expect(Number.isFinite(now.meanAngleDegrees)).toBe(true);
  });

  test('a target alone is a drift all the way to it', async () => {
    const target = file(
      't.npy',
      npy(
        numbers().map((value, i) => value + (i % 3) / 4),
        DIMS,
      ),
    );
    const { spec: ran, amount, clean, metrics: now } = await report([...own(), '--target', target]);
    expect(ran.drift).toMatchObject({ kind: 'model', to: 'target', t: 1 });
    expect(amount).toBe(1);
    expect(clean).toEqual({ ...(await report([spec({ drift: { sigma: 0 } }), ...own()])).clean });
    expect(now.rocAuc).not.toBe(clean.rocAuc);
  });
});
