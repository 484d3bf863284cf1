import { describe, expect, test } from 'vitest';
import { parseSpec } from '../spec/parseSpec.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type { EngineProgress } from './api.ts';
import { Cancelled } from './backend.ts';
import type { DataSource } from './dataset.ts';
import { Engine } from './engine.ts';
import { createSiteSource } from './siteSource.ts';

const generator = createSiteSource('http://localhost/');

/** The generator's rows, and how often they were asked for. */
function countingSource() {
  const source: DataSource & { loads: number } = {
    loads: 0,
    catalogue: () => Promise.resolve({ sets: [], encoders: [], presets: [] }),
    load(data, checkpoint) {
      source.loads++;
      return generator.load(data, checkpoint);
    },
  };
  return source;
}

function specWith(drift: object, dims = 16): ExperimentSpec {
  const synthetic = { rows: 400, dims, separation: 2, spectrum: 0, meanCosine: 0.2, seed: 1 };
  const parsed = parseSpec({ data: { id: 'synthetic', version: 'base', synthetic }, drift });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.spec;
}

describe('the engine', () => {
  test('answers a run with the numbers of its σ and those without drift, and loads data once', async () => {
    const source = countingSource();
    const engine = new Engine(() => source);
    const first = await engine.run(specWith({ sigma: 0.5 }), 1);
    const none = await engine.run(specWith({ sigma: 0 }), 2);
    expect([first.step.generation, none.step.generation]).toEqual([1, 2]);
    expect(none.step.headline).toEqual(first.clean.headline);
    expect(first.step.headline.rocAuc).toBeLessThan(first.clean.headline.rocAuc ?? 0);
    expect(source.loads).toBe(1);
  });

  test('sweeps to the numbers that runs give, and a newer sweep ends an older one', async () => {
    const engine = new Engine(countingSource);
    const spec = specWith({ sigma: 0.1 });
    const older = engine.sweep(spec, Float64Array.of(0, 0.1));
    const sweep = await engine.sweep(spec, Float64Array.of(0, 0.1));
    expect(await older).toBe(null);
    const { step, clean } = await engine.run(spec, 1);
    expect(Array.from(sweep?.rocAuc ?? [])).toEqual([clean.headline.rocAuc, step.headline.rocAuc]);
    expect(Array.from(sweep?.ece ?? [])).toEqual([clean.headline.ece, step.headline.ece]);
  });

  test('stops a run that was cancelled, and runs the same spec again when asked', async () => {
    const engine = new Engine(countingSource);
    const spec = specWith({ kind: 'subspace' }, 200);
    const run = engine.run(spec, 3);
    engine.cancel(3);
    await expect(run).rejects.toThrow(Cancelled);
    expect((await engine.run(spec, 4)).step.generation).toBe(4);
  });

  test('stops the analysis of a cancelled ticket alone', async () => {
    const engine = new Engine(countingSource);
    const spec = specWith({ sigma: 0.1 });
    const stopped = engine.analyse('separability', spec, {}, 1);
    engine.cancelAnalysis(1);
    await expect(stopped).rejects.toThrow(Cancelled);
    const { clean, drifted } = await engine.analyse('separability', spec, {}, 2);
    expect(drifted.dPrime).toBeLessThan(clean.dPrime ?? 0);
  });

  test('says that it draws a rotation while it does', async () => {
    const said: EngineProgress[] = [];
    const engine = new Engine(countingSource);
    await engine.start('cpu', '', {
      progress: (progress) => said.push(progress),
      analysisProgress: () => {},
      fellBack: () => {},
    });
    await engine.run(specWith({ kind: 'subspace' }, 400), 1);
    const shares = said.filter(({ doing }) => doing === 'Drawing a random rotation').map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });
});
