import { useMemo, useState, type ReactNode } from 'react';
import { ChartFigure } from '../ChartFigure.tsx';
import type { ChartSource } from '../source.ts';
import { createRowScatter, GPU_ABOVE } from './painter.ts';
import type { RowScene } from './scene.ts';
import { rowSentence, rowTable, type RowNames } from './words.ts';
import './rows.css';

export interface RowScatterProps extends RowNames {
  readonly source: ChartSource<RowScene>;
  readonly title: string;
}

/** Every measured row where the drift puts it, on the probe's direction and one across it. */
export function RowScatter({ source, title, name0, name1 }: RowScatterProps): ReactNode {
  const [fits, setFits] = useState(0);
  const options = useMemo(() => ({ fits, gpuAbove: GPU_ABOVE, name0, name1 }), [fits, name0, name1]);
  return (
    <div>
      <ChartFigure
        kind="rows"
        title={title}
        create={createRowScatter}
        source={source}
        options={options}
        sentence={rowSentence}
        table={rowTable}
        menu={
          <button type="button" className="chart-button" onClick={() => setFits(fits + 1)}>
            Fit axes
          </button>
        }
      />
      <RowKey name0={name0} name1={name1} />
    </div>
  );
}

function RowKey({ name0, name1 }: RowNames): ReactNode {
  const diamond = 'M8,1L15,8L8,15L1,8Z';
  return (
    <ul className="row-key" aria-label="Key of the marks">
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <circle className="row-key-1" cx="8" cy="8" r="5" />
        </svg>
        {name1}
      </li>
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <circle className="row-key-0" cx="8" cy="8" r="5" />
        </svg>
        {name0}
      </li>
      <li>
        <svg width="34" height="16" aria-hidden="true">
          <path className="row-key-silent-1" d={diamond} />
          <path className="row-key-silent-0" d={diamond} transform="translate(18)" />
        </svg>
        wrong and confident, filled or hollow as its label
      </li>
      <li>
        <svg width="30" height="16" aria-hidden="true">
          <path className="row-move" d="M2,8H18" />
          <path className="row-mean" d="M14,8h16M22,0v16" />
        </svg>
        class mean, and its way from where it was without drift
      </li>
      <li>
        <svg width="16" height="16" aria-hidden="true">
          <path className="row-edge" d="M8,0V16" />
        </svg>
        τ: outside the dashed lines a row is confident
      </li>
    </ul>
  );
}
