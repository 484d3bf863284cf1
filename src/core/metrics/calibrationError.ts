import type { BinSums } from './bins.ts';

/** Binned calibration errors, each in [0, 1]; all null where there are no rows. */
export interface CalibrationErrors {
  /** Expected calibration error: Σ n_b/n |accuracy − confidence| (Naeini et al. 2015; Guo et al. 2017, eq. 3). */
  readonly ece: number | null;
  /** The largest gap of a bin (Guo et al. 2017, eq. 5). */
  readonly mce: number | null;
  /** The plain mean gap of the bins that hold rows. */
  readonly ace: number | null;
  /** √Σ n_b/n gap². */
  readonly rmsce: number | null;
}

/** The errors of binned rows. Empty bins add nothing, and are left out of the mean of ACE. */
export function calibrationErrors(sums: BinSums): CalibrationErrors {
  let n = 0;
  for (let bin = 0; bin < sums.bins; bin++) n += sums.count[bin];
  if (n === 0) return { ece: null, mce: null, ace: null, rmsce: null };
  let ece = 0;
  let mce = 0;
  let ace = 0;
  let squares = 0;
  let filled = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    const count = sums.count[bin];
    if (count === 0) continue;
    const gap = Math.abs(sums.outcome[bin] / count - sums.forecast[bin] / count);
    const weight = count / n;
    ece += weight * gap;
    squares += weight * gap * gap;
    ace += gap;
    if (gap > mce) mce = gap;
    filled++;
  }
  return { ece, mce, ace: ace / filled, rmsce: Math.sqrt(squares) };
}
