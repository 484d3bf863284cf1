import { beforeAll, describe, expect, test } from 'vitest';
import type { DataSpec } from '../../spec/types.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { createSiteSource } from '../siteSource.ts';
import { SENSITIVITY_LEVEL, sensitivityGrid, type Figure2Result } from './figure2.ts';
import { meanWrongConfidence } from './paper/checkpoints.ts';
import { firstCrossing, relativeDrop, runningSum } from './paper/curves.ts';
import {
  calibrationCheckpoints,
  checkpointSigmas,
  LIKELY,
  PAPER_KINDS,
  paperSpec,
  presetData,
  type Readings,
} from './paper/readings.ts';
import { runAnalysis } from './run.ts';
import { baseLike, instructLike } from '../../data/syntheticPresets.ts';
import fixtures from '../../data/fixtures/syntheticFixtures.json';

const BASE_LIKE = presetData(baseLike);
const INSTRUCT_LIKE = presetData(instructLike);
const go = async () => {};
const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
/** Small enough for the subspace kind to take no time; the cone is narrow, as in the paper's embeddings. */
const SMALL: DataSpec = {
  ...BASE_LIKE,
  synthetic: { rows: 2000, dims: 48, separation: 2.8, spectrum: 1, meanCosine: 0.97, seed: 7 },
};
const OTHER: DataSpec = { ...SMALL, synthetic: { ...SMALL.synthetic!, separation: 2.2 } };

describe('the schedule', () => {
  test('has 8 or 6 checkpoints, linear from 0 to .15', () => {
    const rounded = (checkpoints: 8 | 6) => Array.from(checkpointSigmas({ checkpoints }), (s) => Number(s.toFixed(4)));
    expect(rounded(8)).toEqual([0, 0.0214, 0.0429, 0.0643, 0.0857, 0.1071, 0.1286, 0.15]);
    expect(rounded(6)).toEqual([0, 0.03, 0.06, 0.09, 0.12, 0.15]);
    expect(calibrationCheckpoints({ checkpoints: 8 })).toEqual([0, 2, 4, 7]);
    expect(calibrationCheckpoints({ checkpoints: 6 })).toEqual([0, 2, 4, 5]);
  });
});

describe('curves', () => {
  test('a drop is relative to the first value, and crosses a level between grid points', () => {
    const drop = relativeDrop(Float64Array.of(0.8, 0.76, 0.6));
    expect(Array.from(drop, (d) => Number(d.toFixed(12)))).toEqual([0, 0.05, 0.25]);
    expect(firstCrossing(Float64Array.of(0, 1, 2), drop, 0.1)).toBeCloseTo(1.25, 12);
    expect(firstCrossing(Float64Array.of(0, 1, 2), drop, 0.3)).toBeNull();
    expect(firstCrossing(Float64Array.of(0, 1), Float64Array.of(NaN, 0.2), 0.1)).toBe(1);
  });

  test('a running sum adds up, and the grid is 0 and then even in log σ to .15', () => {
    expect(Array.from(runningSum([0.25, 0.5, 0.5]))).toEqual([0.25, 0.75, 1.25]);
    const grid = sensitivityGrid();
    expect([grid[0], grid.length]).toEqual([0, 97]);
    expect(grid[1]).toBeCloseTo(1e-4, 12);
    expect(grid[96]).toBeCloseTo(0.15, 12);
    expect(grid[3] / grid[2]).toBeCloseTo(grid[50] / grid[49], 10);
  });

  test('confidence when wrong is the mean over the wrong rows alone, and null where none is wrong', () => {
    const logits = Float64Array.of(2, -1, 3, -4);
    const mean = (1 / (1 + Math.exp(-2)) + 1 / (1 + Math.exp(-4))) / 2;
    expect(meanWrongConfidence(Uint8Array.of(0, 0, 1, 1), logits, 0.5)).toBeCloseTo(mean, 14);
    expect(meanWrongConfidence(Uint8Array.of(1, 0, 1, 0), logits, 0.5)).toBeNull();
  });
});

