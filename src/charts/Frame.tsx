import { useId, useState, type ReactNode } from 'react';
import type { GetBehind } from './export/behind.ts';
import { SaveButton } from './export/SaveButton.tsx';
import type { ChartTable } from './table.ts';
import './charts.css';

export interface FrameProps {
  /** Short name of the chart, for styles and tests: 'roc'. */
  readonly kind: string;
  readonly title: string;
  /** The chart in one sentence: its text alternative. */
  readonly sentence: string;
  readonly table: () => ChartTable;
  readonly titleId: string;
  readonly sentenceId: string;
  /** What the chart draws, for its file of numbers. */
  readonly behind: GetBehind;
  /** Room for more actions. */
  readonly menu?: ReactNode;
  readonly children: ReactNode;
}

/** What every chart stands in: heading, drawing, sentence, and the same numbers as a table. */
export function Frame({
  kind,
  title,
  sentence,
  table,
  titleId,
  sentenceId,
  behind,
  menu,
  children,
}: FrameProps): ReactNode {
  const [open, setOpen] = useState(false);
  const tableId = useId();
  return (
    <figure className={`chart-frame chart-frame-${kind}`} data-chart={kind} aria-labelledby={titleId}>
      <header className="chart-header">
        <h3 id={titleId} className="chart-title">
          {title}
        </h3>
        <div className="chart-actions">
          <button
            type="button"
            className="chart-button"
            aria-expanded={open}
            aria-controls={tableId}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide table' : 'Show as table'}
          </button>
          {menu}
          <SaveButton title={title} behind={behind} />
        </div>
      </header>
      {children}
      <div id={tableId} hidden={!open}>
        {open && <DataTable title={title} table={table()} />}
      </div>
      <figcaption id={sentenceId} className="chart-sentence">
        {sentence}
      </figcaption>
    </figure>
  );
}

function DataTable({ title, table }: { readonly title: string; readonly table: ChartTable }): ReactNode {
  return (
    <div className="chart-table-scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <table className="chart-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.note !== undefined && <p className="chart-note">{table.note}</p>}
    </div>
  );
}
