import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { publishedBandDetector } from './confidenceSequencePublished.ts';
import type { DetectorDefinition, Reference } from './detector.ts';
import { DetectorInputError } from './detector.ts';
import { ksDetector } from './ks.ts';
import { runKsCell } from './ksCell.ts';
import { cusumMartingale, pointMartingale, scanMartingale } from './martingales.ts';
import { mmdDetector } from './mmdDetector.ts';

const scores = (n: number) => stream(1, 'inputs').random(new Float64Array(n));
const reference = (given: Partial<Reference> = {}): Reference => ({
  scores: scores(300),
  embeddings: null,
  seed: 1,
  ...given,
});

/** Runs a detector of any parameters with its defaults. */
const starter =
  <P>(detector: DetectorDefinition<P>) =>
  (given: Reference, changed: Partial<P> = {}) =>
    detector.init(given, { ...detector.defaults, ...changed });

const ofScores = {
  'ks-sliding': starter(ksDetector),
  'confidence-sequence-published': starter(publishedBandDetector),
  'martingale-point': starter(pointMartingale),
  'martingale-cusum': starter(cusumMartingale),
  'martingale-scan': starter(scanMartingale),
};

describe.each(Object.entries(ofScores))('%s', (_id, start) => {
  test.each([
    [NaN, /step 1 is not a number \(NaN\)/],
    [1.5, /step 1 is 1.5, outside \[0, 1\]: give the probability/],
    [-0.1, /step 1 is -0.1, outside/],
  ])('refuses a record with the score %s', (score, message) => {
    const running = start(reference());
    expect(() => running.update({ score, embedding: null })).toThrow(DetectorInputError);
    expect(() => start(reference()).update({ score, embedding: null })).toThrow(message);
  });

  test('refuses a reference with NaN, with scores outside [0, 1] and with none', () => {
    const spoilt = (value: number) => {
      const values = scores(300);
      values[6] = value;
      return () => start(reference({ scores: values }));
    };
    expect(spoilt(NaN)).toThrow(/Reference score 7 is not a number/);
    expect(spoilt(2)).toThrow(/Reference score 7 is 2, outside/);
    expect(() => start(reference({ scores: new Float64Array(0) }))).toThrow(/reference has 0 scores/);
  });
});

test.each(['ks-sliding', 'martingale-point', 'martingale-cusum', 'martingale-scan'] as const)(
  '%s refuses a reference whose scores are all the same',
  (id) => {
    const constant = reference({ scores: new Float64Array(300).fill(0.5) });
    expect(() => ofScores[id](constant)).toThrow(/All 300 reference scores are 0.5/);
  },
);

test('a mean needs no scores that vary', () => {
  const running = ofScores['confidence-sequence-published'](reference({ scores: new Float64Array(300).fill(0.5) }));
  for (let t = 0; t < 200; t++) expect(running.update({ score: 0.5, embedding: null }).alarm).toBe(false);
});

test('KS refuses a reference shorter than its window, a stream shorter than it, and a threshold outside [0, 1]', () => {
  expect(() => ofScores['ks-sliding'](reference({ scores: scores(99) }))).toThrow(
    /reference has 99 scores and a window of 100 needs at least 100: take a longer reference or a shorter window/,
  );
  expect(() => runKsCell(scores(1), 100, 0.26, 500)).toThrow(/stream has 1 records and a reference of 100/);
  expect(() => starter(ksDetector)(reference(), { threshold: NaN })).toThrow(/must lie in \[0, 1\]; it is NaN/);
  expect(() => starter(ksDetector)(reference(), { window: 0 })).toThrow(/at least 2; it is 0/);
});

test('levels, bets, windows and horizons that make no sense are refused', () => {
  expect(() => starter(pointMartingale)(reference(), { alpha: 1 })).toThrow(/α of the martingale/);
  expect(() => starter(pointMartingale)(reference(), { epsilon: 0 })).toThrow(/ε of the martingale/);
  expect(() => starter(scanMartingale)(reference(), { window: 0.5 })).toThrow(/window of the scan/);
  expect(() => starter(cusumMartingale)(reference(), { horizon: 0 })).toThrow(/horizon/);
  expect(() => starter(publishedBandDetector)(reference(), { warmUp: 0 })).toThrow(/warm-up/);
  const bound = { kind: 'sub-gaussian', varianceProxy: 0 } as const;
  expect(() => starter(publishedBandDetector)(reference(), { bound })).toThrow(/variance proxy/);
});

describe('mmd', () => {
  const start = starter(mmdDetector);
  const values = stream(2, 'inputs').standardNormal(new Float64Array(600));
  const good = reference({ embeddings: { values, dims: 2 } });

  test('refuses a reference without embeddings, too short, misshapen, not finite or all the same', () => {
    const given =
      (change: Float64Array, rows = 300) =>
      () =>
        start(reference({ scores: scores(rows), embeddings: { values: change, dims: 2 } }));
    expect(() => start(reference())).toThrow(/reads embeddings and the reference has none/);
    expect(given(values.slice(0, 400), 200)).toThrow(
      /has 200 rows and MMD with 200 reference rows and a window of 100 needs at least 300/,
    );
    expect(given(values.slice(1))).toThrow(/hold 599 numbers, not 300 rows × 2/);
    expect(given(values.map((v, i) => (i === 5 ? NaN : v)))).toThrow(/Row 3 of the reference’?'?s embeddings/);
    expect(given(new Float64Array(600).fill(3))).toThrow(/All 300 reference embeddings are the same/);
  });

  test('refuses a record without an embedding, of other dimensions or not finite', () => {
    const running = start(good, { splits: 10 });
    expect(() => running.update({ score: 0, embedding: null })).toThrow(/Step 1 has no embedding/);
    expect(() => running.update({ score: 0, embedding: new Float64Array(3) })).toThrow(
      /3 dimensions; the reference has 2/,
    );
    expect(() => running.update({ score: 0, embedding: Float64Array.of(0, Infinity) })).toThrow(/not finite/);
  });
});
