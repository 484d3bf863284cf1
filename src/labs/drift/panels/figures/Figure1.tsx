import { useMemo, useState } from 'react';
import { BarChart } from '../../../../charts/BarChart.tsx';
import type { BarChartData } from '../../../../charts/barChartData.ts';
import { formatNumber } from '../../../../charts/format.ts';
import { LineChart } from '../../../../charts/LineChart.tsx';
import type { LineChartData, LineChartOptions } from '../../../../charts/lineChartData.ts';
import { mapSource } from '../../../../charts/source.ts';
import type { CheckpointNumbers } from '../../../../engine/analyses/paper/checkpoints.ts';
import { PUBLISHED_PAIR } from '../../../../data/publishedFigures.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { chosen } from './dataChoices.ts';
import { DataSelect, OpenState, RunNote, type FigureProps } from './figureParts.tsx';
import { pairLines, separabilityBars } from './series.ts';
import { useTurn } from './useTurn.ts';
import { figure1Rows } from './verdicts.ts';

const WHEN = { when: 'asked', keyOf: () => '' } as const;
const SIGMA = { xTitle: 'Drift σ', xScale: 'linear', yDomain: [0, 1], decimals: 3 } as const;
const AUC: LineChartOptions = { ...SIGMA, yTitle: 'AUC', yDomain: [0.4, 1] };
const SILENT: LineChartOptions = { ...SIGMA, yTitle: 'Silent-failure rate (share)' };
const WRONG: LineChartOptions = { ...SIGMA, yTitle: 'Confidence when wrong', yDomain: [0.5, 1] };
const BARS = { xTitle: 'Measure of class separability', yTitle: 'Relative to base', decimals: 3 };

const read = {
  auc: ({ headline }: CheckpointNumbers) => headline.rocAuc,
  silent: ({ silent }: CheckpointNumbers) => silent,
  wrong: ({ wrongConfidence }: CheckpointNumbers) => wrongConfidence,
};

/** "base goes from 0.95 to 0.50, instruct from 0.92 to 0.50." */
function ends(what: string) {
  return ({ series }: LineChartData): string => {
    const one = series.map(
      ({ name, y }) => `${name} from ${formatNumber(y[0], 2)} to ${formatNumber(y[y.length - 1], 2)}`,
    );
    return `${what} over the checkpoints: ${one.join(', ')}.`;
  };
}

function barsSentence({ groups, series }: BarChartData): string {
  const instruct = series[1];
  const parts = groups.map((group, i) => `${group} ${formatNumber(instruct.values[i], 2)}`);
  return `Instruct relative to base, without drift: ${parts.join(', ')}. Overlap is larger where classes are closer.`;
}

export function Figure1({ readings, choices, checkpoint, turn }: FigureProps & { readonly checkpoint: number }) {
  const [baseId, setBase] = useState('base-like');
  const [instructId, setInstruct] = useState('instruct-like');
  const [base, instruct] = [chosen(choices, baseId), chosen(choices, instructId)];
  const analysis = useAnalysis('figure1', { readings, base: base.data, instruct: instruct.data }, WHEN);
  useTurn(analysis, turn);
  const { result, source } = analysis;
  const charts = useMemo(() => {
    const last = (values: typeof PUBLISHED_PAIR.silentFailureRateDrawn, text: string) =>
      (['base', 'instruct'] as const).map((side) => ({
        x: 0.15,
        y: values[side].value,
        label: `published: ${side} ≈ ${values[side].value} (${text})`,
      }));
    return {
      auc: mapSource(source, (value) => pairLines(value, read.auc)),
      silent: mapSource(source, (value) =>
        pairLines(value, read.silent, last(PUBLISHED_PAIR.silentFailureRateDrawn, 'Fig. 1')),
      ),
      wrong: mapSource(source, (value) =>
        pairLines(value, read.wrong, [{ x: 0.15, y: 1, label: 'published: both near 1.0 (Fig. 1)' }]),
      ),
      bars: mapSource(source, separabilityBars),
    };
  }, [source]);
  const at = Math.min(checkpoint, (result?.readings.checkpoints ?? 8) - 1);
  const open = (of: string) =>
    result &&
    (['base', 'instruct'] as const).map((side) => (
      <OpenState
        key={side}
        facts={result[side].facts}
        kind="gaussian"
        readings={result.readings}
        checkpoint={at}
        sigma={result[side].points[at].sigma}
        of={`${of}, ${side}`}
      >
        Open {side}
      </OpenState>
    ));
  return (
    <section className="figures-figure" aria-labelledby="figures-1">
      <h3 id="figures-1">Figure 1: base against instruct</h3>
      <div className="figures-controls">
        <DataSelect label="Base" choices={choices} value={base.id} onCommit={setBase} />
        <DataSelect label="Instruct" choices={choices} value={instruct.id} onCommit={setInstruct} />
      </div>
      <AnalysisStatus analysis={analysis} start="Run Figure 1" />
      {result && (
        <>
          <RunNote name="base" facts={result.base.facts} />
          <RunNote name="instruct" facts={result.instruct.facts} />
          <div className="figures-grid">
            <LineChart
              kind="figure1-auc"
              title="AUC"
              source={charts.auc}
              options={AUC}
              sentence={ends('AUC')}
              menu={open('AUC')}
            />
            <LineChart
              kind="figure1-silent"
              title="Silent-failure rate"
              source={charts.silent}
              options={SILENT}
              sentence={ends('Silent failures')}
              menu={open('silent-failure rate')}
            />
            <LineChart
              kind="figure1-wrong"
              title="Confidence when wrong"
              source={charts.wrong}
              options={WRONG}
              sentence={ends('Mean confidence of the wrong answers')}
              menu={open('confidence when wrong')}
            />
            <BarChart
              kind="figure1-separability"
              title="Class separability"
              source={charts.bars}
              options={BARS}
              sentence={barsSentence}
              menu={open('separability')}
            />
          </div>
          <ComparisonTable title="Figure 1: published and recomputed" rows={figure1Rows(result)} />
        </>
      )}
    </section>
  );
}
