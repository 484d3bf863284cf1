import { Engine } from '../src/engine/engine.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import type { ExperimentSpec } from '../src/spec/types.ts';
import { sweepAmounts } from '../src/state/sweepAmounts.ts';
import { snapshotReplacer, type Snapshot } from '../src/state/snapshot.ts';
import { badSettings, onePath } from './arguments.ts';
import { readSpec, specName } from './readSpec.ts';
import { shippedSource } from './files.ts';

export const SNAPSHOT_USAGE = `snapshot [SPEC.json|-]
         Prints everything that the page shows for a spec on shipped data, as the page stores its first picture.`;

/** All that the page shows for a spec: the state, the state without drift, the cliff, and what stands behind them. */
export async function makeSnapshot(spec: ExperimentSpec, source: DataSource): Promise<Snapshot> {
  const engine = new Engine(() => source);
  const { step, clean, context } = await engine.run(spec, 0);
  const sweep = await engine.sweep(spec, sweepAmounts(spec));
  if (!sweep) throw new Error('The sweep was given up.');
  return { spec, step: { ...step, ms: 0 }, clean, sweep, context };
}

export async function snapshotCommand(args: readonly string[]): Promise<number> {
  const path = onePath(args);
  const shipped = shippedSource();
  const spec = await readSpec(path, null, shipped);
  const snapshot = await makeSnapshot(spec, shipped).catch((error: unknown) => {
    throw badSettings(error, specName(path)) ?? error;
  });
  process.stdout.write(`${JSON.stringify(snapshot, snapshotReplacer)}\n`);
  return 0;
}
