import { inFile } from '../core/drift/score.ts';
import { logit } from '../core/metrics/sigmoid.ts';
import { MLP_TOLERANCE, REFERENCE_TOLERANCE, type Checkpoint } from './backend.ts';
import type { VerifyReport } from './api.ts';
import type { Experiment, Prepared } from './experiment.ts';

/** Drifts every test row in all D dimensions, scores it, and compares with the fast path. */
export async function verify(
  experiment: Experiment,
  prepared: Prepared,
  amount: number,
  threshold: number,
  checkpoint: Checkpoint,
): Promise<VerifyReport> {
  const { backend } = experiment;
  const beganFast = performance.now();
  const fast = experiment.testLogits(prepared, amount).slice();
  const beganLiteral = performance.now();
  const { drift, context, probe } = prepared;
  const run =
    probe.kind === 'mlp'
      ? backend.literalMlpLogits(drift, context, amount, probe, checkpoint)
      : backend.literalLogits(drift, context, amount, probe.bias, checkpoint);
  const literal = await run.catch((error: unknown) => {
    throw inFile(error, context.rows);
  });
  const ended = performance.now();
  const { name, logitTolerance } = backend.info;
  const tolerance = probe.kind === 'mlp' ? MLP_TOLERANCE[name] : Math.max(logitTolerance, REFERENCE_TOLERANCE);
  const boundary = logit(threshold);
  let largestDifference = 0;
  let answersThatDiffer = 0;
  for (let k = 0; k < fast.length; k++) {
    largestDifference = Math.max(largestDifference, Math.abs(fast[k] - literal[k]));
    if (fast[k] >= boundary !== literal[k] >= boundary) answersThatDiffer++;
  }
  return {
    backend: backend.info,
    amount,
    rows: fast.length,
    largestDifference,
    answersThatDiffer,
    agrees: largestDifference <= tolerance,
    tolerance,
    literalMs: ended - beganLiteral,
    fastMs: beganLiteral - beganFast,
  };
}
