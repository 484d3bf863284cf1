import type { ExperimentSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Experiment } from '../experiment.ts';

/** What an analysis works with. */
export interface AnalysisContext {
  /** Beside the main experiment: shares its data and probes, and may prepare, score and evaluate as it likes. */
  readonly experiment: Experiment;
  readonly spec: ExperimentSpec;
  /** To be awaited between pieces of work of a few milliseconds; throws `Cancelled` to end the analysis. */
  readonly checkpoint: Checkpoint;
}

/**
 * A computation that a panel asks for: a pure function of a spec and plain options. The result is plain data and typed
 * arrays, which are moved to the page: keep no reference to them.
 */
export type Analysis<O, R> = (context: AnalysisContext, options: O) => Promise<R>;
