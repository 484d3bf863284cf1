import { stream } from '../core/random/streams.ts';
import { DataError } from './errors.ts';
import { Mixing } from './mixing.ts';
import type { Destination } from './npy.ts';

/** Settings of the generator; the same shape as the experiment spec's. */
export interface SyntheticSettings {
  readonly rows: number;
  readonly dims: number;
  /** Distance between the class means over the within-class standard deviation along it (d′). */
  readonly separation: number;
  /** Exponent a of the spectrum λ_j ∝ j^(−a); 0 is isotropic. */
  readonly spectrum: number;
  /** Mean pairwise cosine that the common direction gives the rows, in [0, 1). */
  readonly meanCosine: number;
  /** 0 … 2^53 − 1. */
  readonly seed: number;
}

export interface SyntheticData {
  /** Row-major, rows × dims; not normalised. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly dims: number;
  /** 0, 1, 0, 1, … */
  readonly labels: Uint8Array;
}

/** What the settings say about the population, before rows are normalised. */
export interface SyntheticPopulation {
  /** Variances along the principal axes within a class, falling, sum 1. */
  readonly spectrum: Float64Array;
  /** Participation ratio (Σλ)²/Σλ² of the spectrum. */
  readonly effectiveDimension: number;
  /** 0-based principal axis on which the class means differ: the one whose variance is nearest to the mean, 1/dims. */
  readonly classAxis: number;
  /** Distance between the class means. */
  readonly meanDistance: number;
  /** Length of the common vector. */
  readonly commonLength: number;
}

/** 2^28 numbers, 1 GiB as float32: what one WebAssembly memory holds with room to spare. */
const MAX_VALUES = 2 ** 28;
const NAME = 'synthetic data';

/** Throws DataError naming the setting that the generator cannot use. */
export function checkSynthetic(settings: SyntheticSettings): void {
  const need = (ok: boolean, wrong: string, remedy: string): void => {
    if (!ok) throw new DataError(NAME, null, wrong, remedy);
  };
  const { rows, dims, separation, spectrum, meanCosine, seed } = settings;
  need(Number.isSafeInteger(rows) && rows >= 4, `rows is ${rows}`, 'Give a whole number of 4 or more');
  need(Number.isSafeInteger(dims) && dims >= 2, `dims is ${dims}`, 'Give a whole number of 2 or more');
  need(rows * dims <= MAX_VALUES, `rows × dims is ${rows * dims}`, `Keep it at ${MAX_VALUES} or less`);
  need(separation >= 0 && separation <= 100, `separation is ${separation}`, 'Give a number from 0 to 100');
  need(spectrum >= 0 && spectrum <= 10, `spectrum is ${spectrum}`, 'Give a number from 0 to 10');
  need(meanCosine >= 0 && meanCosine <= 0.999999, `meanCosine is ${meanCosine}`, 'Give a number from 0 to 0.999999');
  need(Number.isSafeInteger(seed) && seed >= 0, `seed is ${seed}`, 'Give a whole number from 0 to 2^53 − 1');
}

export function syntheticPopulation(settings: SyntheticSettings): SyntheticPopulation {
  checkSynthetic(settings);
  const { dims, separation, meanCosine } = settings;
  const spectrum = new Float64Array(dims);
  let sum = 0;
  for (let j = 0; j < dims; j++) sum += spectrum[j] = (j + 1) ** -settings.spectrum;
  let squares = 0;
  let classAxis = 0;
  for (let j = 0; j < dims; j++) {
    spectrum[j] /= sum;
    squares += spectrum[j] ** 2;
    if (Math.abs(spectrum[j] - 1 / dims) < Math.abs(spectrum[classAxis] - 1 / dims)) classAxis = j;
  }
  const meanDistance = separation * Math.sqrt(spectrum[classAxis]);
  // Rows are κ·c plus a rest of mean squared length 1 + (distance/2)²; the mean cosine is κ²/(κ² + rest).
  const rest = 1 + (meanDistance / 2) ** 2;
  const commonLength = Math.sqrt((meanCosine / (1 - meanCosine)) * rest);
  return { spectrum, effectiveDimension: 1 / squares, classAxis, meanDistance, commonLength };
}

/**
 * Two Gaussian classes with a common spectrum and a common direction ("cone"), by the recipe of docs/DATA.md, which a few
 * lines of NumPy repeat. Labels alternate, so both classes are equally many (one more 0 where rows are odd in number).
 *
 * Before the final mixing, row i is  κ·c ± (distance/2)·e_k + Σ_j √λ_j g_ij e_j, with + for label 1. The class means differ
 * along one principal axis e_k, so `separation` is also the Mahalanobis distance and the best possible AUC before
 * normalisation is Φ(separation/√2). Rounded to float32 once, at the end. Throws DataError for settings out of range.
 * In steps: yields the share done, in [0, 1], so that a caller can show progress or give up.
 */
export function* syntheticSteps(
  settings: SyntheticSettings,
  into?: Destination,
): Generator<number, SyntheticData, void> {
  const { rows, dims } = settings;
  const { spectrum, classAxis, meanDistance, commonLength } = syntheticPopulation(settings);

  const directions = stream(settings.seed, 'synthetic-directions');
  const common = directions.standardNormal(new Float64Array(dims));
  const mixing = new Mixing(
    directions.standardNormal(new Float64Array(dims)),
    directions.standardNormal(new Float64Array(dims)),
  );
  // Orthogonal to the class axis: the cone must not tell the classes apart.
  common[classAxis] = 0;
  let length = 0;
  for (let j = 0; j < dims; j++) length += common[j] ** 2;
  length = Math.sqrt(length);
  for (let j = 0; j < dims; j++) common[j] *= commonLength / length;

  const deviation = spectrum.map(Math.sqrt);
  const noise = stream(settings.seed, 'synthetic-rows');
  const values = into === undefined ? new Float32Array(rows * dims) : into(rows, dims);
  if (values.length !== rows * dims) throw new RangeError(`the destination holds ${values.length} numbers`);
  const labels = new Uint8Array(rows);
  const row = new Float64Array(dims);
  for (let i = 0; i < rows; i++) {
    labels[i] = i & 1;
    noise.standardNormal(row);
    for (let j = 0; j < dims; j++) row[j] = common[j] + deviation[j] * row[j];
    row[classAxis] += (labels[i] === 1 ? 0.5 : -0.5) * meanDistance;
    mixing.apply(row);
    values.set(row, i * dims);
    if ((i & 255) === 255) yield (i + 1) / rows;
  }
  return { values, rows, dims, labels };
}

/** {@link syntheticSteps} in one go. */
export function generateSynthetic(
  settings: SyntheticSettings,
  into?: Destination,
  onProgress?: (share: number) => void,
): SyntheticData {
  const steps = syntheticSteps(settings, into);
  for (;;) {
    const step = steps.next();
    if (step.done) {
      onProgress?.(1);
      return step.value;
    }
    onProgress?.(step.value);
  }
}
