import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { ConformalP, CONFORMAL_DEFAULTS, ConformalFeed, conformalGuarantee } from './conformalP.ts';
import { apart, golden, REFERENCE, STREAM } from './fixtures/golden.ts';

const known = golden.conformal_martingale;

const pValues = (history: 'online' | 'fixed', u: (t: number) => number): number[] => {
  const feed = new ConformalP(REFERENCE, { history, strange: 'high' });
  return STREAM.map((x, t) => feed.next(x, u(t)));
};

describe('conformal p-values', () => {
  it('are the known ones, online and fixed, smoothed and deterministic', () => {
    expect(
      apart(
        pValues('online', (t) => known.u[t]),
        known.p_online_smoothed,
      ),
    ).toBeLessThan(1e-10);
    expect(
      apart(
        pValues('online', () => 1),
        known.p_online_deterministic,
      ),
    ).toBeLessThan(1e-10);
    expect(
      apart(
        pValues('fixed', (t) => known.u[t]),
        known.p_fixed_reference_smoothed,
      ),
    ).toBeLessThan(1e-10);
  });

  it('depend on ranks alone, and low scores are strange by the mirrored ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 40 }), (values) => {
        const scores = Float64Array.from(values);
        const plain = new ConformalP(scores.subarray(0, 2), { history: 'online', strange: 'high' });
        const bent = new ConformalP(
          scores.subarray(0, 2).map((x) => x ** 3),
          { history: 'online', strange: 'high' },
        );
        const mirrored = new ConformalP(
          scores.subarray(0, 2).map((x) => -x),
          { history: 'online', strange: 'low' },
        );
        values.slice(2).forEach((x, t) => {
          const u = ((t * 37) % 100) / 100;
          const p = plain.next(x, u);
          expect(bent.next(x ** 3, u)).toBe(p);
          expect(mirrored.next(-x, u)).toBe(p);
        });
      }),
    );
  });

  it('are uniform online while nothing shifts, even where scores tie', () => {
    const n = 20_000;
    const random = stream(1, 'ties');
    const scores = random.random(new Float64Array(200)).map((x) => Math.floor(5 * x));
    const feed = new ConformalFeed({ scores, embeddings: null, seed: 3 }, CONFORMAL_DEFAULTS);
    const counts = new Float64Array(10);
    for (let t = 0; t < n; t++) counts[Math.min(9, Math.floor(10 * feed.next(Math.floor(5 * random.random1()))))]++;
    const chi2 = counts.reduce((sum, count) => sum + (count - n / 10) ** 2 / (n / 10), 0);
    // P(χ²₉ > 33.7) = 1e-4.
    expect(chi2).toBeLessThan(33.7);
  });

  it('never are 0, and grow room as the history does', () => {
    const feed = new ConformalFeed(
      { scores: Float64Array.of(0.5), embeddings: null, seed: 1 },
      { ...CONFORMAL_DEFAULTS },
    );
    for (let t = 0; t < 5000; t++) expect(feed.next(t)).toBeGreaterThan(0);
  });

  it('promise nothing where they hang together or are too large for the bet', () => {
    const promise = { kind: 'ever', value: 0.05 } as const;
    const of = (changes: object, decreasing: boolean) =>
      conformalGuarantee({ ...CONFORMAL_DEFAULTS, ...changes }, decreasing, promise, '').kind;
    expect(of({}, false)).toBe('ever');
    expect(of({ history: 'fixed' }, true)).toBe('none');
    expect(of({ ties: 'deterministic' }, false)).toBe('none');
    expect(of({ ties: 'deterministic' }, true)).toBe('ever');
  });

  it('say which row is no number', () => {
    const reference = { scores: Float64Array.of(0.5, Infinity), embeddings: null, seed: 1 };
    expect(() => new ConformalFeed(reference, CONFORMAL_DEFAULTS)).toThrow(/Reference score 2 is Infinity/);
    const empty = { scores: new Float64Array(0), embeddings: null, seed: 1 };
    expect(() => new ConformalFeed(empty, CONFORMAL_DEFAULTS)).toThrow(/0 scores/);
  });
});
