import type { MlpProgress } from '../../core/probe/mlp/types.ts';
import type { Checkpoint } from '../backend.ts';

/** Tells where a training has come to; also lets messages in and throws `Cancelled`. */
export function trainingCheckpoint(checkpoint: Checkpoint): (progress: MlpProgress) => Promise<void> {
  return ({ epoch, epochs, share, trainLoss, validationLoss }) => {
    const losses = [
      trainLoss === null ? null : `training loss ${trainLoss.toFixed(4)}`,
      validationLoss === null ? null : `validation loss ${validationLoss.toFixed(4)}`,
    ].filter((loss) => loss !== null);
    const doing = [`Training the network: epoch ${epoch} of at most ${epochs}`, ...losses].join(', ');
    return checkpoint((epoch - 1 + share) / epochs, doing);
  };
}
