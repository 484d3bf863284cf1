import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { golden, REFERENCE, STREAM } from './fixtures/golden.ts';
import { ksNumerator, ksStatistic, ksTwoSample } from './ksTwoSample.ts';
import {
  approximateTwoSampleP,
  commonMultiple,
  criticalH,
  exactTwoSampleP,
  kolmogorovSf,
  oneSampleKolmogorovSf,
  twoSampleP,
} from './ksTwoSampleLaw.ts';

const sorted = (values: ArrayLike<number>) => Float64Array.from(values).sort();

describe('the two-sample Kolmogorov–Smirnov test', () => {
  it('gives D and both p-values of the known windows', () => {
    const { window, rows } = golden.ks;
    for (const { t, D, p_exact, p_asymp } of rows) {
      const b = sorted(STREAM.slice(t + 1 - window, t + 1));
      const h = ksNumerator(sorted(REFERENCE), b);
      expect(h / commonMultiple(60, window)).toBeCloseTo(D, 12);
      expect(exactTwoSampleP(h, 60, window)).toBeCloseTo(p_exact, 10);
      expect(approximateTwoSampleP(D, 60, window)).toBeCloseTo(p_asymp, 10);
    }
  });

  it('counts ties once on both sides', () => {
    const { a, b, D, p_exact, p_asymp } = golden.ks.ties;
    const h = ksNumerator(sorted(a), sorted(b));
    expect(h / commonMultiple(6, 8)).toBeCloseTo(D, 12);
    expect(exactTwoSampleP(h, 6, 8)).toBeCloseTo(p_exact, 10);
    expect(approximateTwoSampleP(D, 6, 8)).toBeCloseTo(p_asymp, 10);
    expect(ksStatistic(Float64Array.of(0.5, 0.5), Float64Array.of(0.5))).toBe(golden.ks.constant.D);
  });

  it("is Kolmogorov's law in the limit", () => {
    for (const [x, p] of Object.entries(golden.ks.kolmogorov_sf)) expect(kolmogorovSf(Number(x))).toBeCloseTo(p, 10);
    expect(kolmogorovSf(0)).toBe(1);
    expect(kolmogorovSf(1.18 - 1e-12)).toBeCloseTo(kolmogorovSf(1.18), 11);
  });

  it('passes from the finite to the corrected limit law without a jump', () => {
    for (const d of [0.02, 0.03, 0.043, 0.05]) {
      const finite = oneSampleKolmogorovSf(1000, d);
      const corrected = approximateTwoSampleP(d, 2002, 2002);
      expect(Math.abs(corrected - finite)).toBeLessThan(2e-3);
    }
  });

  it('keeps the digits of small p-values', () => {
    expect(exactTwoSampleP(10, 10, 10) / (2 / 184756)).toBeCloseTo(1, 12);
    expect(twoSampleP(commonMultiple(500, 100), 500, 100).p).toBeGreaterThan(0);
    expect(twoSampleP(commonMultiple(500, 100), 500, 100).p).toBeLessThan(1e-100);
  });

  it('has its critical value at the first h whose p is at most the level', () => {
    const h = criticalH(0.05, 500, 100);
    expect(exactTwoSampleP(h, 500, 100)).toBeLessThanOrEqual(0.05);
    expect(exactTwoSampleP(h - 1, 500, 100)).toBeGreaterThan(0.05);
  });

  it('slides: after every step it has the D of the last w scores, and depends on ranks alone', () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(values, values, (reference, stream_) => {
        fc.pre(new Set(reference).size > 1);
        const parameters = { window: 5, every: 1, alpha: 0.05, threshold: null };
        const start = (f: (x: number) => number) =>
          ksTwoSample.init({ scores: Float64Array.from(reference, f), embeddings: null, seed: 1 }, parameters);
        const plain = start((x) => x);
        const bent = start((x) => Math.exp(x) - 3);
        stream_.forEach((x, t) => {
          const reading = plain.update({ score: x, embedding: null });
          expect(bent.update({ score: Math.exp(x) - 3, embedding: null })).toEqual(reading);
          if (t < 4) expect(reading.statistic).toBeNull();
          else {
            const window = Float64Array.from(stream_.slice(t - 4, t + 1));
            expect(reading.statistic).toBeCloseTo(ksStatistic(Float64Array.from(reference), window), 12);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('alarms in at most a share alpha of tests on fresh references, and by no more than one atom less', () => {
    let alarms = 0;
    const tests = 4000;
    const random = stream(3, 'ks-null');
    const window = 40;
    const h = criticalH(0.05, 60, window);
    for (let i = 0; i < tests; i++) {
      const a = random.random(new Float64Array(60)).sort();
      if (ksNumerator(a, random.random(new Float64Array(window)).sort()) >= h) alarms++;
    }
    const expected = exactTwoSampleP(h, 60, window);
    const error = Math.sqrt((expected * (1 - expected)) / tests);
    expect(Math.abs(alarms / tests - expected)).toBeLessThan(4 * error);
    expect(expected).toBeLessThanOrEqual(0.05);
  });

  it('says what it cannot use', () => {
    const { defaults, init } = ksTwoSample;
    const reference = (scores: number[]) => ({ scores: Float64Array.from(scores), embeddings: null, seed: 1 });
    expect(() => init(reference([0.1, 0.2]), defaults)).toThrow(/fewer than the window of 100/);
    expect(() => init(reference(Array(200).fill(0.5)), defaults)).toThrow(/All 200 reference scores are 0.5/);
    expect(() => init(reference([0.1, NaN]), defaults)).toThrow(/Reference score 2 is NaN/);
    expect(() => init(reference([0.1, 0.2]), { ...defaults, alpha: 0 })).toThrow(/strictly between 0 and 1/);
    expect(() => init(reference([0.1, 0.2]), { ...defaults, window: 1.5 })).toThrow(/whole number/);
  });

  it('names its kind of promise', () => {
    expect(ksTwoSample.guarantee(ksTwoSample.defaults)).toMatchObject({ kind: 'per-test', value: 0.05 });
    expect(ksTwoSample.guarantee({ ...ksTwoSample.defaults, threshold: 0.2 }).kind).toBe('none');
  });
});
