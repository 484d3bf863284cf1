import { Fragment } from 'react';
import { exact, formatCount, formatNumber, formatPercent, UNDEFINED } from '../../../../charts/format.ts';
import type { Separability } from '../../../../engine/analyses/separability.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { usePinned } from '../../usePinned.ts';
import { GROUPS, type Measure } from './measures.ts';
import './separability.css';

const say = (value: number | null, format: Measure['format']) =>
  format === 'share'
    ? formatPercent(value)
    : value !== null && Math.abs(value) >= 100
      ? formatNumber(value, 0)
      : formatNumber(value);

export default function SeparabilityPanel() {
  const pinned = usePinned();
  const analysis = useAnalysis('separability', { a: pinned?.spec ?? null }, { when: 'rest' });
  const presets = useStatus((status) => status.catalogue?.presets) ?? [];
  const { result, resultSpec } = analysis;
  // Published figures belong beside the sets made after them, and beside no other.
  const made = [resultSpec?.data.synthetic, pinned?.spec.data.synthetic].map((settings) =>
    presets.some((preset) => settings && sameSettings(preset.settings, settings)),
  );
  const withPublished = made.includes(true);
  const columns: readonly (readonly [string, string, Separability])[] = result
    ? [
        ['Clean', 'Clean', result.clean],
        ['Drifted', '', result.drifted],
        ...(result.a ? [['A', 'A', result.a] as const] : []),
      ]
    : [];
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Compute" />
      {result && (
        <div className="separability" data-stale={analysis.phase !== 'done'}>
          <div className="chart-table-scroll" tabIndex={0} role="region" aria-label="Separability, table">
            <table className="chart-table">
              <caption className="visually-hidden">Separation of the classes by each measure</caption>
              <thead>
                <tr>
                  <th scope="col">Measure</th>
                  {columns.map(([title]) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                  {withPublished && <th scope="col">Published (base · instruct)</th>}
                </tr>
              </thead>
              <tbody>
                {GROUPS.map(({ title, measures }) => (
                  <Fragment key={title}>
                    <tr className="separability-group">
                      <th scope="rowgroup" colSpan={columns.length + 1 + Number(withPublished)}>
                        {title}
                      </th>
                    </tr>
                    {measures.map((measure) => (
                      <tr key={measure.name}>
                        <th scope="row">
                          {measure.label} <Why metric={measure.why} of={measure.label} />
                          <span className="separability-meaning">{measure.meaning}</span>
                        </th>
                        {columns.map(([column, suffix, values]) => (
                          <Cell key={column} measure={measure} suffix={suffix} values={values} />
                        ))}
                        {withPublished && (
                          <td>
                            {measure.published
                              ? `${say(measure.published.base, measure.format)} · ${say(measure.published.instruct, measure.format)}`
                              : UNDEFINED}
                          </td>
                        )}
                      </tr>
                    ))}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </div>
          <Notes values={result.drifted} a={result.a} seed={result.seed} />
          {withPublished && (
            <p className="field-hint">
              The two synthetic sets are made to have the published Fisher values by eq. 26. Silhouette .245 and Fisher
              4.23 cannot both be measured on rows of about 900 dimensions: rows with that Fisher value have a
              silhouette near 0. The published silhouettes and overlaps are quoted, not aimed for; how the paper
              measured them is not known.
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Cell({
  measure,
  suffix,
  values,
}: {
  readonly measure: Measure;
  readonly suffix: string;
  readonly values: Separability;
}) {
  const value = measure.read(values);
  const range = measure.range?.(values);
  return (
    <td
      data-metric={`${measure.name}${suffix}`}
      data-value={exact(value)}
      data-low={range ? exact(range.low) : undefined}
      data-high={range ? exact(range.high) : undefined}
    >
      {say(value, measure.format)}
      {range && range.low !== null && range.high !== null && (
        <span className="separability-range">
          {say(range.low, measure.format)} to {say(range.high, measure.format)}
        </span>
      )}
    </td>
  );
}

/** How many rows stand behind what, and what is undefined. */
function Notes({
  values,
  a,
  seed,
}: {
  readonly values: Separability;
  readonly a: Separability | null;
  readonly seed: number;
}) {
  const { rows, tableRows, sampleRows, dims, shrinkage, mahalanobisReason } = values;
  const part = (n: number) =>
    n === rows ? `all ${formatCount(rows)}` : `${formatCount(n)} of ${formatCount(rows)} (seed ${seed})`;
  return (
    <p className="field-hint">
      Recomputed on the measured test rows, drifted in all {formatCount(dims)} dimensions. Fisher: {part(tableRows)}{' '}
      rows; silhouette and Mahalanobis: {part(sampleRows)} rows
      {a && a.sampleRows !== sampleRows ? ` (A: ${formatCount(a.sampleRows)})` : ''}. Silhouette intervals are 95 %,
      normal, and take rows as independent, which they are not quite. Mahalanobis:{' '}
      {mahalanobisReason ??
        (shrinkage === 0
          ? 'no shrinkage; measured on the rows it is estimated on, so optimistic.'
          : `the covariance is shrunk by ${shrinkage} towards a multiple of the identity, because there are fewer than five rows a dimension; optimistic all the same.`)}{' '}
      SNR is for Gaussian noise on a linear probe.
    </p>
  );
}

function sameSettings(a: object, b: object): boolean {
  const [one, two] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Object.keys(one).every((key) => one[key] === two[key]);
}
