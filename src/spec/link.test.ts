import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';
import { LINK_FIELDS } from './linkKeys.ts';
import { PLAIN_PAGE } from './linkPage.ts';
import { DEFAULT_SPEC } from './defaultSpec.ts';
import { parseSpec } from './parseSpec.ts';
import { validSpec } from './fixtures/arbitrarySpec.ts';
import { PANEL_IDS, type ExperimentSpec } from './types.ts';

const spec = (json: unknown): ExperimentSpec => {
  const parsed = parseSpec(json);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
};

describe('a link', () => {
  test('of the default spec is empty, and the empty link is the default spec', () => {
    expect(encodeLink(DEFAULT_SPEC)).toBe('');
    expect(decodeLink('')).toEqual({ spec: DEFAULT_SPEC, problems: [], unknown: [], page: {}, settings: PLAIN_PAGE });
    expect(decodeLink('#').spec).toEqual(DEFAULT_SPEC);
  });

  test('names what differs from the default, and nothing else', () => {
    expect(encodeLink(spec({ drift: { sigma: 0.05 } }))).toBe('v=1&lab=drift&sigma=0.05');
    expect(encodeLink(spec({ data: { id: 'prompts' }, drift: { kind: 'model', to: 'wrong-layer', t: 0.5 } }))).toBe(
      'v=1&lab=drift&data=prompts&drift=model&t=0.5&to=wrong-layer',
    );
    expect(encodeLink(spec({ probe: { classWeight: null }, view: { panels: ['walk', 'geometry'] } }))).toBe(
      'v=1&lab=drift&class-weight=-&panels=geometry,walk',
    );
    expect(encodeLink(spec({ view: { slice: { column: 'source', value: 'a, b: 100%' } } }))).toBe(
      'v=1&lab=drift&slice=column:source,value:a%252C%20b%253A%20100%2525',
    );
  });

  test('reads back as the spec it was made of, and one spec has one link', () => {
    fc.assert(
      fc.property(validSpec, (any) => {
        const link = encodeLink(any);
        const back = decodeLink(link);
        expect(back.problems).toEqual([]);
        expect(back.spec).toEqual(any);
        expect(encodeLink(back.spec)).toBe(link);
      }),
      { numRuns: 500 },
    );
  });

  test('of a slice by any text reads back, also by half of a surrogate pair, which JSON may hold', () => {
    const text = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' });
    const half = fc.constantFrom('\ud800', 'a\udfff', '%ud800', '\ud83d\ude00\ud83d', '%25ud800');
    fc.assert(
      fc.property(fc.oneof(text, half), fc.oneof(text, half), (column, value) => {
        const parsed = parseSpec({ view: { slice: { column, value } } });
        if (!parsed.ok) return;
        const link = encodeLink(parsed.spec);
        expect(link).toMatch(/^[\x21-\x7e]*$/);
        expect(decodeLink(link)).toMatchObject({ spec: parsed.spec, problems: [] });
      }),
    );
    expect(parseSpec({ view: { slice: { column: '\ud800', value: 'a\udfff' } } }).ok).toBe(true);
    expect(encodeLink(DEFAULT_SPEC, [['x', '\ud800']])).toBe('v=1&lab=drift&x=%EF%BF%BD');
  });

  test('stays under 2,000 characters where every field differs from its default', () => {
    fc.assert(
      fc.property(
        validSpec,
        (any) => encodeLink({ ...any, view: { ...any.view, slice: null, panels: PANEL_IDS } }).length < 2000,
      ),
    );
    expect(LINK_FIELDS.length).toBeLessThan(60);
  });

  test('never breaks, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        expect(parseSpec(decodeLink(text).spec).ok).toBe(true);
      }),
      { numRuns: 1000 },
    );
    const names = fc.constantFrom(...LINK_FIELDS.map(({ name }) => name), 'v', 'lab', 'seen', 'nonsense', '%E0');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ maxLength: 20 }))), (pairs) => {
        const { spec: read } = decodeLink(pairs.map(([name, value]) => `${name}=${value}`).join('&'));
        expect(parseSpec(read)).toEqual({ ok: true, spec: read });
      }),
      { numRuns: 1000 },
    );
  });

  test('says what was asked, what is used and why where a value is out of range', () => {
    const { spec: read, problems } = decodeLink('v=1&lab=drift&sigma=-3&bins=7&C=1e400&tau=0x1');
    expect(read.drift.sigma).toBe(DEFAULT_SPEC.drift.sigma);
    expect(read.metrics.bins).toBe(7);
    expect(problems).toEqual([
      { name: 'sigma', asked: '-3', used: '0.02', why: 'it should be a number at least 0 and at most 1000.' },
      { name: 'C', asked: '1e400', used: '1', why: 'it should be a number above 0 and at most 1000000000000.' },
      { name: 'tau', asked: '0x1', used: '0.8', why: 'it should be a number at least 0 and at most 1.' },
    ]);
  });

  test('takes back fields that contradict each other, and names each', () => {
    const { spec: read, problems } = decodeLink('train=0.9&sigma=1');
    expect(read).toEqual(spec({ drift: { sigma: 1 } }));
    expect(problems.map(({ name }) => name)).toEqual(['train']);
    expect(decodeLink('drift=model').problems[0]).toMatchObject({ name: 'drift', asked: 'model', used: 'gaussian' });
    expect(decodeLink('data=synthetic').problems.map(({ name }) => name)).toContain('data');
  });

  test('keeps names that it does not know, and page settings apart from the spec', () => {
    const read = decodeLink('v=1&sigma=0.5&colour=blue&seen=auc:.87&embed=1');
    expect(read.unknown).toEqual([['colour', 'blue']]);
    expect(read.page).toEqual({ seen: 'auc:.87', embed: '1' });
    expect(encodeLink(read.spec, read.unknown)).toBe('v=1&lab=drift&sigma=0.5&colour=blue');
  });

  test('of a name written twice uses the first, and says so', () => {
    expect(decodeLink('sigma=0.1&sigma=0.2')).toMatchObject({
      spec: { drift: { sigma: 0.1 } },
      problems: [{ name: 'sigma', asked: '0.2', used: '0.1' }],
    });
  });

  test('of a newer lab is read as far as it can be, with a word on it', () => {
    expect(decodeLink('v=9&sigma=0.1')).toMatchObject({ spec: { drift: { sigma: 0.1 } }, problems: [{ name: 'v' }] });
    expect(decodeLink('v=one').problems[0].why).toContain('whole number');
  });

  test('of an older version goes through every migration after it', () => {
    const rename = (from: string, to: string) => (parts: readonly (readonly [string, string])[]) =>
      parts.map(([name, value]) => [name === from ? to : name, value] as const);
    const chain = [rename('s', 'strength'), rename('strength', 'sigma')];
    expect(decodeLink('v=1&s=0.3', chain).spec.drift.sigma).toBe(0.3);
    expect(decodeLink('v=2&strength=0.3', chain).spec.drift.sigma).toBe(0.3);
    expect(decodeLink('v=3&s=0.3', chain).unknown).toEqual([['s', '0.3']]);
  });
});
