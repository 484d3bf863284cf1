import { useMemo, type ReactNode } from 'react';
import { ChartFigure } from '../ChartFigure.tsx';
import type { ChartSource } from '../source.ts';
import type { DensityPair } from './densityGeometry.ts';
import { createDensityChart } from './densityPainter.ts';
import { densitySentence, densityTable, type DensityOptions } from './densityWords.ts';
import './densities.css';

export interface DensityChartProps extends DensityOptions {
  readonly source: ChartSource<DensityPair>;
}

export function DensityChart({ source, threshold, name0, name1 }: DensityChartProps): ReactNode {
  const options = useMemo(() => ({ threshold, name0, name1 }), [threshold, name0, name1]);
  return (
    <ChartFigure
      kind="densities"
      title="Logits of the two classes, by the formula"
      create={createDensityChart}
      source={source}
      options={options}
      sentence={densitySentence}
      table={densityTable}
    />
  );
}