describe.each<Readings>([
  LIKELY,
  { units: 'total-norm', checkpoints: 6, bins: 'upper-half', silentShare: 'rows', seed: 7 },
])('under %o every figure', (readings) => {
  test('2 has the numbers of Experiment.point for the same spec', async () => {
    const { runs, ofAbstract, brittleness, sensitivity } = await runAnalysis(
      'figure2',
      experiment,
      SMALL_SPEC,
      { readings, data: SMALL },
      go,
    );
    const sigmas = checkpointSigmas(readings);
    for (const kind of PAPER_KINDS) {
      expect(runs[kind].points).toHaveLength(readings.checkpoints);
      for (const { checkpoint, sigma, headline, silent } of runs[kind].points) {
        expect(sigma).toBe(sigmas[checkpoint]);
        const spec = paperSpec(SMALL, kind, sigma, readings);
        const fresh = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
        const point = fresh.point(await fresh.prepare(spec, go), spec, sigma);
        expect(headline).toEqual(point);
        expect(silent).toBe(
          readings.silentShare === 'errors' ? point.silentFailureRate : point.highConfidenceErrorShare,
        );
        if (checkpoint > 1) break;
      }
    }
    const abstract = paperSpec(SMALL, 'gaussian', 0.02, readings);
    expect(ofAbstract).toEqual(experiment.point(await experiment.prepare(abstract, go), abstract, 0.02));
    const errors = runs.gaussian.points.map(({ headline }) => headline.errors / headline.n);
    expect(brittleness.at(-1)).toBeCloseTo(
      errors.reduce((a, b) => a + b),
      12,
    );
    const clean = runs.gaussian.points[0].headline.rocAuc ?? NaN;
    const last = runs.gaussian.points.at(-1)?.headline.rocAuc ?? NaN;
    expect(sensitivity.drop.at(-1)).toBeCloseTo(1 - last / clean, 9);
  });

  test('1 compares two sets by the same measures', async () => {
    const result = await runAnalysis('figure1', experiment, SMALL_SPEC, { readings, base: SMALL, instruct: OTHER }, go);
    const spec = paperSpec(OTHER, 'gaussian', 0, readings);
    const point = experiment.point(await experiment.prepare(spec, go), spec, result.instruct.points[1].sigma);
    expect(result.instruct.points[1].headline).toEqual(point);
    const { base, instruct } = result;
    expect(base.separability.fisher).toBeGreaterThan(instruct.separability.fisher ?? Infinity);
    expect(base.separability.dPrime).toBeGreaterThan(instruct.separability.dPrime ?? Infinity);
    expect(base.separability.overlap).toBeLessThan(instruct.separability.overlap ?? -Infinity);
    const panel = await runAnalysis('separability', experiment, paperSpec(SMALL, 'gaussian', 0, readings), {}, go);
    expect(base.separability.silhouetteRows).toBe(panel.clean.sampleRows);
    expect(base.separability.silhouetteInterval).toEqual(panel.clean.silhouetteEuclidean);
    expect(base.separability.dPrime).toBe(panel.clean.dPrime);
  });

  test('3 has the bins and errors of Experiment.step, and its bins hold every row', async () => {
    const { panels, facts } = await runAnalysis('figure3', experiment, SMALL_SPEC, { readings, data: SMALL }, go);
    expect(panels.map(({ checkpoint }) => checkpoint)).toEqual(calibrationCheckpoints(readings));
    for (const { sigma, headline, bins, confidentAccuracy } of panels) {
      expect(bins).toHaveLength(5);
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(facts.testRows);
      expect(bins[0].lower).toBeCloseTo(readings.bins === 'unit' ? 0 : 0.5, 12);
      const spec = paperSpec(SMALL, 'gaussian', sigma, readings);
      const step = experiment.step(await experiment.prepare(spec, go), spec, sigma);
      expect(headline).toEqual(step.headline);
      const gap = bins.reduce(
        (sum, bin) => sum + (bin.count / facts.testRows) * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)),
        0,
      );
      expect(headline.ece).toBeCloseTo(gap, 12);
      if (readings.bins === 'unit') expect(confidentAccuracy).toBeCloseTo(bins[4].accuracy ?? NaN, 12);
    }
  });
});

const SMALL_SPEC = paperSpec(SMALL, 'gaussian', 0, LIKELY);

