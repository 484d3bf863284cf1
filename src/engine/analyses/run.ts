import type { ExperimentSpec } from '../../spec/types.ts';
import type { Checkpoint } from '../backend.ts';
import type { Experiment } from '../experiment.ts';
import type { Analysis } from './analysis.ts';
import { ANALYSES, type AnalysisName, type AnalysisOptions, type AnalysisResult } from './registry.ts';

/** Loads an analysis and runs it beside `experiment`. */
export async function runAnalysis<N extends AnalysisName>(
  name: N,
  experiment: Experiment,
  spec: ExperimentSpec,
  options: AnalysisOptions<N>,
  checkpoint: Checkpoint,
): Promise<AnalysisResult<N>> {
  await checkpoint(0, 'Starting');
  const analysis = (await ANALYSES[name]()) as unknown as Analysis<AnalysisOptions<N>, AnalysisResult<N>>;
  return analysis({ experiment: experiment.aside(), spec, checkpoint }, options);
}
