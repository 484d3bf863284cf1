import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../spec/defaultSpec.ts';
import type { DataSpec, ExperimentSpec } from '../spec/types.ts';
import { createCpuBackend } from './cpu/cpuBackend.ts';
import type { DataSource } from './dataset.ts';
import { Experiment } from './experiment.ts';
import { synthetic } from './syntheticSource.ts';

const ROWS = 200;
const DIMS = 8;
/** Values and one factor a row. */
const SET_BYTES = ROWS * DIMS * 4 + ROWS * 8;
const free = async () => {};

/** Small rows under any name, and how often each was read. */
function countingSource() {
  const reads: string[] = [];
  const source: DataSource = {
    catalogue: () => Promise.reject(new Error('no catalogue')),
    load: async (data, checkpoint) => {
      reads.push(nameOf(data));
      if (data.id === 'broken') throw new Error('broken');
      const settings = { rows: ROWS, dims: DIMS, separation: 2, spectrum: 1, meanCosine: 0.5, seed: 1 };
      return synthetic({ ...data, id: 'synthetic', synthetic: settings }, checkpoint);
    },
  };
  return { source, reads };
}
const nameOf = ({ id, version, normalize }: DataSpec) => `${id} ${version}${normalize ? '' : ' as given'}`;

const specOf = (data: Partial<DataSpec>, drift: Partial<ExperimentSpec['drift']> = {}): ExperimentSpec => ({
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, ...data },
  drift: { ...DEFAULT_SPEC.drift, ...drift },
});
const A = specOf({ id: 'a' });
const RAW = specOf({ id: 'a', normalize: false });

async function readsOf(budget: number, specs: readonly ExperimentSpec[]): Promise<readonly string[]> {
  const { source, reads } = countingSource();
  const experiment = new Experiment(source, createCpuBackend(), budget);
  for (const spec of specs) await experiment.prepare(spec, free);
  return reads;
}

test('rows that fit beside those in use are read once', async () => {
  expect(await readsOf(2 * SET_BYTES, [A, RAW, A, RAW])).toEqual(['a base', 'a base as given']);
});

test('rows that do not fit beside those in use are read again', async () => {
  expect(await readsOf(2 * SET_BYTES - 1, [A, RAW, A])).toEqual(['a base', 'a base as given', 'a base']);
});

test('rows in use stay however large they are, both encoder versions among them', async () => {
  const update = (C: number) => ({
    ...specOf({ id: 'a' }, { kind: 'model' as const, to: 'newer' }),
    probe: { ...DEFAULT_SPEC.probe, C },
  });
  expect(await readsOf(1, [A, update(1), update(2), update(3)])).toEqual(['a base', 'a newer']);
});

test('large rows are let go before others are read, not after', async () => {
  const { source, reads } = countingSource();
  const experiment = new Experiment(source, createCpuBackend(), SET_BYTES - 1);
  await experiment.prepare(A, free);
  await expect(experiment.prepare(specOf({ id: 'broken' }), free)).rejects.toThrow('broken');
  await experiment.prepare(A, free);
  expect(reads).toEqual(['a base', 'broken base', 'a base']);
});

test('work beside does not push out the rows in use', async () => {
  const { source, reads } = countingSource();
  const experiment = new Experiment(source, createCpuBackend(), 1);
  await experiment.prepare(A, free);
  const beside = experiment.aside();
  await beside.prepare(RAW, free);
  await beside.prepare(A, free);
  await experiment.prepare({ ...A, probe: { ...A.probe, C: 3 } }, free);
  expect(reads).toEqual(['a base', 'a base as given']);
});
