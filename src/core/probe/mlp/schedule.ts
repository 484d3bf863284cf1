import { stream } from '../../random/streams.ts';
import type { MlpOptions, MlpOutcome, MlpProgress } from './types.ts';

/** What a device that trains is asked to do next. */
export type MlpOrder =
  /** Take one step of Adam on these positions among the training rows. */
  | { readonly kind: 'step'; readonly positions: Uint32Array; readonly progress: MlpProgress }
  /** Fill in the losses of all training and all validation rows (null where there are none). */
  | { readonly kind: 'losses'; trainLoss: number; validationLoss: number | null; readonly progress: MlpProgress }
  /** Put the present parameters aside: they are the best so far. */
  | { readonly kind: 'keep' };

/** The loss stopped being a finite number before the end of the first epoch. */
export class DivergedError extends RangeError {
  constructor() {
    super('The network’s training diverged: its loss is no finite number. Take a smaller learning rate.');
    this.name = 'DivergedError';
  }
}

/**
 * The order of work of a training run, the same for every device: epoch by epoch, the rows in the order of
 * `stream(seed, 'mlp-order').permutation(n)` (one stream, a permutation an epoch) cut into batches, then the losses of all
 * rows, then whether to go on. Training ends after `patience` epochs without a lower monitored loss, or once a loss is no
 * finite number; the parameters put aside last are the result. Throws {@link DivergedError} where there are none.
 */
export function* mlpSchedule(
  rows: number,
  hasValidation: boolean,
  { batch, epochs, patience, seed }: MlpOptions,
): Generator<MlpOrder, MlpOutcome, void> {
  const order = stream(seed, 'mlp-order');
  const trainLoss: number[] = [];
  const validationLoss: number[] = [];
  let best = Infinity;
  let bestEpoch = 0;
  let epoch = 1;
  let stoppedEarly = false;
  for (; epoch <= epochs; epoch++) {
    const at = (share: number): MlpProgress => ({
      epoch,
      epochs,
      share,
      trainLoss: trainLoss.at(-1) ?? null,
      validationLoss: validationLoss.at(-1) ?? null,
    });
    const positions = order.permutation(rows);
    for (let first = 0; first < rows; first += batch) {
      yield { kind: 'step', positions: positions.subarray(first, first + batch), progress: at(first / rows) };
    }
    const losses: MlpOrder = { kind: 'losses', trainLoss: NaN, validationLoss: null, progress: at(1) };
    yield losses;
    trainLoss.push(losses.trainLoss);
    if (losses.validationLoss !== null) validationLoss.push(losses.validationLoss);
    const monitored = hasValidation ? (losses.validationLoss ?? NaN) : losses.trainLoss;
    if (monitored < best) {
      best = monitored;
      bestEpoch = epoch;
      yield { kind: 'keep' };
    }
    stoppedEarly = epoch < epochs && (!Number.isFinite(monitored) || epoch - bestEpoch >= patience);
    if (stoppedEarly) break;
  }
  if (bestEpoch === 0) throw new DivergedError();
  return {
    history: {
      trainLoss: Float64Array.from(trainLoss),
      validationLoss: hasValidation ? Float64Array.from(validationLoss) : null,
    },
    bestEpoch,
    stoppedEarly,
    monitored: hasValidation ? 'validation' : 'training',
  };
}
