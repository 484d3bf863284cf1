import { linspace } from './linspace.ts';
import { ScoreSorter } from './rank.ts';

/** Which end of a bin belongs to it: 'right' is (a, b] with the lowest edge in the first bin; 'left' is [a, b) with the highest in the last. */
export type Closed = 'right' | 'left';
/** 'width': equal width; 'mass': equal counts (rank order, ties split by row order). */
export type Binning = 'width' | 'mass';
/** Range that equal-width bins cover. Half of the bins over [0, 1] are empty by construction for max(p, 1 − p). */
export type BinRange = 'unit' | 'upper-half';

export interface BinSettings {
  readonly bins: number;
  readonly binning: Binning;
  readonly closed: Closed;
  /** Only for 'width'; [0, 1] unless given. */
  readonly range?: BinRange;
}

/** What each bin holds; arrays of length `bins`. */
export interface BinSums {
  readonly bins: number;
  /** Width: the edges. Mass: lowest and highest forecast in the bin. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly count: Uint32Array;
  /** Σ of the forecasts (confidence, or p of class 1). */
  readonly forecast: Float64Array;
  /** Σ of the outcomes (right, or label 1). */
  readonly outcome: Uint32Array;
  /** Σ f(1 − f): the variance of Σ outcome if the forecasts were true. */
  readonly variance: Float64Array;
}

export const MAX_BINS = 65_535;

/** Empty sums; lower and upper are the edges for 'width' and 0 for 'mass'. */
export function emptyBins(settings: BinSettings): BinSums {
  const { bins } = settings;
  if (!Number.isInteger(bins) || bins < 1 || bins > MAX_BINS)
    throw new RangeError(`bins must be 1 … ${MAX_BINS}, not ${bins}.`);
  const edges = settings.binning === 'width' ? binEdges(settings) : new Float64Array(bins + 1);
  return {
    bins,
    lower: edges.slice(0, bins),
    upper: edges.slice(1),
    count: new Uint32Array(bins),
    forecast: new Float64Array(bins),
    outcome: new Uint32Array(bins),
    variance: new Float64Array(bins),
  };
}

/** Edges of equal-width bins, as numpy.linspace's doubles. */
export function binEdges(settings: Pick<BinSettings, 'bins' | 'range'>): Float64Array {
  return linspace(settings.range === 'upper-half' ? 0.5 : 0, 1, settings.bins + 1);
}

/** Sets counts and sums to 0. */
export function clearBins(sums: BinSums): void {
  sums.count.fill(0);
  sums.forecast.fill(0);
  sums.outcome.fill(0);
  sums.variance.fill(0);
}

/**
 * Number of the equal-width bin that `value` falls in, judged by the edges as doubles (linspace(0, 1, 11)[3] is above 0.3, so
 * 0.3 falls in bin 2 either way). The caller keeps value within the edges.
 */
export function widthBin(value: number, edges: Float64Array, rightClosed: boolean): number {
  const last = edges.length - 2;
  const low = edges[0];
  let bin = (((value - low) * (last + 1)) / (1 - low)) | 0;
  if (bin > last) bin = last;
  if (rightClosed) {
    while (bin > 0 && value <= edges[bin]) bin--;
    while (bin < last && value > edges[bin + 1]) bin++;
  } else {
    while (bin > 0 && value < edges[bin]) bin--;
    while (bin < last && value >= edges[bin + 1]) bin++;
  }
  return bin;
}

/** Writes the equal-width bin numbers of the first `rows` forecasts; these must lie within the edges. */
export function binBlock(
  forecast: Float64Array,
  rows: number,
  edges: Float64Array,
  rightClosed: boolean,
  out: Uint16Array,
): void {
  for (let i = 0; i < rows; i++) out[i] = widthBin(forecast[i], edges, rightClosed);
}

/** Adds the first `rows` rows to their bins. */
export function addBlock(
  forecast: Float64Array,
  outcome: Uint8Array,
  rowBin: Uint16Array,
  rows: number,
  sums: BinSums,
): void {
  const { count, forecast: forecastSum, outcome: outcomeSum, variance } = sums;
  for (let i = 0; i < rows; i++) {
    const bin = rowBin[i];
    const f = forecast[i];
    count[bin]++;
    forecastSum[bin] += f;
    outcomeSum[bin] += outcome[i];
    variance[bin] += f * (1 - f);
  }
}

/** Bin number of every row for equal-width bins. A forecast outside the range (NaN too) throws a RangeError. */
export function assignWidthBins(forecast: Float64Array, edges: Float64Array, closed: Closed, out: Uint16Array): void {
  const low = edges[0];
  const high = edges[edges.length - 1];
  for (let i = 0; i < forecast.length; i++) {
    const value = forecast[i];
    if (!(value >= low && value <= high))
      throw new RangeError(`Row ${i} has ${value}, outside the bins' range [${low}, ${high}].`);
  }
  binBlock(forecast, forecast.length, edges, closed === 'right', out);
}

/**
 * Bin number of every row for equal-mass bins: stable sort, then numpy.array_split (the first n mod M bins have one row more).
 * Sets `lower` and `upper` of the sums; an empty bin (n < M) takes the upper end of the bin before.
 */
export function assignMassBins(forecast: Float64Array, sums: BinSums, sorter: ScoreSorter, out: Uint16Array): void {
  const n = forecast.length;
  sorter.sort(forecast);
  const { order } = sorter;
  const size = Math.floor(n / sums.bins);
  const longer = n % sums.bins;
  let start = 0;
  for (let bin = 0; bin < sums.bins; bin++) {
    const end = start + size + (bin < longer ? 1 : 0);
    for (let k = start; k < end; k++) out[order[k]] = bin;
    const before = bin === 0 ? 0 : sums.upper[bin - 1];
    sums.lower[bin] = end > start ? forecast[order[start]] : before;
    sums.upper[bin] = end > start ? forecast[order[end - 1]] : before;
    start = end;
  }
}

/** Clears the bins and adds every row to its own, in row order. */
export function sumBins(forecast: Float64Array, outcome: Uint8Array, rowBin: Uint16Array, sums: BinSums): void {
  clearBins(sums);
  addBlock(forecast, outcome, rowBin, forecast.length, sums);
}

export interface BinnedRows {
  readonly sums: BinSums;
  /** Bin number of every row. */
  readonly rowBin: Uint16Array;
}

/**
 * Bins forecasts with their outcomes.
 *
 * @param forecast Confidence or probability, one a row, in [0, 1].
 * @param outcome 1 where the row came out as forecast (right, or of class 1).
 */
export function binRows(forecast: Float64Array, outcome: Uint8Array, settings: BinSettings): BinnedRows {
  const sums = emptyBins(settings);
  const rowBin = new Uint16Array(forecast.length);
  if (settings.binning === 'width') assignWidthBins(forecast, binEdges(settings), settings.closed, rowBin);
  else assignMassBins(forecast, sums, new ScoreSorter(forecast.length), rowBin);
  sumBins(forecast, outcome, rowBin, sums);
  return { sums, rowBin };
}
