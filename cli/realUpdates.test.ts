import { describe, expect, test } from 'vitest';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment } from '../src/engine/experiment.ts';
import { amountOf } from '../src/engine/keys.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import { shippedSource } from './files.ts';

/**
 * Measured with NumPy and scikit-learn on the same files: probe trained on base, tested on the version; C = 1, no scaler,
 * no class weight, split 70/10/20 with seed 42, top-label ECE with 10 bins closed on the right.
 * Columns: mean angle (degrees), AUC, accuracy, mean confidence, share of errors above .8, ECE, AUC if retrained.
 */
const TABLE = `
tweets  base                0   .95565 .87625 .83643 .19192 .06193 .95565
tweets  int8-per-channel    1.6 .95576 .87375 .83636 .18812 .06388 .95584
tweets  int4-per-channel    28  .94987 .87500 .82063 .16000 .05437 .95191
tweets  int4-per-tensor     78  .75891 .50375 .92277 .86146 .41902 .92296
tweets  domain-tuned-10     27  .89669 .66875 .89253 .62642 .22378 .94754
tweets  domain-tuned-30     39  .84052 .53875 .93753 .81301 .39878 .93859
tweets  wrong-layer         90  .45614 .50000 .94994 .99250 .45079 .96347
prompts base                0   .98329 .93090 .88445 .16667 .05886 .98329
prompts int4-per-tensor     72  .83552 .56046 .79638 .38428 .23592 .97438
prompts dialogue-tuned-100  27  .97676 .87524 .82569 .16923 .05409 .97959
prompts wrong-layer         91  .25840 .46641 .83772 .86691 .40149 .98974`;
const ROWS = TABLE.trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

const experiment = new Experiment(shippedSource(), createCpuBackend());

async function measure(set: string, trainedOn: string, to: string | null) {
  const drift = to === null ? { sigma: 0 } : { kind: 'model', to };
  const parsed = parseSpec({
    data: { id: set, version: trainedOn },
    probe: { standardize: false, classWeight: null },
    metrics: { bins: 10 },
    drift,
  });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  const prepared = await experiment.prepare(parsed.spec, async () => {});
  return experiment.step(prepared, parsed.spec, amountOf(parsed.spec.drift)).headline;
}

describe('the table of real updates, against NumPy and scikit-learn to 1e-4', () => {
  for (const [set, version, ...figures] of ROWS) {
    test(`${set}, probe of base on ${version}`, async () => {
      const [angle, auc, accuracy, confidence, share, ece, retrained] = figures.map(Number);
      const now = await measure(set, 'base', version === 'base' ? null : version);
      const off = (measured: number | null, published: number) => Math.abs((measured ?? NaN) - published);
      expect(off(now.rocAuc, auc)).toBeLessThan(1e-4);
      expect(off(now.accuracy, accuracy)).toBeLessThan(1e-4);
      expect(off(now.meanConfidence, confidence)).toBeLessThan(1e-4);
      expect(off(now.silentFailureRate, share)).toBeLessThan(1e-4);
      expect(off(now.ece, ece)).toBeLessThan(1e-4);
      expect(off(now.meanAngleDegrees, angle)).toBeLessThan(angle < 10 ? 0.05 : 0.5);
      expect(off((await measure(set, version, null)).rocAuc, retrained)).toBeLessThan(1e-4);
    });
  }
});
