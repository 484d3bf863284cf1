import { useMemo, useState } from 'react';
import { BarChart } from '../../../../charts/BarChart.tsx';
import type { BarChartData } from '../../../../charts/barChartData.ts';
import { formatNumber, formatPercent, formatSigma } from '../../../../charts/format.ts';
import { mapSource } from '../../../../charts/source.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { ComparisonTable } from './ComparisonTable.tsx';
import { chosen } from './dataChoices.ts';
import { DataSelect, OpenState, RunNote, type FigureProps } from './figureParts.tsx';
import { calibrationBars } from './series.ts';
import { useTurn } from './useTurn.ts';
import { figure3Rows } from './verdicts.ts';

const WHEN = { when: 'asked', keyOf: () => '' } as const;
const BARS = { xTitle: 'Confidence (bin; n rows)', yTitle: 'Accuracy (share)', yDomain: [0, 1], decimals: 3 } as const;
const PANELS = [0, 1, 2, 3];

/** The bin of the highest confidence, in words. */
function sentence({ groups, series: [expected, actual] }: BarChartData): string {
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    if (!Number.isFinite(actual.values[i])) continue;
    return `At confidence ${groups[i]} the probe expects ${formatPercent(expected.values[i])} right and gets ${formatPercent(actual.values[i])}.`;
  }
  return 'No bin holds a row.';
}

export function Figure3({ readings, choices, turn }: FigureProps) {
  const [dataId, setData] = useState('base-like');
  const choice = chosen(choices, dataId);
  const analysis = useAnalysis('figure3', { readings, data: choice.data }, WHEN);
  useTurn(analysis, turn);
  const { result, source } = analysis;
  const charts = useMemo(
    () => PANELS.map((index) => mapSource(source, ({ panels }) => calibrationBars(panels[index]))),
    [source],
  );
  return (
    <section className="figures-figure" aria-labelledby="figures-3">
      <h3 id="figures-3">Figure 3: calibration</h3>
      <div className="figures-controls">
        <DataSelect label="Data of Figure 3" choices={choices} value={choice.id} onCommit={setData} />
      </div>
      <AnalysisStatus analysis={analysis} start="Run Figure 3" />
      {result && (
        <>
          <RunNote facts={result.facts} />
          <div className="figures-grid">
            {result.panels.map(({ checkpoint, sigma, headline }, index) => (
              <BarChart
                key={index}
                kind={`figure3-${index}`}
                title={`Checkpoint ${checkpoint}, σ = ${formatSigma(sigma)}`}
                source={charts[index]}
                options={BARS}
                sentence={(data) =>
                  `Mean calibration error ${formatNumber(headline.ece)}. ${sentence(data)} Whiskers are Wilson 95% intervals.`
                }
                menu={
                  <OpenState
                    facts={result.facts}
                    kind="gaussian"
                    readings={result.readings}
                    checkpoint={checkpoint}
                    sigma={sigma}
                    of="calibration"
                  >
                    Open in the lab
                  </OpenState>
                }
              />
            ))}
          </div>
          <ComparisonTable title="Figure 3: published and recomputed" rows={figure3Rows(result)} />
        </>
      )}
    </section>
  );
}
