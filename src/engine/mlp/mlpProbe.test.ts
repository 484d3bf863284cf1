import { expect, test } from 'vitest';
import { DRIFTS } from '../../core/drift/registry.ts';
import { allocateEmbeddings } from '../../core/linalg/simdKernels.ts';
import { stream } from '../../core/random/streams.ts';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { beside } from '../analyses/beside.ts';
import { Cancelled } from '../backend.ts';
import { createCpuBackend } from '../cpu/cpuBackend.ts';
import type { DataSource, Dataset } from '../dataset.ts';
import { Experiment } from '../experiment.ts';
import { verify } from '../verify.ts';

/** Two classes that differ in one feature and in the product of two others. */
function dataset(version: string): Dataset {
  const [rows, dims] = [240, 12];
  const draws = stream(version === 'base' ? 1 : 2, 'rows').standardNormal(new Float64Array(rows * dims));
  const embeddings = allocateEmbeddings(rows, dims);
  embeddings.values.set(draws);
  const labels = Uint8Array.from({ length: rows }, (_, i) =>
    draws[i * dims] + draws[i * dims + 1] * draws[i * dims + 2] > 0 ? 1 : 0,
  );
  return {
    ...{ id: 'own', version, title: 'Rows of the test', embeddings, labels, split: null },
    ...{ columns: new Map(), sha256: '', name0: 'no', name1: 'yes' },
  };
}
const source: DataSource = {
  catalogue: async () => ({ sets: [], encoders: [], presets: [] }),
  load: async ({ version }) => dataset(version),
};
const SPEC: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, id: 'own' },
  probe: {
    ...DEFAULT_SPEC.probe,
    kind: 'mlp',
    mlp: { ...DEFAULT_SPEC.probe.mlp, hidden: 6, epochs: 12, batch: 32, learningRate: 0.02 },
  },
};
const open = () => new Experiment(source, createCpuBackend());
const run = async () => {};

test('Verify finds the literal logits of a network within 1e-6 of its step, for every kind of drift', async () => {
  const experiment = open();
  for (const { id } of DRIFTS) {
    const spec = { ...SPEC, drift: { ...SPEC.drift, kind: id, to: 'next', direction: 'opposed' as const } };
    const report = await verify(experiment, await experiment.prepare(spec, run), 0.4, 0.5, run);
    expect(report).toMatchObject({ agrees: true, tolerance: 1e-6, answersThatDiffer: 0, rows: 48 });
    expect(report.largestDifference).toBeLessThan(1e-9);
  }
});

test('a step brings the logits of the measured rows for a network, and none for a linear probe', async () => {
  const experiment = open();
  const prepared = await experiment.prepare(SPEC, run);
  const step = experiment.step(prepared, SPEC, 0.1);
  expect(step.logits).toEqual(Float32Array.from(experiment.testLogits(prepared, 0.1)));
  const linear = { ...SPEC, probe: { ...SPEC.probe, kind: 'logistic' as const } };
  expect(experiment.step(await experiment.prepare(linear, run), linear, 0.1).logits).toBeNull();
});

test('a cancelled training leaves nothing behind: the next one gives the weights of an undisturbed one', async () => {
  const told: string[] = [];
  const experiment = open();
  const stopped = experiment.prepare(SPEC, async (share, doing) => {
    if (!doing.startsWith('Training')) return;
    expect(share).toBeLessThanOrEqual(1);
    told.push(doing);
    if (doing.includes('epoch 3')) throw new Cancelled();
  });
  await expect(stopped).rejects.toThrow(Cancelled);
  expect(told[0]).toBe('Training the network: epoch 1 of at most 12');
  expect(told.at(-1)).toMatch(
    /^Training the network: epoch 3 of at most 12, training loss 0\.\d{4}, validation loss 0\.\d{4}$/,
  );
  const again = await experiment.prepare(SPEC, run);
  const fresh = await open().prepare(SPEC, run);
  expect(again.probe).toEqual(fresh.probe);
});

test('without validation rows training is watched by its own loss', async () => {
  const spec = { ...SPEC, split: { ...SPEC.split, train: 0.8, validation: 0, test: 0.2 } };
  const { probe } = await open().prepare(spec, run);
  expect(probe).toMatchObject({ kind: 'mlp', monitored: 'training', history: { validationLoss: null } });
});

test('settings of the network matter to a network alone, and C to a linear probe alone', async () => {
  const experiment = open();
  const probeOf = async (change: Partial<ExperimentSpec['probe']>) =>
    (await experiment.prepare({ ...SPEC, probe: { ...SPEC.probe, ...change } }, run)).probe;
  const first = await probeOf({});
  expect(await probeOf({ C: 7 })).toBe(first);
  expect(await probeOf({ mlp: { ...SPEC.probe.mlp, seed: 43 } })).not.toEqual(first);
  const linear = await probeOf({ kind: 'logistic' });
  expect(await probeOf({ kind: 'logistic', mlp: { ...SPEC.probe.mlp, seed: 43 } })).toBe(linear);
});

test('both drift curves are those of their own probe', async () => {
  const experiment = open();
  const amounts = [0, 0.05, 0.4];
  const report = await beside({ experiment: experiment.aside(), spec: SPEC, checkpoint: run }, { amounts });
  for (const [kind, sweep] of [
    ['logistic', report.linear],
    ['mlp', report.network],
  ] as const) {
    const spec = { ...SPEC, probe: { ...SPEC.probe, kind } };
    const prepared = await experiment.prepare(spec, run);
    amounts.forEach((amount, k) => {
      const point = experiment.point(prepared, spec, amount);
      expect(sweep.rocAuc[k]).toBe(point.rocAuc);
      expect(sweep.meanConfidence[k]).toBe(point.meanConfidence);
    });
  }
  expect(report.network.rocAuc).not.toEqual(report.linear.rocAuc);
  expect(report.rows).toBe(48);
  expect(report.productBytes).toBe(8 * 48 * 6 * 2);
});
