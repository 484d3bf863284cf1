import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SPEC } from './defaultSpec.ts';
import { parseSpec } from './parseSpec.ts';

function problemsOf(json: unknown): string[] {
  const result = parseSpec(json);
  return result.ok ? [] : result.problems.map((problem) => problem.message);
}

describe('a spec', () => {
  test('with no field is the default experiment', () => {
    expect(parseSpec({})).toEqual({ ok: true, spec: DEFAULT_SPEC });
    expect(DEFAULT_SPEC.drift).toMatchObject({ kind: 'gaussian', units: 'per-coordinate', sigma: 0.02, seed: 42 });
    expect(DEFAULT_SPEC.probe).toMatchObject({ kind: 'logistic', C: 1, standardize: true, classWeight: 'balanced' });
  });

  test('keeps what it says and takes defaults for the rest', () => {
    const result = parseSpec({ drift: { sigma: 0 }, metrics: { bins: 10 } });
    if (!result.ok) throw new Error('refused');
    expect(result.spec).toEqual({
      ...DEFAULT_SPEC,
      drift: { ...DEFAULT_SPEC.drift, sigma: 0 },
      metrics: { ...DEFAULT_SPEC.metrics, bins: 10 },
    });
  });

  test('names a misspelt field and the one that was meant', () => {
    expect(problemsOf({ drift: { sigm: 1 } })).toEqual(['drift.sigm is not a field of a spec; did you mean sigma?']);
  });

  test('names every problem at once, with the value and what was expected', () => {
    const problems = problemsOf({ drift: { sigma: -1 }, metrics: { bins: 2.5 }, probe: { C: 'one' } });
    expect(problems).toHaveLength(3);
    expect(problems[1]).toBe('drift.sigma is -1; expected a number at least 0 and at most 1000.');
  });

  test('refuses shares that do not add up, a model drift without its version and synthetic data without settings', () => {
    expect(problemsOf({ split: { train: 0.9 } })[0]).toMatch(/is 1\.2/);
    expect(problemsOf({ drift: { kind: 'model' } })[0]).toMatch(/drift.to is missing/);
    expect(problemsOf({ data: { id: 'synthetic' } })[0]).toMatch(/data.synthetic is missing/);
  });

  test('refuses synthetic settings of a set that is not synthetic, and another version of synthetic data', () => {
    const synthetic = { rows: 100, dims: 8, separation: 1, spectrum: 0, meanCosine: 0, seed: 1 };
    expect(problemsOf({ data: { id: 'synthetic', synthetic } })).toEqual([]);
    expect(problemsOf({ data: { synthetic } })[0]).toMatch(/data.id is "tweets"/);
    expect(problemsOf({ data: { id: 'synthetic', synthetic }, drift: { kind: 'model', to: 'base' } })[0]).toMatch(
      /one version only/,
    );
  });

  test('is refused when it is of another version', () => {
    expect(problemsOf({ v: 2 })[0]).toMatch(/version 1/);
  });

  test('never throws, whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof parseSpec(json).ok === 'boolean'));
  });

  test('survives a trip through JSON', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            drift: fc.record(
              {
                sigma: fc.double({ min: 0, max: 1000, noNaN: true }),
                seed: fc.maxSafeNat(),
                kind: fc.constantFrom('gaussian', 'rotation', 'scaling'),
                planes: fc.option(fc.integer({ min: 1, max: 100 })),
              },
              { requiredKeys: [] },
            ),
            view: fc.record({
              slice: fc.option(fc.record({ column: fc.constant('source'), value: fc.constant('a b') })),
            }),
          },
          { requiredKeys: [] },
        ),
        (json) => {
          const first = parseSpec(json);
          if (!first.ok) return false;
          const second = parseSpec(JSON.parse(JSON.stringify(first.spec)));
          expect(second).toEqual(first);
          return true;
        },
      ),
    );
  });
});

test('a number too large for JSON to hold is named as what it was read as', () => {
  const result = parseSpec(JSON.parse('{"drift":{"sigma":1e999}}'));
  expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
    'drift.sigma is Infinity; expected a number at least 0 and at most 1000.',
  ]);
});
