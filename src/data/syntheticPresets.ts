import type { SyntheticSettings } from './synthetic.ts';

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
