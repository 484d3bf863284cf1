import { exact, formatNumber, formatSigma, UNDEFINED } from '../../../../charts/format.ts';
import type { WalkReport } from '../../../../engine/analyses/walk.ts';
import { verdict, wayRows, type WayRow } from './words.ts';

const HEADLINE_NAMES: { readonly [K in WayRow['id']]?: string } = {
  end: 'walkRocAucEnd',
  undone: 'walkRocAucUndone',
  recentred: 'walkRocAucRecentred',
  refitted: 'walkRocAucRefit',
  aligned: 'walkRocAucAligned',
};

/** Before, after, and after each way back, with a verdict that the numbers give. */
export function WaysTable({ report }: { readonly report: WalkReport }) {
  const rows = wayRows(report);
  const [start, end] = rows;
  return (
    <div className="chart-table-scroll walk-ways" tabIndex={0} role="region" aria-label="Ways back, table">
      <table className="chart-table walk-table">
        <caption className="visually-hidden">Before the walk, after it, and after each way back</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">AUC</th>
            <th scope="col">Accuracy</th>
            <th scope="col">F1</th>
            <th scope="col">Mean confidence</th>
            <th scope="col">ECE</th>
            <th scope="col">Silent share</th>
            <th scope="col">Errors</th>
            <th scope="col">What becomes of AUC</th>
            <th scope="col">And of accuracy</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, needs, numbers }) => {
            const judged = id !== 'start' && id !== 'end';
            const says = (metric: 'rocAuc' | 'accuracy') =>
              judged ? verdict(metric, start.numbers[metric], end.numbers[metric], numbers[metric]) : '';
            return (
              <tr key={id} data-way={id}>
                <th scope="row">
                  {name}
                  {needs && <span className="walk-needs">{needs}</span>}
                </th>
                <td>
                  <output data-metric={HEADLINE_NAMES[id] ?? 'walkRocAucStart'} data-value={exact(numbers.rocAuc)}>
                    {formatNumber(numbers.rocAuc)}
                  </output>
                </td>
                <td data-value={exact(numbers.accuracy)}>{formatNumber(numbers.accuracy)}</td>
                <td data-value={exact(numbers.f1)}>{formatNumber(numbers.f1)}</td>
                <td data-value={exact(numbers.meanConfidence)}>{formatNumber(numbers.meanConfidence)}</td>
                <td data-value={exact(numbers.ece)}>{formatNumber(numbers.ece)}</td>
                <td data-value={exact(numbers.silentFailureRate)}>{formatNumber(numbers.silentFailureRate)}</td>
                <td>{numbers.errors.toLocaleString('en-US')}</td>
                <td className="walk-verdict">{says('rocAuc')}</td>
                <td className="walk-verdict">{says('accuracy')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Every checkpoint of the walk, with one jump of the same total amount beside it. */
export function CheckpointTable({ report }: { readonly report: WalkReport }) {
  return (
    <details className="walk-details">
      <summary>Every checkpoint as a table</summary>
      <div className="chart-table-scroll" tabIndex={0} role="region" aria-label="Checkpoints, table">
        <table className="chart-table">
          <caption className="visually-hidden">Checkpoints of the walk</caption>
          <thead>
            <tr>
              <th scope="col">Checkpoint</th>
              <th scope="col">Angle to the start (°)</th>
              <th scope="col">AUC</th>
              <th scope="col">Accuracy</th>
              <th scope="col">F1</th>
              <th scope="col">Mean confidence</th>
              <th scope="col">ECE</th>
              <th scope="col">Silent share</th>
              <th scope="col">Errors</th>
              <th scope="col">Errors so far</th>
              <th scope="col">One jump of σ</th>
              <th scope="col">AUC of the jump</th>
              <th scope="col">Accuracy of the jump</th>
            </tr>
          </thead>
          <tbody>
            {report.checkpoints.map(({ step, headline, cumulativeErrors, jumpAmount, jump }) => (
              <tr key={step} data-checkpoint={step}>
                <th scope="row">{step}</th>
                <td>{formatNumber(headline.meanAngleDegrees, 1)}</td>
                <td>{formatNumber(headline.rocAuc)}</td>
                <td>{formatNumber(headline.accuracy)}</td>
                <td>{formatNumber(headline.f1)}</td>
                <td>{formatNumber(headline.meanConfidence)}</td>
                <td>{formatNumber(headline.ece)}</td>
                <td>{formatNumber(headline.silentFailureRate)}</td>
                <td>{headline.errors.toLocaleString('en-US')}</td>
                <td>{cumulativeErrors.toLocaleString('en-US')}</td>
                <td>{jumpAmount === null ? UNDEFINED : formatSigma(jumpAmount)}</td>
                <td>{formatNumber(jump?.rocAuc ?? null)}</td>
                <td>{formatNumber(jump?.accuracy ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
