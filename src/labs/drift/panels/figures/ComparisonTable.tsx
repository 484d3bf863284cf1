import { exact, formatNumber } from '../../../../charts/format.ts';
import { differenceOf, publishedText, type ComparisonRow } from './comparison.ts';

/** Published, recomputed and their difference, with a verdict where the published value cannot come out. */
export function ComparisonTable({ title, rows }: { readonly title: string; readonly rows: readonly ComparisonRow[] }) {
  return (
    <div className="figures-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Published</th>
            <th scope="col">Recomputed</th>
            <th scope="col">Difference</th>
            <th scope="col">Verdict and source</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const difference = differenceOf(row);
            const sign = difference !== null && difference > 0 ? '+' : '';
            return (
              <tr key={row.metric}>
                <th scope="row">{row.what}</th>
                <td>{row.published === null ? '–' : publishedText(row.published)}</td>
                <td>
                  <output data-metric={row.metric} data-value={exact(row.recomputed)}>
                    {formatNumber(row.recomputed, row.decimals)}
                  </output>
                </td>
                <td>
                  {sign}
                  {formatNumber(difference, row.decimals)}
                </td>
                <td className="figures-note">
                  {row.note}
                  {row.published !== null && <span className="figures-source"> Published: {row.published.where}.</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
