import { probeSteps, scalarSteps } from '../../core/drift/scalars.ts';
import { transformRow } from '../../core/drift/transform.ts';
import { dot } from '../../core/linalg/dot.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { fitLogisticSteps } from '../../core/probe/logistic.ts';
import type { Backend } from '../backend.ts';
import { follow } from '../follow.ts';

/** Rows drifted between two looks at the message queue. */
const ROWS_A_TURN = 64;

/** The reference: typed arrays and WebAssembly SIMD, every sum in float64. */
export function createCpuBackend(): Backend {
  return {
    info: { name: 'cpu', adapter: null, logitTolerance: 0 },

    async fit({ embeddings, rows, labels, probe }, checkpoint) {
      const fit = fitLogisticSteps(createKernels(embeddings), rows, labels, probe);
      let first = 0;
      for (;;) {
        const step = fit.next();
        if (step.done) return step.value;
        first ||= step.value.gradientNorm;
        const decades = Math.log10(first / Math.max(step.value.gradientNorm, Number.MIN_VALUE));
        await checkpoint(Math.min(0.99, Math.max(0, decades / 14)), 'Fitting the probe');
      }
    },

    async fitMlp(request, checkpoint) {
      const { trainMlp } = await import('../mlp/cpuMlp.ts');
      return trainMlp(request, checkpoint);
    },

    async scalars(drift, context, previous, checkpoint) {
      const pass = previous ? probeSteps(drift, context, previous) : scalarSteps(drift, context);
      return follow(pass, checkpoint, 0, 1, 'Preparing the drift');
    },

    async literalLogits(drift, { embeddings, rows, weights }, amount, bias, checkpoint) {
      const logits = new Float64Array(rows.length);
      const drifted = new Float64Array(embeddings.dims);
      for (let k = 0; k < rows.length; k++) {
        if (k % ROWS_A_TURN === 0) await checkpoint(k / rows.length, 'Drifting every row');
        transformRow(drift, embeddings, rows, k, amount, drifted);
        logits[k] = dot(weights, drifted) + bias;
      }
      return logits;
    },

    async literalMlpLogits(drift, context, amount, probe, checkpoint) {
      const { literalMlpLogits } = await import('../mlp/cpuMlp.ts');
      return literalMlpLogits(drift, context, amount, probe, checkpoint);
    },

    dispose() {},
  };
}
