import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// Golden vector 11 of the monitor paper's re-implementation (1e-10). Vector 12 holds published figures: read from REFERENCE_DIR.
import { scoresOf } from '../stream/plan.ts';
import { bootstrapNull, bootstrapStream } from '../stream/published.ts';
import { stream } from '../random/streams.ts';
import type { DetectorDefinition } from './detector.ts';
import golden from './fixtures/martingales.json';
import { golden as referenced, hasReference, nullScores } from './fixtures/reference.ts';
import { KsWindow } from './ksWindow.ts';
import { cusumMartingale, pointMartingale, scanMartingale } from './martingales.ts';
import { ConformalBets, ScanWealth } from './martingaleWealth.ts';

const reference = { scores: Float64Array.from(golden.reference_sorted), embeddings: null, seed: 0 };
const { alpha, epsilon } = golden;

function run<P>(detector: DetectorDefinition<P>, parameters: P) {
  const running = detector.init(reference, parameters);
  const readings = golden.scores.map((score) => running.update({ score, embedding: null }));
  const first = readings.findIndex(({ alarm }) => alarm);
  return {
    path: readings.map(({ statistic }) => statistic ?? NaN),
    alarm: first < 0 ? null : first + 1,
    threshold: running.threshold,
  };
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-10));
}

test('conformal p-values and log bets are golden', () => {
  const bets = new ConformalBets(reference.scores, epsilon);
  expectClose(
    golden.scores.map((s) => bets.p(s)),
    golden.p,
  );
  expectClose(
    golden.scores.map((s) => bets.logBet(s)),
    golden.increments,
  );
});

test.each([
  [
    'point',
    run(pointMartingale, { alpha, epsilon }),
    golden.point_path,
    golden.thresholds.point,
    golden.alarm_steps.point,
  ],
  [
    'CUSUM',
    run(cusumMartingale, { alpha, epsilon, horizon: 1000 }),
    golden.cusum_path,
    golden.thresholds.cusum_h1000,
    golden.alarm_steps.cusum,
  ],
  [
    'scan of 50',
    run(scanMartingale, { alpha, epsilon, window: 50 }),
    golden.scan50_path,
    golden.thresholds.scan50,
    golden.alarm_steps.scan50,
  ],
  [
    'scan of 5',
    run(scanMartingale, { alpha, epsilon, window: 5 }),
    golden.scan5_path,
    golden.thresholds.scan5,
    golden.alarm_steps.scan5,
  ],
])('the path, threshold and alarm of the %s are golden', (_name, found, path, threshold, alarm) => {
  expectClose(found.path, path);
  expect(found.threshold).toBeCloseTo(threshold, 10);
  expect(found.alarm).toBe(alarm);
});

test('the scan is the wealthiest of the martingales begun within its window', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -2, max: 3, noNaN: true }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (bets, w) => {
        const scan = new ScanWealth(w);
        bets.forEach((bet, t) => {
          const found = scan.push(bet);
          let most = -Infinity;
          for (let from = Math.max(0, t + 1 - w); from <= t; from++) {
            most = Math.max(
              most,
              bets.slice(from, t + 1).reduce((sum, b) => sum + b, 0),
            );
          }
          expect(found).toBeCloseTo(most, 9);
        });
      },
    ),
  );
});

test('the scan keeps its promise to its window and breaks its claim beyond it', () => {
  const streams = 1000;
  const steps = 3000;
  const random = stream(7, 'scan');
  const at = Math.log(50 / alpha);
  let early = 0;
  let ever = 0;
  for (let i = 0; i < streams; i++) {
    const scan = new ScanWealth(50);
    let first = Infinity;
    for (let t = 1; t <= steps && first === Infinity; t++) {
      // An ideal p-value, uniform on (0, 1].
      if (scan.push(Math.log(epsilon) + (epsilon - 1) * Math.log(1 - random.random1())) >= at) first = t;
    }
    if (first <= 50) early++;
    if (first < Infinity) ever++;
  }
  const defaults = scanMartingale.defaults;
  expect(early / streams).toBeLessThan(scanMartingale.guarantee(defaults).value ?? 0);
  expect(ever / streams).toBeGreaterThan(2 * (scanMartingale.claim?.(defaults).value ?? 1));
});

