import { checkWhole, MonitorInputError } from '../monitor/inputError.ts';
import { stream } from '../random/streams.ts';
import type { LabelArrivals } from './adaptive.ts';

/**
 * A seeded choice of which labels come: step t's where `stream(seed, 'labels').random(steps)[t] < budget`. It looks at nothing but
 * the step, so the labels are a fair sample; a larger budget keeps those of a smaller one, and a longer stream those of a shorter.
 *
 * @param budget Share of steps to expect a label for, in [0, 1]; 1 asks for all of them, 0 for none.
 * @param delay Whole number of steps, 0 or more.
 */
export function labelArrivals(steps: number, budget: number, delay: number, seed: number): LabelArrivals {
  checkWhole(steps, 0, 'The number of steps');
  checkWhole(delay, 0, 'The delay of labels');
  if (!(budget >= 0 && budget <= 1)) {
    throw new MonitorInputError(`The label budget is a share of rows from 0 to 1; it is ${budget}.`);
  }
  const draws = stream(seed, 'labels').random(new Float64Array(steps));
  return { asked: Uint8Array.from(draws, (u) => (u < budget ? 1 : 0)), delay };
}
