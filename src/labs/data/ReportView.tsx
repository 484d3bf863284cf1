import type { DataReport, Finding, VersionReport } from '../../data/report/report.ts';
import { formatCount, formatNumber, formatPercent, plural } from '../../charts/format.ts';
import { formatBytes } from './words.ts';

const LEVELS = {
  error: { mark: '✕', title: 'Error' },
  warning: { mark: '!', title: 'Warning' },
  note: { mark: 'i', title: 'Note' },
} as const;

/** What a person should know of their rows before anything trains: findings first, then the figures. */
export function ReportView({ report }: { readonly report: DataReport }) {
  const count = (level: Finding['level']) => report.findings.filter((finding) => finding.level === level).length;
  return (
    <div className="own-report" data-testid="own-report">
      <p>
        <strong data-metric="ownRows" data-value={report.rows}>
          {report.rows === report.of
            ? plural(report.rows, 'row')
            : `${formatCount(report.rows)} of ${formatCount(report.of)} rows`}
        </strong>{' '}
        × {report.dims} dimensions ({report.dtype}):{' '}
        {report.classes
          .map(({ name, count: rows }) => `${formatCount(rows)} ${name} (${formatPercent(rows / report.rows)})`)
          .join(', ')}
        . {plural(count('error'), 'error')}, {plural(count('warning'), 'warning')}, {plural(count('note'), 'note')}.
      </p>
      <ul className="own-findings">
        {report.findings.map((finding, k) => (
          <li key={`${finding.id} ${k}`} data-level={finding.level} data-finding={finding.id}>
            <span className="own-mark" aria-hidden="true">
              {LEVELS[finding.level].mark}
            </span>
            <div>
              <strong>{LEVELS[finding.level].title}.</strong> {finding.message}
              {finding.remedy && ` ${finding.remedy}`}
              <FindingRows finding={finding} />
            </div>
          </li>
        ))}
      </ul>
      <div className="own-table" role="region" aria-label="Figures of the rows" tabIndex={0}>
        <table>
          <caption>Figures</caption>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">{report.target ? 'Old version' : 'Value'}</th>
              {report.target && <th scope="col">Newer version</th>}
            </tr>
          </thead>
          <tbody>
            {FIGURES.map(({ title, metric, value, words }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {[report.base, ...(report.target ? [report.target] : [])].map((version, k) => (
                  <td key={k} data-metric={k === 0 ? metric : `${metric}Target`} data-value={value(version) ?? ''}>
                    {words(version)}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">Memory that a session takes at most</th>
              <td colSpan={report.target ? 2 : 1} data-metric="ownMemory" data-value={report.memory.bytes}>
                {formatBytes(report.memory.bytes)}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Places in the table; rows with NaN are named by the message itself, by their places in the file. */
function FindingRows({ finding: { id, rows, of } }: { readonly finding: Finding }) {
  if (!rows || rows.length === 0 || id === 'non-finite') return null;
  const shown = rows.map((row) => formatCount(row + 1)).join(', ');
  return (
    <span className="own-quiet">
      {' '}
      {rows.length === 1 ? 'Row' : 'Rows'} {shown}
      {of !== undefined && of > rows.length && `, … (${formatCount(of)} in all)`}.
    </span>
  );
}

interface Figure {
  readonly title: string;
  readonly metric: string;
  readonly value: (version: VersionReport) => number | null;
  readonly words: (version: VersionReport) => string;
}

const FIGURES: readonly Figure[] = [
  {
    title: 'Length of a row: least, median, most',
    metric: 'ownMedianNorm',
    value: ({ norms }) => norms?.median ?? null,
    words: ({ norms }) =>
      norms
        ? `${formatNumber(norms.min)}, ${formatNumber(norms.median)}, ${formatNumber(norms.max)}${norms.unit ? ' (unit)' : ''}`
        : '–',
  },
  {
    title: 'Rows that stand more than once',
    metric: 'ownDuplicates',
    value: ({ duplicates }) => duplicates.rows,
    words: ({ duplicates }) => formatCount(duplicates.rows),
  },
  {
    title: 'Constant dimensions',
    metric: 'ownConstantDims',
    value: ({ constantDims }) => constantDims.length,
    words: ({ constantDims }) => formatCount(constantDims.length),
  },
  {
    title: 'Mean cosine of two rows',
    metric: 'ownMeanCosine',
    value: ({ meanCosine }) => meanCosine,
    words: ({ meanCosine }) => formatNumber(meanCosine),
  },
  {
    title: 'Effective dimension',
    metric: 'ownEffectiveDimension',
    value: ({ effectiveDimension }) => effectiveDimension.value,
    words: ({ effectiveDimension: { value, rows, of, seed } }) =>
      `${formatNumber(value, 1)}${rows < of ? ` (from ${formatCount(rows)} of ${formatCount(of)} rows, seed ${seed})` : ''}`,
  },
  {
    title: 'd′ along the class means',
    metric: 'ownDPrime',
    value: ({ separability }) => separability.dPrime,
    words: ({ separability }) => formatNumber(separability.dPrime, 2),
  },
];
