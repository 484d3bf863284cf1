import { describe, expect, test } from 'vitest';
import { baseLike, instructLike } from '../../../../data/syntheticPresets.ts';
import { createCpuBackend } from '../../../../engine/cpu/cpuBackend.ts';
import { Experiment } from '../../../../engine/experiment.ts';
import { LIKELY, paperSpec, presetData, type Readings } from '../../../../engine/analyses/paper/readings.ts';
import { runAnalysis } from '../../../../engine/analyses/run.ts';
import { createSiteSource } from '../../../../engine/siteSource.ts';
import { parseSpec } from '../../../../spec/parseSpec.ts';
import { differenceOf, publishedText, type ComparisonRow } from './comparison.ts';
import { chosen, dataChoices, PRESENT } from './dataChoices.ts';
import { aucByCheckpoint, brittlenessLines, calibrationBars, mechanismLines, separabilityBars } from './series.ts';
import { figure1Rows, figure2Rows, figure3Rows } from './verdicts.ts';

const go = async () => {};
const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
/** The preset's laws in a size that takes a second. */
const data = presetData({ ...baseLike, settings: { ...baseLike.settings, rows: 3000, dims: 96 } });
const spec = paperSpec(data, 'gaussian', 0, LIKELY);
const figure2 = (readings: Readings) => runAnalysis('figure2', experiment, spec, { readings, data }, go);
const row = (rows: readonly ComparisonRow[], metric: string): ComparisonRow => {
  const found = rows.find((one) => one.metric === metric);
  if (!found) throw new Error(`no ${metric}`);
  return found;
};

describe('published beside recomputed', () => {
  test('every row has a name of its own, and a difference only where both numbers are known', async () => {
    const result = await runAnalysis('figure1', experiment, spec, { readings: LIKELY, base: data, instruct: data }, go);
    const three = await runAnalysis('figure3', experiment, spec, { readings: LIKELY, data }, go);
    const all = [...figure1Rows(result), ...figure2Rows(await figure2(LIKELY)), ...figure3Rows(three)];
    expect(new Set(all.map(({ metric }) => metric)).size).toBe(all.length);
    for (const one of all) {
      const known = one.published !== null && one.recomputed !== null;
      expect(differenceOf(one) === null).toBe(!known);
      if (known) expect(differenceOf(one)).toBe((one.recomputed ?? 0) - (one.published?.value ?? 0));
    }
    expect(row(all, 'figure1BarsBase').recomputed).toBeNull();
    // The same set on both sides: every measure is equal, and so is its ratio.
    for (const { values } of separabilityBars(result).series)
      for (const value of Array.from(values)) expect(value).toBe(1);
  });

  test('says that one direction cannot lower AUC, and that confidence does not fall as published', async () => {
    const rows = figure2Rows(await figure2(LIKELY));
    expect(row(rows, 'figure2AucDropDirectional').note).toMatch(/Cannot come from its own definition/);
    expect(row(rows, 'figure2AucDropGaussian').note).toBeUndefined();
    const confidence = row(rows, 'figure2MeanConfidenceAbstract');
    expect(confidence.note).toMatch(
      /fall of 14 %.* here it (falls|rises) by [0-6]\.\d%.* at the largest drift\. Noise/,
    );
    expect(differenceOf(confidence)).toBeGreaterThan(0.1);
  });

  test('under the reading of 1 degree it says that nothing falls', async () => {
    const rows = figure2Rows(await figure2({ ...LIKELY, units: 'total-norm' }));
    expect(row(rows, 'figure2RocAucCheckpoint1').note).toMatch(/^Cannot come from this reading: .* 1\.2°/);
    expect(row(rows, 'figure2RocAucCheckpoint1').recomputed).toBeGreaterThan(0.9);
  });

  test('writes published numbers as printed', () => {
    expect(publishedText({ value: 0.4975, where: '', about: false })).toBe('0.4975');
    expect(publishedText({ value: 0.55, where: '', about: true })).toBe('≈ 0.55');
  });
});

describe('charts', () => {
  test('draw every checkpoint, with the published points at theirs', async () => {
    const result = await figure2({ ...LIKELY, checkpoints: 6 });
    expect(Array.from(aucByCheckpoint(result).series[0].x)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(aucByCheckpoint(result).published?.map(({ x, y }) => [x, y])).toEqual([
      [0, 0.9],
      [1, 0.51],
    ]);
    const marks = mechanismLines(result).published ?? [];
    expect(marks.map(({ x, y }) => [x, Number(y.toFixed(3))])).toEqual([
      [5, 0.516],
      [5, 0.495],
      [5, 0.46],
    ]);
    for (const { label } of marks) expect(label).toMatch(/from \.90 less the published drop, 4\d(\.\d)?%/);
    const [sum, f1] = brittlenessLines(result).series;
    expect(sum.y[5]).toBeGreaterThan(sum.y[4]);
    expect(f1.y[0]).toBeGreaterThan(f1.y[5]);
  });

  test('a bin without rows has no bar, and the published accuracy stands in the bin .8 to 1', async () => {
    const { panels } = await runAnalysis('figure3', experiment, spec, { readings: LIKELY, data }, go);
    const { groups, series } = calibrationBars(panels[3]);
    expect(groups).toEqual(['0–0.2', '0.2–0.4', '0.4–0.6', '0.6–0.8', '0.8–1']);
    expect(Number.isNaN(series[0].values[0])).toBe(true);
    expect(Array.from(series[1].published ?? [])).toEqual([NaN, NaN, NaN, NaN, 0.36]);
    const half = await runAnalysis(
      'figure3',
      experiment,
      spec,
      { readings: { ...LIKELY, bins: 'upper-half' }, data },
      go,
    );
    expect(calibrationBars(half.panels[3]).groups[0]).toBe('0.5–0.6');
    expect(calibrationBars(half.panels[3]).series[1].published).toBeUndefined();
  });
});

describe('the data to choose from', () => {
  const choices = dataChoices({ presets: [baseLike, instructLike], sets: [] }, data);

  test('are the presets and what the lab shows now; each makes a spec that the lab accepts', () => {
    expect(choices.map(({ id }) => id)).toEqual(['base-like', 'instruct-like', PRESENT]);
    expect(chosen(choices, PRESENT).data).toBe(data);
    expect(chosen(choices, 'gone').id).toBe('base-like');
    for (const kind of ['gaussian', 'directional', 'subspace'] as const) {
      for (const choice of choices) {
        const made = paperSpec(choice.data, kind, 0.15, { ...LIKELY, bins: 'upper-half' });
        const parsed = parseSpec(JSON.parse(JSON.stringify(made)));
        expect(parsed.ok && parsed.spec).toEqual(made);
      }
    }
  });
});
