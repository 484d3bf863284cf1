import type { Probe } from '../src/core/probe/types.ts';

/** What `lab run` prints of a probe: how its fit ended. */
export function probeFacts(probe: Probe): object {
  if (probe.kind === 'logistic') {
    const { kind, iterations, gradientNorm, gradientScale, converged, bias, weightNorm } = probe;
    return { kind, iterations, gradientNorm, gradientScale, converged, bias, weightNorm };
  }
  const { kind, hidden, parameters, history, bestEpoch, stoppedEarly, monitored } = probe;
  const { trainLoss, validationLoss } = history;
  return {
    kind,
    hidden,
    parameters,
    epochs: trainLoss.length,
    bestEpoch,
    stoppedEarly,
    monitored,
    trainLoss: trainLoss[bestEpoch - 1],
    validationLoss: validationLoss && validationLoss[bestEpoch - 1],
    history: { trainLoss: [...trainLoss], validationLoss: validationLoss && [...validationLoss] },
  };
}
