import { transformRow } from '../../core/drift/transform.ts';
import type { DriftContext, PreparedDrift } from '../../core/drift/types.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { fitMlpSteps } from '../../core/probe/mlp/fitMlp.ts';
import { literalLogit } from '../../core/probe/mlp/hiddenProducts.ts';
import type { MlpProbe } from '../../core/probe/types.ts';
import type { Checkpoint, MlpFitRequest } from '../backend.ts';
import { trainingCheckpoint } from './progress.ts';

/** Rows drifted between two looks at the message queue. */
const ROWS_A_TURN = 16;

/** The reference training, in float64. */
export async function trainMlp(
  { embeddings, rows, labels, validation, probe }: MlpFitRequest,
  checkpoint: Checkpoint,
): Promise<MlpProbe> {
  const { standardize, classWeight, mlp } = probe;
  const options = { ...mlp, standardize, classWeight };
  const fit = fitMlpSteps(createKernels(embeddings), { rows, labels }, validation, options);
  const report = trainingCheckpoint(checkpoint);
  for (;;) {
    const step = fit.next();
    if (step.done === true) return step.value;
    await report(step.value);
  }
}

/** Drifts every row in all D dimensions, then sends it through the network, in float64. */
export async function literalMlpLogits(
  drift: PreparedDrift,
  { embeddings, rows }: DriftContext,
  amount: number,
  probe: MlpProbe,
  checkpoint: Checkpoint,
): Promise<Float64Array> {
  const logits = new Float64Array(rows.length);
  const drifted = new Float64Array(embeddings.dims);
  for (let k = 0; k < rows.length; k++) {
    if (k % ROWS_A_TURN === 0) await checkpoint(k / rows.length, 'Drifting every row');
    transformRow(drift, embeddings, rows, k, amount, drifted);
    logits[k] = literalLogit(probe, drifted);
  }
  return logits;
}
