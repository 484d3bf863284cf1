import { describe, expect, test } from 'vitest';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment } from '../src/engine/experiment.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import { shippedSource } from './files.ts';

const experiment = new Experiment(shippedSource(), createCpuBackend());

async function prepare(drift: object) {
  const parsed = parseSpec({ data: { id: 'tweets', version: 'base' }, drift: { kind: 'directional', ...drift } });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  const { spec } = parsed;
  const prepared = await experiment.prepare(spec, async () => {});
  return (sigma: number) => experiment.point(prepared, spec, sigma);
}

describe('a common shift without renormalisation, on the shipped tweets', () => {
  for (const direction of ['random', 'along-probe', 'against-probe', 'class-mean'] as const) {
    test(`${direction}: AUC stays to 1e-12 while accuracy falls`, async () => {
      const at = await prepare({ direction, renormalize: false });
      const clean = at(0);
      let lowest = 1;
      for (const sigma of [0.02, 0.05, 0.15, 0.5, 1, 2]) {
        const now = at(sigma);
        expect(Math.abs((now.rocAuc ?? NaN) - (clean.rocAuc ?? NaN))).toBeLessThan(1e-12);
        lowest = Math.min(lowest, now.accuracy ?? NaN);
      }
      expect(lowest).toBeLessThan((clean.accuracy ?? NaN) - 0.1);
    });
  }

  test('each class towards the other does cost AUC, so that the rule is about shifts that are common', async () => {
    const at = await prepare({ direction: 'opposed', renormalize: false });
    expect(at(0.2).rocAuc).toBeLessThan((at(0).rocAuc ?? NaN) - 0.1);
  });
});
