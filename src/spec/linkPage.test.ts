import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';
import { HIDE_IDS, PAGE_NAMES, pageParts, PART_IDS, pathProblem, PLAIN_PAGE, type PageSettings } from './linkPage.ts';
import { DEFAULT_SPEC } from './defaultSpec.ts';

const path = fc
  .array(fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,12}$/), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'));
const page = fc.record({
  embed: fc.boolean(),
  present: fc.boolean(),
  only: fc.option(fc.subarray([...PART_IDS], { minLength: 1 })),
  hide: fc.subarray([...HIDE_IDS]),
  file: fc.option(fc.string({ minLength: 1, maxLength: 60 }).filter((name) => !/\p{Cc}/u.test(name))),
  from: fc.array(path, { maxLength: 4 }),
}) as fc.Arbitrary<Omit<PageSettings, 'seen'>>;

describe('page settings in a link', () => {
  test('read back as they were written, and change nothing of the spec', () => {
    fc.assert(
      fc.property(page, (any) => {
        const link = encodeLink(DEFAULT_SPEC, pageParts(any));
        const read = decodeLink(link);
        expect(read.problems).toEqual([]);
        expect(read.settings).toEqual({ ...PLAIN_PAGE, ...any });
        expect(read.spec).toEqual(DEFAULT_SPEC);
        expect(encodeLink(read.spec, pageParts(read.settings))).toBe(link);
      }),
    );
  });

  test('name what they do not know, with what there is, and use the rest', () => {
    const { settings, problems } = decodeLink('embed=2&only=roc,rock,reliability&hide=header&present=1');
    expect(settings).toMatchObject({ embed: false, only: ['roc', 'reliability'], hide: [], present: true });
    expect(problems.map(({ name, asked, used }) => [name, asked, used])).toEqual([
      ['only', 'rock', 'roc,reliability'],
      ['embed', '2', '-'],
      ['hide', 'header', '-'],
    ]);
    expect(problems[0].why).toContain('cliff, headlines');
  });

  test('with only unknown parts show the whole page', () => {
    expect(decodeLink('only=everything').settings.only).toBe(null);
  });

  test('never break, whatever they say', () => {
    const anything = fc.tuple(fc.constantFrom(...PAGE_NAMES), fc.string({ maxLength: 60, unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (parts) => {
        const link = parts
          .map(([name, text]) => `${name}=${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'))}`)
          .join('&');
        expect(decodeLink(link).spec).toEqual(DEFAULT_SPEC);
      }),
    );
  });
});

describe('a path to a file beside the lab', () => {
  test('is relative and goes down', () => {
    for (const good of ['x.npy', 'data/x.npy', 'my data/run 1/labels.csv', 'größe.csv']) {
      expect(pathProblem(good), good).toBe(null);
    }
  });

  test('never leaves the lab', () => {
    const bad = [
      ...['', '/x.npy', '//host/x.npy', 'https://host/x.npy', 'data:text/csv,a', 'javascript:alert(1)', 'C:\\x.npy'],
      ...['../x.npy', 'a/../../x.npy', 'a/./b', '.hidden', 'a/.git/config', 'a//b', 'a/', '\\\\host\\x'],
      ...['%2e%2e/x.npy', 'a%2f..', 'x.npy?y', 'x.npy#y', 'x\n.npy', ' ', 'a/ b', '\u0000'],
    ];
    for (const path of bad) expect(pathProblem(path), path).not.toBe(null);
    expect(decodeLink('from=x.npy,../y.csv')).toMatchObject({
      settings: { from: [] },
      problems: [{ name: 'from', asked: '../y.csv', used: '-' }],
    });
    expect(decodeLink('from=https%3A%2F%2Fexample.org%2Fx.npy').settings.from).toEqual([]);
  });

  test('resolves below the address of the lab wherever that is', () => {
    const site = 'https://lab.example/deep/down/';
    fc.assert(
      fc.property(fc.oneof(path, fc.string({ maxLength: 40 })), (any) => {
        if (pathProblem(any) === null) expect(new URL(any, site).href.startsWith(site)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
