import { useMemo, useState } from 'react';
import { formatCount } from '../../../../charts/format.ts';
import { LineChart } from '../../../../charts/LineChart.tsx';
import type { LineChartOptions } from '../../../../charts/lineChartData.ts';
import { mapSource } from '../../../../charts/source.ts';
import { mechanismList } from '../../../../engine/analyses/mechanismList.ts';
import { seededKey } from '../../../../engine/keys.ts';
import { integer, nullable, number } from '../../../../spec/parsers.ts';
import type { DriftSpec } from '../../../../spec/types.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { CheckField } from '../../../fields/CheckField.tsx';
import { NumberField } from '../../../fields/NumberField.tsx';
import { SelectField, type Option } from '../../../fields/SelectField.tsx';
import { useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { useSettledSpec } from '../../useSettledSpec.ts';
import { KINDS } from '../../words.ts';
import { NeedsLinear } from '../NeedsLinear.tsx';
import { CheckpointTable, WaysTable } from './WalkTables.tsx';
import { metricLines, metricSentence, RETURNED, wayLines, waySentence, waysSentence, type Judged } from './words.ts';
import './walk.css';

const AS_NOW = 'as-now';
const MOST_STEPS = 64;
/** Dimensions up to which rows are aligned unless it is switched off. */
const ALIGN_DIMS = 512;
const DRAWS: readonly Option<'fresh' | 'same'>[] = [
  { value: 'fresh', label: 'A new draw each step' },
  { value: 'same', label: 'The same draw each step' },
];
const METRICS: readonly Option<Judged>[] = [
  { value: 'rocAuc', label: 'AUC' },
  { value: 'accuracy', label: 'Accuracy' },
];
const CHART: LineChartOptions = {
  ...{ xTitle: 'Checkpoint (steps taken)', yTitle: 'Share, 0 to 1', xScale: 'linear', yDomain: [0, 1], decimals: 3 },
};
const WAYS: { readonly [M in Judged]: LineChartOptions } = {
  rocAuc: { xTitle: 'Checkpoint (steps taken)', yTitle: 'AUC', xScale: 'linear', decimals: 3 },
  accuracy: { xTitle: 'Checkpoint (steps taken)', yTitle: 'Accuracy', xScale: 'linear', decimals: 3 },
};
const WAYS_SENTENCE = { rocAuc: waysSentence('rocAuc'), accuracy: waysSentence('accuracy') };

/** Each checkpoint drifts the one before it; at the end the ways back. */
export default function WalkPanel() {
  const linear = useSpec((state) => state.spec.probe.kind === 'logistic');
  if (linear) return <LinearWalk />;
  return (
    <NeedsLinear>
      The walk needs the linear probe: its ways back move one direction and one bias, and a network has no such thing.
    </NeedsLinear>
  );
}

function LinearWalk() {
  const { drift } = useSettledSpec();
  const dims = useStatus((status) => status.context?.data.dims) ?? 2;
  const [steps, setSteps] = useState(8);
  const [sigma, setSigma] = useState<number | null>(null);
  const [chosen, setChosen] = useState(AS_NOW);
  const [draws, setDraws] = useState<'fresh' | 'same'>('fresh');
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [metric, setMetric] = useState<Judged>('rocAuc');
  const list = useMemo(() => mechanismList(dims, []), [dims]);
  const isUpdate = drift.kind === 'model';
  const mechanism = chosen === AS_NOW && isUpdate ? list[0].id : chosen;
  const align = wanted ?? dims <= ALIGN_DIMS;
  const options = useMemo(() => {
    const patch: Partial<DriftSpec> = list.find(({ id }) => id === mechanism)?.drift ?? {};
    return { steps, sigma, fresh: draws === 'fresh', drift: patch, align };
  }, [list, mechanism, steps, sigma, draws, align]);
  const analysis = useAnalysis('walk', options, { when: 'asked', keyOf: seededKey });
  const { result, source } = analysis;
  const metrics = useMemo(() => mapSource(source, metricLines), [source]);
  const ways = useMemo(() => mapSource(source, (report) => wayLines(report, metric)), [source, metric]);
  const choices: readonly Option<string>[] = [
    ...(isUpdate ? [] : [{ value: AS_NOW, label: `As in the lab now: ${KINDS[drift.kind].label}` }]),
    ...list.map(({ id, label }) => ({ value: id, label })),
  ];
  return (
    <>
      <p className="walk-text">
        Up to here every drift started from the clean rows. In production each update starts from the one before it.
        This walk drifts all rows of the set – training, validation and test – again and again, in all dimensions, and
        then tries the ways back.
      </p>
      <div className="walk-controls">
        <NumberField label="Steps" value={steps} parser={integer(1, MOST_STEPS)} step={1} onCommit={setSteps} />
        <NumberField
          label="σ of each step"
          hint={`Empty: that of the lab now, ${drift.sigma}.`}
          value={sigma}
          parser={nullable(number({ above: 0, max: 1000 }))}
          placeholder={String(drift.sigma)}
          onCommit={setSigma}
          onClear={() => setSigma(null)}
        />
        <SelectField
          label="Mechanism of the walk"
          hint={isUpdate ? 'A real update is one step, not many: choose a mechanism.' : undefined}
          value={mechanism}
          options={choices}
          onCommit={setChosen}
        />
        <SelectField
          label="Draws"
          hint="Directions that are not drawn, such as along the probe, are the same in every step."
          value={draws}
          options={DRAWS}
          onCommit={setDraws}
        />
        <CheckField
          label="Also align the rows at the end"
          hint={`Procrustes needs a ${dims} × ${dims} decomposition: minutes above ${ALIGN_DIMS} dimensions.`}
          checked={align}
          onCommit={setWanted}
        />
      </div>
      <AnalysisStatus analysis={analysis} start="Run the walk" />
      {result && (
        <>
          <p className="walk-text" data-walk="sentence">
            {waySentence(result)}
          </p>
          <p className="walk-note">
            Numbers of the walk and of the ways back: <Why metric="walk" of="numbers of the walk" />
          </p>
          <WaysTable report={result} />
          <p className="walk-note">
            “Returns” means within {RETURNED.rocAuc} of the AUC, or {RETURNED.accuracy} of the accuracy, before the
            walk. Walked: {formatCount(result.rows.all)} rows; refitted, re-centred and aligned on{' '}
            {formatCount(result.rows.train)} training rows; measured on {formatCount(result.rows.measured)} test rows.
            Rows are kept as float32 between steps: undone, no row is further than{' '}
            <output data-metric="walkLargestDistance" data-value={String(result.back.largestDistance)}>
              {result.back.largestDistance.toExponential(1)}
            </output>{' '}
            of its length from where it began <Why metric="walkLargestDistance" of="distance after undoing the walk" />.
            Drift seed {result.drift.seed}, σ = {result.drift.sigma} a step,{' '}
            {result.drift.renormalize ? 'renormalised after each' : 'not renormalised'}.
          </p>
          <div className="walk-charts">
            <LineChart
              title="The probe along the walk"
              kind="walk"
              source={metrics}
              options={CHART}
              sentence={metricSentence}
            />
            <div>
              <LineChart
                title={`${metric === 'rocAuc' ? 'AUC' : 'Accuracy'}: what each way back keeps`}
                kind="walk-ways"
                source={ways}
                options={WAYS[metric]}
                sentence={WAYS_SENTENCE[metric]}
                menu={
                  <button
                    type="button"
                    className="chart-button"
                    onClick={() => setMetric(metric === 'rocAuc' ? 'accuracy' : 'rocAuc')}
                  >
                    Show {(METRICS.find(({ value }) => value !== metric) ?? METRICS[0]).label}
                  </button>
                }
              />
            </div>
          </div>
          <p className="walk-note">
            One jump: the lab’s own drift, once, with the total amount of the steps so far; it draws its own numbers, so
            that the two also differ by the luck of a draw. Steps that draw anew add up in squares (√k·σ), steps of one
            direction add up (k·σ), turns add their angles; with renormalisation each step is σ of the length the row
            has by then, which the table’s σ takes into account.
          </p>
          <CheckpointTable report={result} />
        </>
      )}
    </>
  );
}