interface TrackB {
  readonly published: Record<
    string,
    { readonly scan_det: number; readonly ks_det: number } & Record<string, { readonly far: number }>
  >;
  readonly shifted_beta55_seed99: readonly number[];
  readonly n_seeds: number;
  readonly scan_alarm_steps: Record<
    string,
    readonly (number | null)[] & { readonly far: number; readonly alarms: Record<string, number> }
  >;
  readonly 'ks_thresholds_track_b_(reference=all 500, w=100)': Record<string, number>;
  readonly stream_checksums_seed0: Record<
    string,
    { readonly first5: readonly number[]; readonly last5: readonly number[] }
  >;
}

describe('the martingale study that the monitor paper published', () => {
  const published = test.skipIf(!hasReference);
  const firstAlarm = (scores: Float64Array, bets: ConformalBets): number | null => {
    const scan = new ScanWealth(50);
    const at = Math.log(50 / 0.05);
    const found = scores.findIndex((score) => scan.push(bets.logBet(score)) >= at);
    return found < 0 ? null : found + 1;
  };

  published.each(['deberta', 'text-moderation', 'llama-guard', 'shieldgemma'])('replays every stream of %s', (name) => {
    const expected = referenced<TrackB>('12_track_b_replay');
    const clean = nullScores()[name];
    const shifted = expected.shifted_beta55_seed99;
    const bets = new ConformalBets(clean, 0.3);
    for (const mixing of [0.15, 0.2, 0.3, 0.5, 1]) {
      const alarms: (number | null)[] = [];
      let byKs = 0;
      for (let seed = 0; seed < expected.n_seeds; seed++) {
        const scores = scoresOf(bootstrapStream(500, 500, { seed, mixing }), clean, shifted);
        if (seed === 0 && mixing === 0.3) {
          const { first5, last5 } = expected.stream_checksums_seed0[name];
          expect([...scores.slice(0, 5), ...scores.slice(-5)]).toEqual([...first5, ...last5]);
        }
        alarms.push(firstAlarm(scores, bets));
        const ks = new KsWindow(clean, 100);
        let most = 0;
        scores.forEach((score, t) => {
          ks.push(score);
          if (t >= 500) most = Math.max(most, ks.distance());
        });
        if (most > expected['ks_thresholds_track_b_(reference=all 500, w=100)'][name]) byKs++;
      }
      const key = mixing === 1 ? '1.0' : String(mixing);
      expect(alarms, key).toEqual(expected.scan_alarm_steps[`${name}|${key}`]);
      const detected = alarms.filter((step) => step !== null && step >= 500).length / expected.n_seeds;
      expect(detected).toBe(expected.published[`av1|${name}|${key}`].scan_det);
      expect(byKs / expected.n_seeds).toBe(expected.published[`av1|${name}|${key}`].ks_det);
    }
    const falseAlarms: Record<string, number> = {};
    for (let i = 0; i < 200; i++) {
      const step = firstAlarm(scoresOf(bootstrapNull(500, 10_000 + i), clean, []), bets);
      if (step !== null) falseAlarms[i] = step;
    }
    expect(falseAlarms).toEqual(expected.scan_alarm_steps[`null|${name}`].alarms);
    expect(Object.keys(falseAlarms).length / 200).toBe(expected.published.av2[name].far);
  });

  published('the scan’s detection rates at 15 to 30 % mixing and at five values of ε', () => {
    const { published: rates, shifted_beta55_seed99: shifted, n_seeds } = referenced<TrackB>('12_track_b_replay');
    const rate = (clean: Float64Array, mixing: number, bet: number) => {
      const bets = new ConformalBets(clean, bet);
      let detected = 0;
      for (let seed = 0; seed < n_seeds; seed++) {
        const step = firstAlarm(scoresOf(bootstrapStream(500, 500, { seed, mixing }), clean, shifted), bets);
        if (step !== null && step >= 500) detected++;
      }
      return detected / n_seeds;
    };
    const scores = nullScores();
    for (const [mixing, { scan }] of Object.entries(
      rates.ad1 as unknown as Record<string, { readonly scan: number }>,
    )) {
      expect(rate(scores.deberta, Number(mixing), 0.3), mixing).toBe(scan);
    }
    for (const [name, sweep] of Object.entries(rates.av6 as unknown as Record<string, Record<string, number>>)) {
      for (const [eps, known] of Object.entries(sweep))
        expect(rate(scores[name], 0.3, Number(eps)), `${name} ${eps}`).toBe(known);
    }
  });
});
