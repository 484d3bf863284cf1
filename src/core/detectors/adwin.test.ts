import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { adwin } from './adwin.ts';
import { ADWIN_DEFAULTS, AdwinWindow, type AdwinSettings } from './adwinWindow.ts';
import { DetectorInputError } from './detector.ts';
import { golden, libraryStreams } from './fixtures/golden.ts';

/** Indices of cuts as libraries report them: a fresh window after each. */
function cuts(values: readonly number[], changes: Partial<AdwinSettings>): number[] {
  const settings = { ...ADWIN_DEFAULTS, ...changes };
  let window = new AdwinWindow(settings);
  const found: number[] = [];
  values.forEach((x, i) => {
    if (!window.update(x)) return;
    found.push(i);
    window = new AdwinWindow(settings);
  });
  return found;
}

describe('ADWIN', () => {
  it.each([
    ['moa', golden.adwin.mine.moa, golden.adwin.frouros_doc.moa_variant],
    ['skip', golden.adwin.mine.river, golden.adwin.frouros_doc.river_variant],
  ] as const)('cuts where the reference implementation of the %s variant does', (variant, expected, normals) => {
    expect(cuts(libraryStreams.doc, { variant })).toEqual(expected.doc);
    expect(cuts(libraryStreams.multi, { variant })).toEqual(expected.multi);
    expect(cuts(libraryStreams.numpy12345, { variant })).toEqual(expected.numpy12345);
    expect(cuts(libraryStreams.bernoulli, { variant })).toEqual(expected.bernoulli_15_to_30);
    expect(cuts(libraryStreams.bernoulli, { variant, clock: 1 })).toEqual(expected.bern_clock1);
    expect(cuts(libraryStreams.frouros, { variant })).toEqual(normals);
  });

  it('keeps the sum and the squared deviations of all values it has not dropped', () => {
    const window = new AdwinWindow({ ...ADWIN_DEFAULTS, clock: 1e9 });
    const values = stream(1, 'adwin').random(new Float64Array(5000));
    values.forEach((x) => window.update(x));
    const mean = values.reduce((a, b) => a + b, 0) / 5000;
    const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
    expect(window.width).toBe(5000);
    expect(window.total / 5000).toBeCloseTo(mean, 12);
    expect(window.squares).toBeCloseTo(squares, 8);
  });

  it('keeps deviations right when buckets are dropped', () => {
    const window = new AdwinWindow({ ...ADWIN_DEFAULTS, clock: 1 });
    const kept: number[] = [];
    const random = stream(2, 'adwin');
    for (let i = 0; i < 4000; i++) {
      const x = i < 2000 ? 0.2 * random.random1() : 0.6 + 0.2 * random.random1();
      kept.push(x);
      window.update(x);
    }
    const left = kept.slice(-window.width);
    expect(window.width).toBeLessThan(2100);
    const mean = left.reduce((a, b) => a + b, 0) / left.length;
    expect(window.total / window.width).toBeCloseTo(mean, 10);
    expect(window.squares).toBeCloseTo(
      left.reduce((a, b) => a + (b - mean) ** 2, 0),
      8,
    );
  });

  it('stays silent on 20 streams of 5,000 coin tosses, and needs far fewer steps than the skipping variant', () => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = stream(seed, 'coins');
      const window = new AdwinWindow({ ...ADWIN_DEFAULTS, clock: 1 });
      for (let t = 0; t < 5000; t++) if (window.update(random.random1() < 0.15 ? 1 : 0)) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
    expect(golden.adwin.mine.river.bern_clock1[0] - golden.adwin.mine.moa.bern_clock1[0]).toBeGreaterThan(100);
  });

  it('asks for probabilities', () => {
    const reference = { scores: Float64Array.of(0.2, 3), embeddings: null, seed: 1 };
    expect(() => adwin.init(reference, adwin.defaults)).toThrow(/outside \[0, 1\]/);
    const running = adwin.init({ ...reference, scores: Float64Array.of(0.2, 0.4) }, adwin.defaults);
    expect(() => running.update({ score: NaN, embedding: null })).toThrow(DetectorInputError);
    expect(() => running.update({ score: -1, embedding: null })).toThrow(/outside/);
  });

  it('promises nothing, and says why', () => {
    expect(adwin.guarantee(adwin.defaults).kind).toBe('none');
    expect(adwin.guarantee(adwin.defaults).assumptions[0]).toMatch(/not a rate/);
  });
});
