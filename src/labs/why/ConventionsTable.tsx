import type { ConventionsReport } from '../../engine/analyses/conventions.ts';
import type { Convention } from '../../engine/analyses/conventions/convention.ts';
import { AnalysisStatus } from '../AnalysisStatus.tsx';
import { driftConventionWords } from '../drift/why/driftConventions.ts';
import { useAnalysis } from '../useAnalysis.ts';
import { formatDifference, formatWhy } from './formatWhy.ts';
import type { ConventionWords, WhyEntry, WhyFormat } from './entry.ts';

type Compared = NonNullable<WhyEntry['conventions']>;

/** What every other convention would say at this moment, and how far that is from the number in use. */
export function ConventionsTable({ metric, format, words }: Compared) {
  const analysis = useAnalysis('conventions', { metric }, { when: 'rest' });
  const { result } = analysis;
  return (
    <section className="why-conventions" aria-label="What other conventions would say right now">
      <h3>What other conventions would say right now</h3>
      <AnalysisStatus analysis={analysis} start="Compare" />
      {result && (
        <div className="why-scroll" tabIndex={0} role="region" aria-label="Values by convention">
          <table data-testid="conventions">
            <thead>
              <tr>
                <th scope="col">Convention</th>
                <th scope="col">Value</th>
                <th scope="col">Moves it by</th>
              </tr>
            </thead>
            <Rows rows={result.ofMetric} title="The same answers, counted otherwise" {...{ result, format, words }} />
            {result.ofDrift.length > 0 && (
              <Rows
                rows={result.ofDrift}
                title={`Another reading of the same drift, at ${result.amount}`}
                words={driftConventionWords}
                {...{ result, format }}
              />
            )}
          </table>
          <p className="why-note">
            On {result.rows.toLocaleString('en-US')} measured rows. “Other scale”: a difference would compare unlike
            things.
          </p>
        </div>
      )}
    </section>
  );
}

function Rows({
  title,
  rows,
  result,
  format,
  words,
}: {
  readonly title: string;
  readonly rows: readonly Convention[];
  readonly result: ConventionsReport;
  readonly format: WhyFormat;
  readonly words: (convention: Convention) => ConventionWords;
}) {
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colSpan={3} className="why-group">
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={keyOf(row)} row={row} base={result.value} format={format} words={words(row)} />
      ))}
    </tbody>
  );
}

const keyOf = ({ id, parameter }: Convention): string => (parameter === null ? id : `${id}:${parameter}`);

function Row({
  row,
  base,
  format,
  words,
}: {
  readonly row: Convention;
  readonly base: number | null;
  readonly format: WhyFormat;
  readonly words: ConventionWords;
}) {
  const { value, interval, inUse, comparable, reason } = row;
  const shown = words.format ?? format;
  const moves = inUse ? 'in use' : comparable ? formatDifference(value, base, shown) : 'other scale';
  return (
    <tr data-in-use={inUse}>
      <th scope="row">{words.label}</th>
      <td data-metric={`convention:${keyOf(row)}`} data-value={value ?? ''} title={reason ?? undefined}>
        {formatWhy(value, shown)}
        {interval && (
          <small>
            95%: {formatWhy(interval.low, shown)} to {formatWhy(interval.high, shown)}
          </small>
        )}
        {reason && <small>{reason}</small>}
      </td>
      <td data-metric={`convention-difference:${keyOf(row)}`}>{moves}</td>
    </tr>
  );
}
