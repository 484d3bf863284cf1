import { expect, test } from 'vitest';
import { CPythonRandom } from '../random/cpython.ts';
import { stream } from '../random/streams.ts';
// Golden vector 08 of the monitor paper's re-implementation: the "confidence sequence" engine as coded. Tolerance 1e-10.
import { publishedBandDetector } from './confidenceSequencePublished.ts';
import golden from './fixtures/confidenceSequence.json';
import { hasReference, nullScores } from './fixtures/reference.ts';
import type { BandBound } from './hoeffdingBand.ts';
import { HoeffdingBand } from './hoeffdingBand.ts';

interface GoldenParameters {
  readonly alpha: number;
  readonly reference_value: number;
  readonly window_mode: string;
  readonly window_size?: number;
  readonly min_warmup_steps?: number;
  readonly tail_bound?: string;
  readonly variance_proxy?: number;
}

function parametersOf(given: GoldenParameters) {
  const window = given.window_mode === 'sliding' ? (given.window_size ?? 0) : null;
  const kind = given.tail_bound === 'sub_gaussian' ? 'sub-gaussian' : 'sub-exponential';
  const bound: BandBound =
    given.tail_bound === undefined ? { kind: 'bounded' } : { kind, varianceProxy: given.variance_proxy ?? 0 };
  return { alpha: given.alpha, window, bound, warmUp: given.min_warmup_steps ?? window ?? 1 };
}

test.each(golden.cases)('the band, alarms and wealth of $params are golden', (given) => {
  const params = given.params as GoldenParameters;
  const rows = given.lower_upper_alarm_wealth;
  const parameters = parametersOf(params);
  const band = new HoeffdingBand({ ...parameters, referenceValue: params.reference_value });
  const constant = { scores: new Float64Array(3).fill(params.reference_value), embeddings: null, seed: 0 };
  const running = publishedBandDetector.init(constant, parameters);
  let first: number | null = null;
  golden.values.forEach((value, i) => {
    const [lower, upper, alarm, wealth] = rows[i];
    band.push(value);
    expect(Math.abs(band.lower - (lower ?? NaN))).toBeLessThan(1e-10);
    expect(Math.abs(band.upper - (upper ?? NaN))).toBeLessThan(1e-10);
    if (wealth === null) expect(band.wealth).toBeNull();
    else expect(Math.abs((band.wealth ?? NaN) / wealth - 1)).toBeLessThan(1e-10);
    const reading = running.update({ score: value, embedding: null });
    expect(Number(reading.alarm)).toBe(alarm);
    if (reading.statistic !== null) expect(reading.statistic > (running.threshold ?? NaN)).toBe(reading.alarm);
    if (reading.alarm) first ??= i + 1;
  });
  expect(first).toBe(given.first_alarm);
});

test('what it promises is one look at 2α; what the paper claims is a bound for ever', () => {
  const { defaults, guarantee, claim } = publishedBandDetector;
  expect(guarantee(defaults)).toMatchObject({ kind: 'per-test', value: 0.1 });
  expect(claim?.(defaults)).toMatchObject({ kind: 'ever', value: 0.05 });
});

test.skipIf(!hasReference)(
  'none of the paper’s 40 streams without shift alarms, as published: their own mean is the reference',
  () => {
    let alarms = 0;
    for (const scores of Object.values(nullScores())) {
      for (let seed = 0; seed < 10; seed++) {
        const running = publishedBandDetector.init({ scores, embeddings: null, seed }, publishedBandDetector.defaults);
        const shuffled = new CPythonRandom(seed).shuffle(scores.slice());
        if ([...shuffled].some((score) => running.update({ score, embedding: null }).alarm)) alarms++;
      }
    }
    expect(alarms).toBe(0);
  },
);

test('looked at for long enough, it alarms far more often than it claims to, or promises for one look', () => {
  const { defaults, claim, guarantee } = publishedBandDetector;
  // Scores of 0 and 1 with mean ½, for which Hoeffding's bound is nearly exact.
  const reference = { scores: Float64Array.of(0, 1), embeddings: null, seed: 0 };
  const random = stream(4, 'band');
  const streams = 300;
  let ever = 0;
  let once = 0;
  for (let i = 0; i < streams; i++) {
    const running = publishedBandDetector.init(reference, defaults);
    let alarmed = false;
    for (let t = 1; t <= 5000; t++) {
      const { alarm } = running.update({ score: random.random1() < 0.5 ? 0 : 1, embedding: null });
      alarmed ||= alarm;
      if (t === 1000 && alarm) once++;
    }
    if (alarmed) ever++;
  }
  expect(once / streams).toBeLessThan(guarantee(defaults).value ?? 0);
  expect(ever / streams).toBeGreaterThan(2 * (claim?.(defaults).value ?? 1));
});
