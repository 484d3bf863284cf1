import type { ProbeKind } from '../../spec/types.ts';
import type { MlpProbeInfo } from '../api.ts';
import { emptySweep, setPoint, type Sweep } from '../results.ts';
import type { Analysis } from './analysis.ts';

export interface BesideOptions {
  /** Amounts of drift to measure at. */
  readonly amounts: readonly number[];
}

export interface BesideReport {
  /** The same data, split, scaler, class weights and drift, scored by the linear probe and by the network. */
  readonly linear: Sweep;
  readonly network: Sweep;
  readonly rows: number;
  readonly productBytes: MlpProbeInfo['productBytes'];
}

/** The drift curves of both kinds of probe on the same drifted rows. Drifts that follow the probe follow each its own. */
export const beside: Analysis<BesideOptions, BesideReport> = async ({ experiment, spec, checkpoint }, { amounts }) => {
  let rows = 0;
  let productBytes = 0;
  const sweepOf = async (kind: ProbeKind, done: number): Promise<Sweep> => {
    const own = { ...spec, probe: { ...spec.probe, kind } };
    const prepared = await experiment.prepare(own, checkpoint);
    const sweep = emptySweep(Float64Array.from(amounts));
    for (let k = 0; k < amounts.length; k++) {
      await checkpoint(done + k / amounts.length / 2, 'Drawing both curves');
      setPoint(sweep, k, experiment.point(prepared, own, amounts[k]));
    }
    rows = experiment.evaluatorFor(prepared, own).rows?.length ?? prepared.split.test.length;
    productBytes = Math.max(productBytes, prepared.productBytes);
    return sweep;
  };
  const linear = await sweepOf('logistic', 0);
  const network = await sweepOf('mlp', 0.5);
  return { linear, network, rows, productBytes };
};
