import type { Convention, ConventionMetric } from '../../engine/analyses/conventions/convention.ts';
import type { ExperimentSpec } from '../../spec/types.ts';

export type WhyFormat = 'share' | 'decimal' | 'degrees';

/** What people read about one number. */
export interface WhyEntry {
  readonly title: string;
  /** What it is. */
  readonly definition: string;
  /** Plain text, one line a step. */
  readonly formula: readonly string[];
  /** Paper and equation, or "this lab". */
  readonly source: string;
  /** The convention in use; of the settings where it depends on them. */
  readonly convention: string | ((spec: ExperimentSpec) => string);
  /** One sentence. */
  readonly misleads: string;
  /** Conventions that are computed and compared; absent where there is nothing to compare. */
  readonly conventions?: {
    readonly metric: ConventionMetric;
    readonly format: WhyFormat;
    /** Words of one convention, and its format where that is not the metric's. */
    readonly words: (convention: Convention) => ConventionWords;
  };
}

export interface ConventionWords {
  readonly label: string;
  readonly format?: WhyFormat;
}
