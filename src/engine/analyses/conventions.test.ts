import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { Cancelled } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import { Experiment } from '../experiment.ts';
import { amountOf } from '../keys.ts';
import { createSiteSource } from '../siteSource.ts';
import type { ConventionsReport } from './conventions.ts';
import type { Convention, ConventionMetric } from './conventions/convention.ts';
import { bestThreshold } from './conventions/accuracy.ts';
import { driftChanges } from './conventions/drift.ts';
import { runAnalysis } from './run.ts';

const go = async () => {};
const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());

function specWith(fields: object): ExperimentSpec {
  const synthetic = { rows: 900, dims: 24, separation: 2, spectrum: 0.5, meanCosine: 0.4, seed: 5 };
  const parsed = parseSpec({ data: { id: 'synthetic', version: 'base', synthetic }, drift: { sigma: 0.1 }, ...fields });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

const report = (metric: ConventionMetric, spec: ExperimentSpec): Promise<ConventionsReport> =>
  runAnalysis('conventions', experiment, spec, { metric }, go);

async function headlineOf(spec: ExperimentSpec) {
  return experiment.point(await experiment.prepare(spec, go), spec, amountOf(spec.drift));
}

function one(rows: readonly Convention[], id: string, parameter: number | null = null): Convention {
  const found = rows.find((row) => row.id === id && row.parameter === parameter);
  if (!found) throw new Error(`no convention ${id} ${parameter ?? ''}`);
  return found;
}

const METRICS: ConventionMetric[] = [
  'rocAuc',
  'accuracy',
  'meanConfidence',
  'silentFailureRate',
  'ece',
  'meanAngleDegrees',
];

describe.each([
  ['as they are set at first', {}],
  [
    'all set otherwise',
    {
      metrics: { threshold: 0.3, highConfidence: 0.85, bins: 12, binning: 'mass', closed: 'left', target: 'positive-class', confidence: 'predicted' }, // prettier-ignore
      drift: { kind: 'gaussian', units: 'total-norm', sigma: 0.8, renormalize: false },
      probe: { standardize: false },
    },
  ],
])('conventions %s', (_, fields) => {
  const spec = specWith(fields);

  test.each(METRICS)('the conventions of %s in use say what the headline says', async (metric) => {
    const { ofMetric, value, rows } = await report(metric, spec);
    const headline = await headlineOf(spec);
    expect(value).toBe(headline[metric]);
    expect(rows).toBe(headline.n);
    const used = ofMetric.filter(({ inUse }) => inUse);
    expect(used.length).toBeGreaterThan(0);
    for (const { value: said } of used) expect(said).toBeCloseTo(headline[metric] ?? NaN, 12);
    const keys = ofMetric.map(({ id, parameter }) => `${id} ${parameter}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('what another setting would say is what that setting says', async () => {
    const set = async (metric: ConventionMetric, metrics: object) =>
      (await headlineOf({ ...spec, metrics: { ...spec.metrics, ...metrics } }))[metric];
    const { ofMetric: ece } = await report('ece', spec);
    for (const target of ['top-label', 'positive-class']) {
      expect(one(ece, `target-${target}`).value).toBeCloseTo((await set('ece', { target })) ?? NaN, 12);
    }
    for (const bins of [5, 10, 15, 20, 50]) {
      expect(one(ece, 'bins', bins).value).toBeCloseTo((await set('ece', { bins })) ?? NaN, 12);
    }
    for (const binning of ['width', 'mass']) {
      expect(one(ece, `binning-${binning}`).value).toBeCloseTo((await set('ece', { binning })) ?? NaN, 12);
    }
    const { ofMetric: silent } = await report('silentFailureRate', spec);
    for (const tau of [0.7, 0.8, 0.9, 0.95]) {
      expect(one(silent, 'tau', tau).value).toBe(await set('silentFailureRate', { highConfidence: tau }));
    }
    const { ofMetric: confidence } = await report('meanConfidence', spec);
    for (const kind of ['max', 'predicted']) {
      expect(one(confidence, `confidence-${kind}`).value).toBeCloseTo(
        (await set('meanConfidence', { confidence: kind })) ?? NaN,
        12,
      );
    }
    const { ofMetric: accuracy } = await report('accuracy', spec);
    expect(one(accuracy, 'threshold', 0.5).value).toBe(await set('accuracy', { threshold: 0.5 }));
    const headline = await headlineOf(spec);
    expect(one(accuracy, 'balanced').value).toBe(headline.balancedAccuracy);
    expect(one(accuracy, 'f1').value).toBe(headline.f1);
    expect(one(accuracy, 'mcc').value).toBe(headline.mcc);
    expect(one(silent, 'of-all-rows').value).toBe(headline.highConfidenceErrorShare);
    expect(one(silent, 'wrong-given-confident').value).toBe(headline.wrongGivenConfident);
  });

  test('what another reading of the drift would say is what that drift says', async () => {
    for (const metric of METRICS) {
      const { ofDrift } = await report(metric, spec);
      const changes = driftChanges(spec, 1000);
      expect(ofDrift.map(({ id }) => id)).toEqual(changes.map(({ id }) => id));
      expect(ofDrift).toHaveLength(3);
      for (const [k, change] of changes.entries()) {
        expect(ofDrift[k].value).toBe((await headlineOf(change.spec))[metric]);
      }
    }
  });
});

test('half counts for a tie: what ties lost and ties won say lies as far on either side', async () => {
  const { ofMetric } = await report('rocAuc', specWith({}));
  const half = one(ofMetric, 'ties-half').value ?? NaN;
  const lost = one(ofMetric, 'ties-lost').value ?? NaN;
  const won = one(ofMetric, 'ties-won').value ?? NaN;
  expect((lost + won) / 2).toBeCloseTo(half, 12);
  const { interval } = one(ofMetric, 'hanley-mcneil');
  expect(interval && interval.low < half && half < interval.high).toBe(true);
});

test('the drift changes nothing where it has no other reading, and a large set is not fitted twice', () => {
  const rotation = specWith({ drift: { kind: 'rotation' } });
  expect(driftChanges(rotation, 1000).map(({ id }) => id)).toEqual(['without-scaler']);
  expect(driftChanges(rotation, 1e9)).toEqual([]);
});

test('the best threshold of rows is between the classes, and none where one answer is best', () => {
  const labels = Uint8Array.of(0, 0, 1, 1);
  expect(bestThreshold(labels, Float64Array.of(-3, -1, 2, 3))).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 12);
  expect(bestThreshold(labels, Float64Array.of(3, 2, -1, -3))).toBe(null);
  expect(bestThreshold(new Uint8Array(0), new Float64Array(0))).toBe(null);
  // Ties have no threshold within them.
  expect(bestThreshold(Uint8Array.of(0, 1, 1), Float64Array.of(1, 1, 1))).toBe(null);
});

test('a comparison can be cancelled', async () => {
  let calls = 0;
  const cancel = async () => {
    if (++calls > 3) throw new Cancelled();
  };
  await expect(runAnalysis('conventions', experiment, specWith({}), { metric: 'ece' }, cancel)).rejects.toThrow(
    Cancelled,
  );
});
