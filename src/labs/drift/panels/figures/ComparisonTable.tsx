import { exact, formatNumber } from '../../../../charts/format.ts';
import { Why } from '../../../why/Why.tsx';
import type { WhyMetric } from '../../why/index.ts';
import { commonSource, differenceOf, publishedText, type ComparisonRow } from './comparison.ts';

/** The separability of figure 1 and the crossing of figure 2 have explanations of their own. */
const whyOf = (metric: string): WhyMetric =>
  /^figure1(Silhouette|Fisher|Overlap)/.test(metric)
    ? 'figureSeparability'
    : metric === 'figure2SensitivityCrossing'
      ? 'sensitivityCrossing'
      : 'figure';

/** Published, recomputed and their difference, with a verdict where the published value cannot come out. */
export function ComparisonTable({ title, rows }: { readonly title: string; readonly rows: readonly ComparisonRow[] }) {
  const source = commonSource(rows);
  return (
    <div className="figures-table" tabIndex={0} role="region" aria-label={title}>
      <table role="table">
        <caption>
          {title}
          {source !== null && (
            <span className="figures-source figures-common">
              Published values: {source}, unless a row names another place.
            </span>
          )}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              Number
            </th>
            <th scope="col" role="columnheader">
              Published
            </th>
            <th scope="col" role="columnheader">
              Recomputed
            </th>
            <th scope="col" role="columnheader">
              Difference
            </th>
            <th scope="col" role="columnheader">
              Verdict and source
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, index) => {
            const difference = differenceOf(row);
            const sign = difference !== null && difference > 0 ? '+' : '';
            return (
              <tr key={row.metric} role="row">
                <th scope="row" role="rowheader">
                  {row.what} <Why metric={whyOf(row.metric)} of={row.what} />
                </th>
                <td role="cell" data-label="Published">
                  {row.published === null ? '–' : publishedText(row.published)}
                </td>
                <td role="cell" data-label="Recomputed">
                  <output data-metric={row.metric} data-value={exact(row.recomputed)}>
                    {formatNumber(row.recomputed, row.decimals)}
                  </output>
                </td>
                <td role="cell" data-label="Difference">
                  {sign}
                  {formatNumber(difference, row.decimals)}
                </td>
                <td role="cell" className="figures-note">
                  {row.note !== undefined && row.note === rows[index - 1]?.note ? 'As above.' : row.note}
                  {row.published !== null && row.published.where !== source && (
                    <span className="figures-source"> Published: {row.published.where}.</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
