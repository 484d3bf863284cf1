import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { DriftSpec, ExperimentSpec } from '../../spec/types.ts';
import { Cancelled } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { createManifestSource } from '../manifestSource.ts';
import { band, BAND_METRICS, laterSeed, type BandReport, withoutRandomness } from './band.ts';

const noFiles = () => Promise.reject(new Error('no files in this test'));
const free = () => Promise.resolve();
const AMOUNTS = [0, 0.01, 0.03, 0.1, 0.4];

function parsed(value: unknown): ExperimentSpec {
  const result = parseSpec(value);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.spec;
}

function specOf(drift: Partial<DriftSpec> = {}, rest: object = {}): ExperimentSpec {
  return parsed({
    v: 1,
    lab: 'drift',
    data: {
      id: 'synthetic',
      version: 'base',
      synthetic: { rows: 4000, dims: 48, separation: 1.6, spectrum: 0.5, meanCosine: 0.5, seed: 3 },
    },
    split: { train: 0.4, validation: 0, test: 0.6 },
    drift: { kind: 'gaussian', seed: 42, ...drift },
    ...rest,
  });
}

const experiment = new Experiment(createManifestSource(noFiles), createCpuBackend());
const run = (spec: ExperimentSpec, draws: number, amounts: readonly number[] = AMOUNTS): Promise<BandReport> =>
  band({ experiment: experiment.aside(), spec, checkpoint: free }, { amounts, draws });

async function bandOf(spec: ExperimentSpec, draws: number, amounts?: readonly number[]) {
  const report = await run(spec, draws, amounts);
  if (report.band === null) throw new Error(report.reason);
  return report;
}

