import { fisherOfRows } from '../core/metrics/fisherOfRows.ts';
import { rowScale } from './normalize.ts';
import { generateSynthetic, type SyntheticSettings } from './synthetic.ts';

export interface SyntheticPreset {
  readonly id: string;
  readonly title: string;
  /** What it is and is not, for the person who chooses it. */
  readonly about: string;
  /** Fisher value (eq. 26) of the normalised rows with the preset's own seed. */
  readonly fisher: number;
  readonly settings: SyntheticSettings;
}

/** Fisher values published for the base and the instruction-tuned model (arXiv 2603.01297, as quoted by reading notes). */
export const PUBLISHED_FISHER = { base: 4.23, instruct: 3.12 } as const;

/** Rows and dimensions of the paper's base model; spectrum and cone as in last-token embeddings of language models. */
const COMMON = { rows: 10_000, dims: 896, spectrum: 1, meanCosine: 0.97, seed: 42 } as const;

/**
 * Separations solved by {@link separationForFisher} on the normalised rows of each preset; the test solves them again.
 * The two presets differ in separation alone: same seed, same noise, so row i of one pairs with row i of the other.
 */
export const baseLike: SyntheticPreset = {
  id: 'base-like',
  title: 'Synthetic, base-like',
  about:
    'Generated numbers, not a language model. The Fisher value (eq. 26) is the one published for the base model, 4.23.',
  fisher: PUBLISHED_FISHER.base,
  settings: { ...COMMON, separation: 2.8405 },
};

export const instructLike: SyntheticPreset = {
  id: 'instruct-like',
  title: 'Synthetic, instruct-like',
  about:
    'Generated numbers, not a language model. The Fisher value (eq. 26) is the one published for the instruction-tuned model, 3.12.',
  fisher: PUBLISHED_FISHER.instruct,
  settings: { ...COMMON, separation: 2.4237 },
};

export const SYNTHETIC_PRESETS: readonly SyntheticPreset[] = [baseLike, instructLike];

/**
 * The separation at which the generated rows, normalised as the lab uses them, have the Fisher value `target` (eq. 26)
 * within `tolerance`. Secant steps on separation², in which the value is close to linear. Null where `target` is below
 * what noise alone gives these rows (about 2·dims/rows), or where eight steps do not reach it.
 */
export function separationForFisher(
  settings: Omit<SyntheticSettings, 'separation'>,
  target: number,
  tolerance = 1e-6,
): number | null {
  const buffer = new Float32Array(settings.rows * settings.dims);
  const at = (square: number): number => {
    const data = generateSynthetic({ ...settings, separation: Math.sqrt(square) }, () => buffer);
    const scale = rowScale(data.values, data.rows, data.dims, true);
    return (fisherOfRows({ ...data, scale }, data.labels).paper ?? 0) - target;
  };
  let [x0, x1] = [0, 2 * target];
  let [f0, f1] = [at(x0), at(x1)];
  if (f0 > 0) return null;
  for (let step = 0; step < 8; step++) {
    if (Math.abs(f1) <= tolerance) return Math.sqrt(x1);
    if (f1 === f0) return null;
    const x2 = x1 - (f1 * (x1 - x0)) / (f1 - f0);
    if (!(x2 > 0)) return null;
    [x0, f0, x1, f1] = [x1, f1, x2, at(x2)];
  }
  return Math.abs(f1) <= tolerance ? Math.sqrt(x1) : null;
}