describe('on the base-like preset, 10,000 × 896', () => {
  let result: Figure2Result;
  beforeAll(async () => {
    result = await runAnalysis('figure2', experiment, SMALL_SPEC, { readings: LIKELY, data: BASE_LIKE }, go);
  }, 120_000);
  const at = (kind: 'gaussian' | 'directional' | 'subspace', k: number) => result.runs[kind].points[k].headline;

  test('per-coordinate noise throws AUC off a cliff while confidence rises', () => {
    expect(at('gaussian', 0).rocAuc).toBeGreaterThan(0.85);
    expect(at('gaussian', 7).rocAuc).toBeLessThan(0.56);
    expect(at('gaussian', 7).meanConfidence).toBeGreaterThan(at('gaussian', 0).meanConfidence ?? Infinity);
    expect(result.sensitivity.crossing).toBeLessThan(0.01);
    expect(result.sensitivity.drop.at(-1)).toBeGreaterThan(SENSITIVITY_LEVEL);
  });

  test('one fixed direction leaves AUC within .01 of clean at every checkpoint, whatever it does to accuracy', async () => {
    const clean = at('directional', 0).rocAuc ?? NaN;
    for (let k = 0; k < 8; k++) expect(Math.abs((at('directional', k).rocAuc ?? NaN) - clean)).toBeLessThan(0.01);
    // Seed 42 draws a direction that lies almost across the probe; most others do not.
    let most = 0;
    for (const seed of [1, 2, 3]) {
      const spec = paperSpec(BASE_LIKE, 'directional', 0.15, { ...LIKELY, seed });
      const point = experiment.point(await experiment.prepare(spec, go), spec, 0.15);
      expect(Math.abs((point.rocAuc ?? NaN) - clean)).toBeLessThan(0.01);
      most = Math.max(most, (at('directional', 0).accuracy ?? NaN) - (point.accuracy ?? NaN));
    }
    expect(most).toBeGreaterThan(0.05);
  });

  test('the subspace kind costs accuracy and calibration, and hardly any AUC', () => {
    expect((at('subspace', 0).rocAuc ?? NaN) - (at('subspace', 7).rocAuc ?? NaN)).toBeLessThan(0.01);
    expect((at('subspace', 0).accuracy ?? NaN) - (at('subspace', 7).accuracy ?? NaN)).toBeGreaterThan(0.2);
  });

  test('noise of total length .02, the 1 degree of the abstract, does next to nothing', async () => {
    const spec = paperSpec(BASE_LIKE, 'gaussian', 0.02, { ...LIKELY, units: 'total-norm' });
    const prepared = await experiment.prepare(spec, go);
    const [clean, drifted] = [0, 0.02].map((sigma) => experiment.point(prepared, spec, sigma));
    expect(drifted.meanAngleDegrees).toBeCloseTo(1.15, 1);
    expect(Math.abs((drifted.rocAuc ?? NaN) - (clean.rocAuc ?? NaN))).toBeLessThan(0.01);
    expect(Math.abs((drifted.accuracy ?? NaN) - (clean.accuracy ?? NaN))).toBeLessThan(0.02);
  });

  test('the two presets have the published Fisher values, as NumPy measures them on its own rows, and the instruct-like one separates worse', async () => {
    const { base, instruct } = await runAnalysis(
      'figure1',
      experiment,
      SMALL_SPEC,
      { readings: LIKELY, base: BASE_LIKE, instruct: INSTRUCT_LIKE },
      go,
    );
    const [ofBase, ofInstruct] = fixtures.presets.map(({ fisher }) => fisher);
    expect(Math.abs((base.separability.fisher ?? NaN) / ofBase - 1)).toBeLessThan(1e-9);
    expect(Math.abs((instruct.separability.fisher ?? NaN) / ofInstruct - 1)).toBeLessThan(1e-9);
    expect([ofBase.toFixed(2), ofInstruct.toFixed(2)]).toEqual(['4.23', '3.12']);
    // Fisher 4.23 and silhouette .245 cannot both be measured in 896 dimensions.
    expect(base.separability.silhouette).toBeLessThan(0.05);
  }, 120_000);
});
