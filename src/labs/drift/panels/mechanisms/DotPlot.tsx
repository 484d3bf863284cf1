import { SaveButton } from '../../../../charts/export/SaveButton.tsx';
import { formatNumber } from '../../../../charts/format.ts';
import type { MechanismsReport } from '../../../../engine/analyses/mechanisms.ts';
import type { MetricId } from './words.ts';

interface Mark {
  readonly id: MetricId;
  readonly name: string;
  /** Around the origin, about 10 units wide: shape tells the metrics apart where colour does not. */
  readonly path: string;
}

const MARKS: readonly Mark[] = [
  { id: 'rocAuc', name: 'AUC', path: 'M0,-5a5,5 0 1,0 .01,0z' },
  { id: 'accuracy', name: 'Accuracy', path: 'M-4.5,-4.5h9v9h-9z' },
  { id: 'meanConfidence', name: 'Mean confidence', path: 'M0,-5.5l5.5,10h-11z' },
  { id: 'ece', name: 'ECE', path: 'M0,-6l6,6l-6,6l-6,-6z' },
];
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const percent = (value: number) => `${value * 100}%`;

/** One line for each mechanism, one mark for each metric: how far a metric is spread shows down its column of marks. */
export function DotPlot({ report }: { readonly report: MechanismsReport }) {
  const rows = report.rows.filter(({ state }) => state !== null);
  return (
    <figure className="dot-plot" aria-labelledby="dot-plot-title">
      <div className="chart-actions">
        <SaveButton
          title="Mechanisms as marks"
          behind={() => ({ kind: 'table', data: dotTable(report), options: null })}
        />
      </div>
      <figcaption id="dot-plot-title">
        The same numbers as marks, 0 to 1. Dashed: the value without drift. Faint: not at the wanted strength.
      </figcaption>
      <ul className="dot-legend">
        {MARKS.map(({ id, name, path }) => (
          <li key={id}>
            <svg className={`dot-${id}`} width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
              <path d={path} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div className="dot-rows">
        {rows.map(({ id, label, state, status }) => (
          <div key={id} className="dot-row" data-status={status}>
            <span className="dot-label">{label}</span>
            <svg
              className="dot-track"
              role="img"
              aria-label={MARKS.map((mark) => `${mark.name} ${formatNumber(state?.headline[mark.id] ?? null)}`).join(
                ', ',
              )}
            >
              <line className="dot-axis" x1="0" x2="100%" y1="50%" y2="50%" />
              {MARKS.map((mark) => {
                const clean = report.clean.headline[mark.id];
                const value = state?.headline[mark.id] ?? null;
                return (
                  <g key={mark.id} className={`dot-${mark.id}`}>
                    {clean !== null && (
                      <line className="dot-clean" x1={percent(clean)} x2={percent(clean)} y1="0" y2="100%" />
                    )}
                    {value !== null && (
                      <svg x={percent(value)} y="50%" overflow="visible">
                        <path d={mark.path} />
                      </svg>
                    )}
                  </g>
                );
              })}
            </svg>
          </div>
        ))}
        <div className="dot-row" aria-hidden="true">
          <span className="dot-label" />
          <svg className="dot-track dot-scale">
            {TICKS.map((tick) => (
              <text
                key={tick}
                x={percent(tick)}
                y="14"
                textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
              >
                {tick}
              </text>
            ))}
          </svg>
        </div>
      </div>
    </figure>
  );
}

/** The numbers of the marks, with and without drift. */
function dotTable({ rows, clean }: MechanismsReport) {
  const numbers = (of: MechanismsReport['clean'] | null) => MARKS.map(({ id }) => of?.headline[id] ?? null);
  return {
    columns: ['mechanism', 'status', ...MARKS.map(({ id }) => id)],
    rows: [
      ...rows.map(({ label, status, state }) => [label, status, ...numbers(state)]),
      ['without drift', null, ...numbers(clean)],
    ],
  };
}
