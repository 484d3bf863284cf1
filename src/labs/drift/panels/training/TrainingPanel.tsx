import { useMemo, type ReactNode } from 'react';
import { formatCount, formatNumber, formatSigma } from '../../../../charts/format.ts';
import { LineChart } from '../../../../charts/LineChart.tsx';
import type { LineChartData, LineChartOptions } from '../../../../charts/lineChartData.ts';
import { mapSource, type ChartSource } from '../../../../charts/source.ts';
import type { MlpProbeInfo } from '../../../../engine/api.ts';
import { amountOf, besideKey } from '../../../../engine/keys.ts';
import type { SweepColumn } from '../../../../engine/results.ts';
import { sweepAmounts } from '../../../../state/sweepAmounts.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useSession, useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { TrainingStatus } from '../../TrainingStatus.tsx';
import { useSettledSpec } from '../../useSettledSpec.ts';
import { AtSlider } from './AtSlider.tsx';
import { bestLosses, besideAt, besideLines, besideSentence, lossLines, lossSentence } from './trainingLines.ts';
import './training.css';

const LOSS: LineChartOptions = {
  xTitle: 'Epoch',
  yTitle: 'Mean weighted log loss (nats)',
  xScale: 'linear',
  decimals: 4,
};

/** Measured amounts of a curve, the state without drift among them. */
const POINTS = 33;

const COLUMNS: readonly { readonly column: SweepColumn; readonly title: string; readonly yTitle: string }[] = [
  { column: 'rocAuc', title: 'AUC', yTitle: 'AUC' },
  { column: 'accuracy', title: 'Accuracy', yTitle: 'Accuracy (share of rows)' },
  { column: 'meanConfidence', title: 'Mean confidence', yTitle: 'Mean confidence' },
  { column: 'silentFailureRate', title: 'Silent-failure rate', yTitle: 'Silent failures (share of errors)' },
];

export default function TrainingPanel() {
  const { spec } = useSession();
  const wanted = useSpec((state) => state.spec.probe.kind);
  const probe = useStatus((status) => status.context?.probe ?? null);
  if (wanted !== 'mlp') {
    return (
      <div className="training">
        <p className="training-text">
          The probe in use is linear: its fit is a convex problem with one optimum, so there is no training curve and
          nothing to stop early. A network of one hidden layer is trained step by step, from random first weights, and
          may fit what no line divides. Here you can watch it train, and see whether it breaks under drift where the
          linear probe does.
        </p>
        <div>
          <button type="button" className="button" onClick={() => spec.getState().commit({ probe: { kind: 'mlp' } })}>
            Train a network instead
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className="training">
      <TrainingStatus where="panel" />
      {probe?.kind === 'mlp' && <History probe={probe} />}
      {probe?.kind === 'mlp' && <AtSlider />}
      {probe?.kind === 'mlp' && <Beside />}
    </div>
  );
}

function History({ probe }: { readonly probe: MlpProbeInfo }) {
  const source = useMemo<ChartSource<LineChartData>>(() => {
    const data = lossLines(probe);
    return { get: () => data, subscribe: () => () => {} };
  }, [probe]);
  const losses = bestLosses(probe);
  const { bestEpoch, epochs, parameters, hidden, monitored, stoppedEarly } = probe;
  return (
    <>
      <LineChart
        title="Loss by epoch"
        kind="training-loss"
        source={source}
        options={LOSS}
        sentence={() => lossSentence(probe)}
      />
      <dl className="training-facts">
        <Fact name="Best epoch" metric="bestEpoch" value={bestEpoch}>
          {formatCount(bestEpoch)} of {formatCount(epochs)}
          {stoppedEarly ? ', stopped early' : ''}
        </Fact>
        <Fact name="Validation loss there" metric="validationLoss" value={losses.validation}>
          {losses.validation === null ? 'no validation rows' : `${formatNumber(losses.validation, 4)} nats`}
        </Fact>
        <Fact name="Training loss there" metric="trainLoss" value={losses.training}>
          {formatNumber(losses.training, 4)} nats
        </Fact>
        <Fact name="Weights and biases" metric="parameters" value={parameters}>
          {formatCount(parameters)} in {formatCount(hidden)} hidden units
        </Fact>
        <Fact name="Kept for the slider" metric="productBytes" value={probe.productBytes}>
          {formatNumber(probe.productBytes / 1e6, 1)} MB
        </Fact>
      </dl>
      <p className="training-note">
        Losses are means over all rows with the weights at the end of each epoch, weighed by class as in training,
        without the L2 penalty. <Why metric="mlpLoss" of="losses of the network" />{' '}
        {monitored === 'validation'
          ? 'The validation rows decide when to stop; the test rows have no part in it.'
          : 'There are no validation rows: the training loss decides, which cannot tell overfitting.'}
      </p>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly metric: string;
  readonly value: number | null;
  readonly children: ReactNode;
}

function Fact({ name, metric, value, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-metric={metric} data-value={String(value)}>
        {children}
      </dd>
    </div>
  );
}

/** The network's drift curve beside the linear probe's. */
function Beside() {
  const share = useSpec((state) => state.spec.drift.kind === 'model');
  const amount = amountOf(useSettledSpec().drift);
  const { spec } = useSession();
  const options = useMemo(() => {
    const amounts = sweepAmounts(spec.getState().spec, POINTS);
    // A log axis has no place for the state without drift.
    return { amounts: [...amounts].filter((value) => share || value > 0) };
  }, [share, spec]);
  const analysis = useAnalysis('beside', options, { when: 'asked', keyOf: besideKey });
  const { source, result } = analysis;
  const charts = useMemo(
    () =>
      COLUMNS.map(({ column, title, yTitle }) => ({
        ...{ column, title },
        source: mapSource(source, (report) => besideLines(report, column)),
        options: {
          ...{ yTitle, yDomain: column === 'rocAuc' ? undefined : ([0, 1] as const), decimals: 3 },
          ...(share
            ? { xTitle: 'Share of the way to the other model', xScale: 'linear' as const }
            : { xTitle: 'Drift σ (log axis)', xScale: 'log' as const }),
        },
      })),
    [source, share],
  );
  const near = result && besideAt(result, 'rocAuc', amount);
  return (
    <section className="training" aria-labelledby="beside-title">
      <h4 id="beside-title">Its drift curve beside the linear probe’s</h4>
      <AnalysisStatus analysis={analysis} start="Draw both curves" />
      {result && near && (
        <>
          <p className="training-text">
            On the same {formatCount(result.rows)} test rows, at {share ? 'share' : 'σ'} {formatSigma(near.at)} (the
            measured amount closest to the slider), AUC is{' '}
            <output data-metric="networkAuc" data-value={String(near.network)}>
              {formatNumber(near.network)}
            </output>{' '}
            for the network and{' '}
            <output data-metric="linearAuc" data-value={String(near.linear)}>
              {formatNumber(near.linear)}
            </output>{' '}
            for the linear probe. <Why metric="besideAuc" of="AUC of both probes" />
          </p>
          <div className="training-charts">
            {charts.map(({ column, title, source: lines, options: axes }) => (
              <LineChart
                key={column}
                title={title}
                kind={`beside-${column}`}
                source={lines}
                options={axes}
                sentence={(data) => besideSentence(title, data)}
              />
            ))}
          </div>
          <p className="training-note">
            Both probes have the same data, split, standardisation, class weights and drift. A drift that follows the
            probe follows each its own: for the network, the mean gradient of its logit over the training rows.
          </p>
        </>
      )}
    </section>
  );
}
