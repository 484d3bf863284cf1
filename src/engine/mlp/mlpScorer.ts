import type { DriftScalars, LabDrift } from '../../core/drift/definition.ts';
import type { DriftContext } from '../../core/drift/types.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { componentProducts, hiddenProductBytes, rowProducts } from '../../core/probe/mlp/hiddenProducts.ts';
import { scoreHidden } from '../../core/probe/mlp/scoreHidden.ts';
import type { MlpProbe } from '../../core/probe/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Score } from '../experiment.ts';
import { follow } from '../follow.ts';

/** Products of the rows themselves with a network's first layer: another drift of the same rows needs the same. */
const known = new WeakMap<MlpProbe, { readonly rows: Uint32Array; readonly products: Float64Array }>();

/** A network's logits at any amount of a drift, in O(N·H) after one O(N·D·H) pass, on any backend in float64. */
export async function mlpScorer(
  probe: MlpProbe,
  drift: LabDrift,
  context: DriftContext,
  scalars: DriftScalars,
  checkpoint: Checkpoint,
): Promise<{ readonly score: Score; readonly productBytes: number }> {
  const doing = 'Preparing the drift for the network';
  const { rows, embeddings } = context;
  let found = known.get(probe);
  if (found?.rows !== rows) {
    const products = await follow(rowProducts(createKernels(embeddings), rows, probe), checkpoint, 0, 0.5, doing);
    found = { rows, products };
    known.set(probe, found);
  }
  const components = await follow(componentProducts(drift, probe), checkpoint, 0.5, 1, doing);
  const products = { rows: rows.length, x: found.products, ...components };
  return {
    score: (amount, out) => scoreHidden(products, scalars, drift, probe, amount, out),
    productBytes: hiddenProductBytes(rows.length, probe.hidden, drift.hasSecondComponent),
  };
}