describe('the band over noise seeds', () => {
  test.each(['per-coordinate', 'total-norm'] as const)(
    'drawn exact in law equals the band of real re-draws within Monte Carlo error, %s',
    async (units) => {
      const amounts = units === 'per-coordinate' ? [0.03, 0.1, 0.4] : [0.2, 0.7, 3];
      const spec = specOf({ units });
      const draws = 60;
      const report = await bandOf(spec, draws, amounts);
      expect(report.method).toBe('exact in law');
      const real = BAND_METRICS.map(() => amounts.map(() => [] as number[]));
      const aside = experiment.aside();
      for (let k = 1; k <= draws; k++) {
        const redrawn = { ...spec, drift: { ...spec.drift, seed: spec.drift.seed + k } };
        const prepared = await aside.prepare(redrawn, free);
        amounts.forEach((amount, at) => {
          const point = aside.point(prepared, redrawn, amount);
          BAND_METRICS.forEach((metric, m) => real[m][at].push(point[metric] ?? NaN));
        });
      }
      BAND_METRICS.forEach((metric, m) => {
        amounts.forEach((_, at) => {
          const values = real[m][at];
          const average = values.reduce((sum, v) => sum + v, 0) / draws;
          const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - average) ** 2, 0) / (draws - 1));
          const line = report.band.lines[metric];
          // Both means have s.e. sd/√60, both 5 % quantiles about 2.1·sd/√60.
          expect(Math.abs(line.mean[at] - average), `${metric} mean`).toBeLessThan(
            (4 * Math.SQRT2 * sd) / Math.sqrt(draws),
          );
          const sorted = [...values].sort((a, b) => a - b);
          for (const [mine, theirs] of [
            [line.low[at], sorted[3]],
            [line.high[at], sorted[56]],
          ]) {
            expect(Math.abs(mine - theirs), `${metric} quantile`).toBeLessThan(
              (4 * 2.1 * Math.SQRT2 * sd) / Math.sqrt(draws),
            );
          }
          expect(line.high[at] - line.low[at]).toBeGreaterThan(1.5 * sd);
        });
      });
    },
  );

  test('covers the seeded draw about nine times in ten', async () => {
    const amounts = [0.03, 0.1, 0.3];
    const spec = specOf();
    const { band: found } = await bandOf(spec, 400, amounts);
    const aside = experiment.aside();
    let inside = 0;
    let tried = 0;
    for (let seed = 1000; seed < 1060; seed++) {
      const seeded = { ...spec, drift: { ...spec.drift, seed } };
      const prepared = await aside.prepare(seeded, free);
      amounts.forEach((amount, at) => {
        const { rocAuc } = aside.point(prepared, seeded, amount);
        tried++;
        const { low, high } = found.lines.rocAuc;
        if (rocAuc !== null && rocAuc >= low[at] && rocAuc <= high[at]) inside++;
      });
    }
    // 180 looks at 60 draws, expected .9: three standard errors of 60 independent ones are .116.
    expect(inside / tried).toBeGreaterThan(0.78);
    expect(inside / tried).toBeLessThan(0.99);
  });

  test('has no width without drift, and is ordered everywhere', async () => {
    const { band: found, draws } = await bandOf(specOf(), 30);
    expect(draws).toBe(30);
    const prepared = await experiment.prepare(specOf(), free);
    const clean = experiment.point(prepared, specOf(), 0);
    for (const metric of BAND_METRICS) {
      const { low, middle, high, mean, defined } = found.lines[metric];
      expect([low[0], middle[0], high[0]]).toEqual([clean[metric], clean[metric], clean[metric]]);
      expect(mean[0]).toBeCloseTo(clean[metric] ?? NaN, 12);
      expect([...defined]).toEqual(AMOUNTS.map(() => 30));
      for (let at = 0; at < AMOUNTS.length; at++) {
        expect(low[at]).toBeLessThanOrEqual(middle[at]);
        expect(middle[at]).toBeLessThanOrEqual(high[at]);
      }
    }
  });

  test('measures the rows of the slice and uses the same settings as the cliff', async () => {
    const spec = specOf({}, { metrics: { threshold: 0.7, highConfidence: 0.95 } });
    const { band: found } = await bandOf(spec, 20, [0]);
    const clean = experiment.point(await experiment.prepare(spec, free), spec, 0);
    expect(found.lines.accuracy.middle[0]).toBe(clean.accuracy);
    expect(found.lines.silentFailureRate.middle[0]).toBe(clean.silentFailureRate);
    expect(clean.accuracy).not.toBe(experiment.point(await experiment.prepare(specOf(), free), specOf(), 0).accuracy);
  });

  test.each([
    ['directional', { direction: 'random' }],
    ['scaling', {}],
    ['rotation', {}],
    ['subspace', {}],
  ] as const)('is made of real draws of the next seeds for kind %s, at most twenty', async (kind, rest) => {
    const spec = specOf({ kind, ...rest });
    const few = await bandOf(spec, 3, [0.2]);
    expect([few.method, few.draws]).toEqual(['real draws', 3]);
    const aside = experiment.aside();
    const values: number[] = [];
    for (const seed of [43, 44, 45]) {
      const redrawn = { ...spec, drift: { ...spec.drift, seed } };
      values.push(aside.point(await aside.prepare(redrawn, free), redrawn, 0.2).accuracy ?? NaN);
    }
    const sorted = [...values].sort((a, b) => a - b);
    expect(few.band.lines.accuracy.middle[0]).toBe(sorted[1]);
    expect(few.band.lines.accuracy.low[0]).toBeCloseTo(sorted[0] + 0.1 * (sorted[1] - sorted[0]), 12);
  });

  test('says how many real draws it made where more were asked for', async () => {
    const report = await bandOf(specOf({ kind: 'scaling' }), 200, [0.2]);
    expect([report.asked, report.draws]).toEqual([200, 20]);
  });

  test.each([
    [{ kind: 'mean-shift' }, /mean/],
    [{ kind: 'directional', direction: 'class-mean' }, /not from a seed/],
  ] as const)('has a reason instead where nothing is drawn: %o', async (drift, why) => {
    const report = await run(specOf(drift), 20);
    expect(report.method).toBeNull();
    expect(report.band).toBeNull();
    expect(report.reason).toMatch(why);
  });

  test('and so it has where the drift is a change of the encoder', () => {
    expect(withoutRandomness({ kind: 'model', direction: 'random' })).toMatch(/encoder version/);
  });

  test('ends where the checkpoint says so, and reports how far it is', async () => {
    const shares: number[] = [];
    const checkpoint = async (share: number) => {
      shares.push(share);
      if (shares.length > 12) throw new Cancelled();
    };
    const work = band(
      { experiment: experiment.aside(), spec: specOf(), checkpoint },
      { amounts: AMOUNTS, draws: 1000 },
    );
    await expect(work).rejects.toThrow(Cancelled);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test('the seed after the largest one is 0', () => {
    expect(laterSeed(42, 1)).toBe(43);
    expect(laterSeed(Number.MAX_SAFE_INTEGER, 1)).toBe(0);
    expect(laterSeed(Number.MAX_SAFE_INTEGER - 2, 4)).toBe(1);
  });
});
