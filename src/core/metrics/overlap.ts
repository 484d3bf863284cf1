import { CosineTransform } from './dct.ts';

export interface ClassOverlap {
  /** ∫ min(f₀, f₁) in [0, 1]: 0 apart, 1 alike; null with `reason`. Each class density integrates to 1, whatever its size. */
  readonly value: number | null;
  readonly reason: string | null;
}

export interface KernelOverlap extends ClassOverlap {
  /** Bandwidths of class 0 and 1 in units of the scores. */
  readonly bandwidths: readonly [number, number] | null;
  /** The common grid and both densities on it, for drawing. */
  readonly grid: Float64Array;
  readonly densities: readonly [Float64Array, Float64Array];
}

const LARGEST_GRID = 65_536;
/** Grid steps to the smaller bandwidth. */
const STEPS_PER_BANDWIDTH = 16;
/** The grid reaches so many larger bandwidths beyond the data. */
const MARGIN = 6;

function byClass(labels: Uint8Array, scores: Float64Array): [Float64Array, Float64Array] {
  let ones = 0;
  for (let i = 0; i < labels.length; i++) ones += labels[i];
  const split: [Float64Array, Float64Array] = [new Float64Array(labels.length - ones), new Float64Array(ones)];
  const next = [0, 0];
  for (let i = 0; i < labels.length; i++) split[labels[i]][next[labels[i]]++] = scores[i];
  split[0].sort();
  split[1].sort();
  return split;
}

/** Linear-interpolation quantile (numpy's default) of ascending values. */
export function sortedQuantile(ascending: Float64Array, level: number): number {
  const at = level * (ascending.length - 1);
  const low = Math.floor(at);
  const high = Math.min(ascending.length - 1, low + 1);
  return ascending[low] + (at - low) * (ascending[high] - ascending[low]);
}

/**
 * Silverman's rule of thumb, 0.9·min(s, IQR/1.349)·n^(−1/5) (Silverman 1986, eq. 3.31), with s alone where the IQR is 0.
 * 0 where there is no spread.
 */
export function silvermanBandwidth(ascending: Float64Array): number {
  const n = ascending.length;
  if (n < 2) return 0;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += ascending[i];
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (ascending[i] - mean) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  const robust = (sortedQuantile(ascending, 0.75) - sortedQuantile(ascending, 0.25)) / 1.349;
  return 0.9 * (robust > 0 ? Math.min(deviation, robust) : deviation) * n ** -0.2;
}

/**
 * Overlap of the class densities of the logits, by Gaussian kernels with Silverman's bandwidth in each class. Scores are put on
 * a grid of at least 16 steps a bandwidth by linear binning (65,536 steps at most) and smoothed by a cosine transform.
 *
 * @returns null with a reason where a class has fewer than two rows, or no spread (its density would be a spike).
 */
export function kernelOverlap(labels: Uint8Array, scores: Float64Array): KernelOverlap {
  const split = byClass(labels, scores);
  const nothing = new Float64Array(0);
  const none = (reason: string): KernelOverlap => ({
    value: null,
    reason,
    bandwidths: null,
    grid: nothing,
    densities: [nothing, nothing],
  });
  if (split[0].length < 2 || split[1].length < 2) return none('A class has fewer than two rows.');
  const bandwidths = [silvermanBandwidth(split[0]), silvermanBandwidth(split[1])] as const;
  const narrow = Math.min(...bandwidths);
  if (!(narrow > 0)) return none('All scores of a class are equal, so it has no density.');
  const margin = MARGIN * Math.max(...bandwidths);
  const low = Math.min(split[0][0], split[1][0]) - margin;
  const high = Math.max(split[0][split[0].length - 1], split[1][split[1].length - 1]) + margin;
  let cells = 256;
  while (cells < LARGEST_GRID && cells < (STEPS_PER_BANDWIDTH * (high - low)) / narrow) cells *= 2;
  const step = (high - low) / cells;
  const transform = new CosineTransform(cells);
  const density = (values: Float64Array, bandwidth: number): Float64Array => {
    const mass = new Float64Array(cells);
    for (let i = 0; i < values.length; i++) {
      const at = (values[i] - low) / step - 0.5;
      const cell = Math.floor(at);
      mass[cell] += 1 - (at - cell);
      mass[cell + 1] += at - cell;
    }
    transform.forward(mass, mass);
    transform.smooth(mass, bandwidth / (high - low), mass);
    for (let k = 0; k < cells; k++) mass[k] = Math.max(0, mass[k] / (values.length * step));
    return mass;
  };
  const densities = [density(split[0], bandwidths[0]), density(split[1], bandwidths[1])] as const;
  let value = 0;
  for (let k = 0; k < cells; k++) value += Math.min(densities[0][k], densities[1][k]) * step;
  const grid = Float64Array.from({ length: cells }, (_, k) => low + (k + 0.5) * step);
  return { value: Math.min(1, value), reason: null, bandwidths, grid, densities };
}

/**
 * Overlap by histograms: Σ min(share₀, share₁) over `bins` equal-width bins from the lowest to the highest score. Depends on the
 * bins: more bins give less overlap. null where a class has no rows.
 */
export function histogramOverlap(labels: Uint8Array, scores: Float64Array, bins = 50): ClassOverlap {
  const split = byClass(labels, scores);
  if (split[0].length === 0 || split[1].length === 0) return { value: null, reason: 'A class has no rows.' };
  const low = Math.min(split[0][0], split[1][0]);
  const width = Math.max(split[0][split[0].length - 1], split[1][split[1].length - 1]) - low;
  const shares = split.map((values) => {
    const counts = new Float64Array(bins);
    for (let i = 0; i < values.length; i++) {
      counts[width === 0 ? 0 : Math.min(bins - 1, Math.floor(((values[i] - low) / width) * bins))] += 1 / values.length;
    }
    return counts;
  });
  let value = 0;
  for (let k = 0; k < bins; k++) value += Math.min(shares[0][k], shares[1][k]);
  return { value: Math.min(1, value), reason: null };
}
