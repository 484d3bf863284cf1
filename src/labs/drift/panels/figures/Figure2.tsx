import { useMemo, useState } from 'react';
import { formatNumber, formatSigma } from '../../../../charts/format.ts';
import { LineChart } from '../../../../charts/LineChart.tsx';
import type { LineChartData, LineChartOptions } from '../../../../charts/lineChartData.ts';
import { mapSource } from '../../../../charts/source.ts';
import { PAPER_KINDS, type PaperKind } from '../../../../engine/analyses/paper/readings.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { chosen } from './dataChoices.ts';
import { DataSelect, OpenState, RunNote, type FigureProps } from './figureParts.tsx';
import {
  aucByCheckpoint,
  brittlenessLines,
  f1ByCheckpoint,
  KIND_NAMES,
  mechanismAccuracy,
  mechanismLines,
  sensitivityLine,
} from './series.ts';
import { useTurn } from './useTurn.ts';
import { figure2Rows } from './verdicts.ts';

const WHEN = { when: 'asked', keyOf: () => '' } as const;
const STEPS = { xTitle: 'Checkpoint', xScale: 'linear', yDomain: [0.4, 1], decimals: 3 } as const;
const AUC: LineChartOptions = { ...STEPS, yTitle: 'AUC' };
const ACCURACY: LineChartOptions = { ...STEPS, yTitle: 'Accuracy (share)' };
const F1: LineChartOptions = { ...STEPS, yTitle: 'F1', yDomain: [0, 1] };
const SUM: LineChartOptions = { ...STEPS, yTitle: 'Sum of error rates; F1', yDomain: undefined };
const DROP: LineChartOptions = {
  xTitle: 'Drift σ (log axis)',
  yTitle: 'AUC lost, relative to σ = 0',
  xScale: 'log',
  decimals: 3,
};

/** "AUC 0.95, 0.61, …" of the ends of each line. */
function ends({ series }: LineChartData): string {
  const parts = series.map(
    ({ name, y }) => `${name} goes from ${formatNumber(y[0], 2)} to ${formatNumber(y[y.length - 1], 2)}`,
  );
  return `${parts.join('; ')}.`;
}

export function Figure2({ readings, choices, checkpoint, turn }: FigureProps & { readonly checkpoint: number }) {
  const [dataId, setData] = useState('base-like');
  const choice = chosen(choices, dataId);
  const analysis = useAnalysis('figure2', { readings, data: choice.data }, WHEN);
  useTurn(analysis, turn);
  const { result, source } = analysis;
  const charts = useMemo(
    () => ({
      auc: mapSource(source, aucByCheckpoint),
      mechanisms: mapSource(source, mechanismLines),
      accuracy: mapSource(source, mechanismAccuracy),
      sensitivity: mapSource(source, sensitivityLine),
      brittleness: mapSource(source, brittlenessLines),
      f1: mapSource(source, f1ByCheckpoint),
    }),
    [source],
  );
  const at = Math.min(checkpoint, (result?.readings.checkpoints ?? 8) - 1);
  const open = (of: string, kind: PaperKind, label?: string) =>
    result && (
      <OpenState
        key={kind}
        facts={result.runs[kind].facts}
        kind={kind}
        readings={result.readings}
        checkpoint={at}
        sigma={result.runs[kind].points[at].sigma}
        of={of}
      >
        {label}
      </OpenState>
    );
  const openEach = (of: string) =>
    PAPER_KINDS.map((kind) => open(`${of}, ${KIND_NAMES[kind]}`, kind, `Open ${KIND_NAMES[kind]}`));
  const crossing = result?.sensitivity.crossing ?? null;
  const sensitivity = () =>
    crossing === null
      ? 'The relative loss of AUC never reaches 10 % up to σ = .15.'
      : `The relative loss of AUC reaches 10 % at σ = ${formatSigma(crossing)}.`;
  return (
    <section className="figures-figure" aria-labelledby="figures-2">
      <h3 id="figures-2">Figure 2: drift by checkpoint</h3>
      <div className="figures-controls">
        <DataSelect label="Data of Figure 2" choices={choices} value={choice.id} onCommit={setData} />
      </div>
      <AnalysisStatus analysis={analysis} start="Run Figure 2" />
      {result && (
        <>
          <RunNote facts={result.runs.gaussian.facts} />
          <div className="figures-grid">
            <LineChart
              kind="figure2-auc"
              title="AUC by checkpoint"
              source={charts.auc}
              options={AUC}
              sentence={ends}
              menu={open('AUC by checkpoint', 'gaussian')}
            />
            <LineChart
              kind="figure2-mechanisms"
              title="Three mechanisms: AUC"
              source={charts.mechanisms}
              options={AUC}
              sentence={ends}
              menu={openEach('three mechanisms')}
            />
            <LineChart
              kind="figure2-accuracy"
              title="Three mechanisms: accuracy"
              source={charts.accuracy}
              options={ACCURACY}
              sentence={(data) => `${ends(data)} Not in the paper: what AUC does not see.`}
              menu={openEach('accuracy of three mechanisms')}
            />
            <LineChart
              kind="figure2-sensitivity"
              title="Sensitivity"
              source={charts.sensitivity}
              options={DROP}
              sentence={sensitivity}
              menu={open('sensitivity', 'gaussian')}
            />
            <LineChart
              kind="figure2-brittleness"
              title="Cumulative brittleness"
              source={charts.brittleness}
              options={SUM}
              sentence={(data) =>
                `${ends(data)} The sum is read as the running sum of the error rate; the paper’s formula was not recovered.`
              }
              menu={open('cumulative brittleness', 'gaussian')}
            />
            <LineChart
              kind="figure2-f1"
              title="F1 by checkpoint"
              source={charts.f1}
              options={F1}
              sentence={ends}
              menu={open('F1 by checkpoint', 'gaussian')}
            />
          </div>
          <ComparisonTable title="Figure 2: published and recomputed" rows={figure2Rows(result)} />
        </>
      )}
    </section>
  );
}
