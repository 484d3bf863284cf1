import { useState } from 'react';
import { exact } from '../../../../charts/format.ts';
import type { MeasuredState, MechanismRow, MechanismsReport } from '../../../../engine/analyses/mechanisms.ts';
import { amountOf } from '../../../../engine/keys.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';
import { COLUMNS, ordered, type Order } from './words.ts';

export interface MechanismTableProps {
  readonly report: MechanismsReport;
  readonly resultSpec: ExperimentSpec | null;
  readonly onOpen: (row: MechanismRow, state: MeasuredState) => void;
}

/** Every mechanism with its numbers; a press on a heading sorts by it. */
export function MechanismTable({ report, resultSpec, onOpen }: MechanismTableProps) {
  const [order, setOrder] = useState<Order | null>(null);
  const sortBy = (column: string) =>
    setOrder((old) =>
      old?.column !== column ? { column, descending: false } : old.descending ? null : { column, descending: true },
    );
  const heading = (column: string, title: string) => {
    const active = order?.column === column ? order : null;
    return (
      <th key={column} scope="col" aria-sort={active ? (active.descending ? 'descending' : 'ascending') : 'none'}>
        <button type="button" className="mechanism-sort" onClick={() => sortBy(column)}>
          {title}
          <span aria-hidden="true">{active ? (active.descending ? ' ▼' : ' ▲') : ''}</span>
        </button>
      </th>
    );
  };
  const nowAmount = resultSpec ? amountOf(resultSpec.drift) : null;
  return (
    <div className="chart-table-scroll mechanism-scroll" tabIndex={0} role="region" aria-label="Mechanisms, table">
      <table className="chart-table mechanism-table">
        <caption className="visually-hidden">Every mechanism at equal strength</caption>
        <thead>
          <tr>
            {heading('mechanism', 'Mechanism')}
            {COLUMNS.map(({ id, title }) => heading(id, title))}
            <th scope="col">
              <span className="visually-hidden">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <FixedRow name="No drift" state={{ ...report.clean, amount: 0 }} />
          {nowAmount !== null && <FixedRow name="The lab’s drift" state={report.now} />}
          {ordered(report.rows, order).map((row) => (
            <Row key={row.id} row={row} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Numbers({ state }: { readonly state: MeasuredState }) {
  return COLUMNS.map(({ id, read, format }) => {
    const value = read(state);
    return (
      <td key={id} data-column={id} data-value={exact(value)}>
        {format(value)}
      </td>
    );
  });
}

function FixedRow({ name, state }: { readonly name: string; readonly state: MeasuredState }) {
  return (
    <tr className="mechanism-fixed">
      <th scope="row">{name}</th>
      <Numbers state={state} />
      <td />
    </tr>
  );
}

function Row({ row, onOpen }: { readonly row: MechanismRow; readonly onOpen: MechanismTableProps['onOpen'] }) {
  const { state, label, reason, published } = row;
  return (
    <tr data-mechanism={row.id} data-status={row.status}>
      <th scope="row">
        {label}
        {published && <span className="mechanism-mark"> · paper</span>}
        {reason !== null && state !== null && <span className="mechanism-reason">{reason}</span>}
      </th>
      {state === null ? (
        <td colSpan={COLUMNS.length} className="mechanism-none">
          {reason}
        </td>
      ) : (
        <Numbers state={state} />
      )}
      <td>
        {state !== null && (
          <button
            type="button"
            className="chart-button"
            aria-label={`Open in the lab: ${label}`}
            onClick={() => onOpen(row, state)}
          >
            Open in the lab
          </button>
        )}
      </td>
    </tr>
  );
}
