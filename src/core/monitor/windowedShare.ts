import { keptIntervals } from '../metrics/clopperPearson.ts';
import { checkWhole } from './inputError.ts';

/** One share over a sliding window; NaN in all three where the window is not full or holds no trial. */
export interface WindowedShare {
  readonly value: Float64Array;
  /** Exact 95 % interval of each window by itself, not of all windows at once. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Share of `hits` among `trials` (all rows when null) in every full window of `window` rows. Both hold 0 or 1 a row. */
export function windowedShare(hits: Uint8Array, trials: Uint8Array | null, window: number): WindowedShare {
  checkWhole(window, 1, 'The window');
  const steps = hits.length;
  const [value, low, high] = [0, 1, 2].map(() => new Float64Array(steps).fill(Number.NaN));
  const interval = keptIntervals();
  let k = 0;
  let n = 0;
  for (let t = 0; t < steps; t++) {
    const counts = trials === null ? 1 : trials[t];
    k += hits[t] * counts;
    n += counts;
    if (t >= window) {
      const gone = trials === null ? 1 : trials[t - window];
      k -= hits[t - window] * gone;
      n -= gone;
    }
    if (t < window - 1 || n === 0) continue;
    const share = interval(k, n);
    value[t] = share.value ?? Number.NaN;
    low[t] = share.low ?? Number.NaN;
    high[t] = share.high ?? Number.NaN;
  }
  return { value, low, high };
}
