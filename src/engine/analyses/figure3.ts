import type { ReliabilityBin } from '../../core/metrics/types.ts';
import type { DataSpec } from '../../spec/types.ts';
import type { Headline } from '../results.ts';
import type { Analysis } from './analysis.ts';
import { factsOf, type RunFacts } from './paper/checkpoints.ts';
import { calibrationCheckpoints, checkpointSigmas, paperSpec, type Readings } from './paper/readings.ts';

export interface Figure3Options {
  readonly readings: Readings;
  readonly data: DataSpec;
}

export interface CalibrationPanel {
  readonly checkpoint: number;
  readonly sigma: number;
  readonly headline: Headline;
  /** The five bins of the reading. */
  readonly bins: readonly ReliabilityBin[];
  /** Accuracy of the rows with confidence above .8; null where there are none. */
  readonly confidentAccuracy: number | null;
  /** Mean of |accuracy − confidence| over the bins that hold rows, each bin alike; null without any. */
  readonly unweighted: number | null;
}

export interface Figure3Result {
  readonly readings: Readings;
  readonly facts: RunFacts;
  readonly panels: readonly CalibrationPanel[];
}

/** The paper's Figure 3: expected and actual accuracy in five bins of confidence, at four checkpoints of Gaussian drift. */
export const figure3: Analysis<Figure3Options, Figure3Result> = async (
  { experiment, checkpoint },
  { readings, data },
) => {
  const spec = paperSpec(data, 'gaussian', 0, readings);
  const prepared = await experiment.prepare(spec, checkpoint);
  const sigmas = checkpointSigmas(readings);
  const panels: CalibrationPanel[] = [];
  for (const k of calibrationCheckpoints(readings)) {
    await checkpoint(panels.length / 4, 'Measuring calibration');
    const { headline, reliability } = experiment.step(prepared, spec, sigmas[k]);
    const bins = readings.bins === 'unit' ? reliability : reliability.filter(({ lower }) => lower > 0.45);
    panels.push({
      checkpoint: k,
      sigma: sigmas[k],
      headline,
      bins,
      confidentAccuracy: headline.wrongGivenConfident === null ? null : 1 - headline.wrongGivenConfident,
      unweighted: headline.ace,
    });
  }
  return { readings, facts: factsOf(prepared, data), panels };
};
