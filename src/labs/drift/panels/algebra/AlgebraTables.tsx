import type {
  AlgebraReport,
  MeasuredNumbers,
  MechanismId,
  MechanismPoint,
} from '../../../../engine/analyses/algebra.ts';
import { exact, formatNumber, formatPercent, formatSigma } from '../../../../charts/format.ts';
import type { MetricsSpec } from '../../../../spec/types.ts';
import { Why } from '../../../why/Why.tsx';
import { formulaOf, type Faders, type Formula } from './faders.ts';
import { MECHANISMS, METRICS } from './words.ts';

const show = (value: number | null, percent: boolean) => (percent ? formatPercent(value) : formatNumber(value));

function change(now: number | null, then: number | null, percent: boolean): string {
  if (now === null || then === null) return '–';
  // Twelve digits: a difference that is a half in decimals is rounded as one.
  const by = Number((now - then).toPrecision(12));
  const text = percent ? formatNumber(100 * by, 1) : formatNumber(by);
  return `${by > 0 && Number(text) !== 0 ? '+' : ''}${text}${percent ? ' points' : ''}`;
}

/** Formula, its change from clean, and what was measured for the chosen mechanism. */
export function AlgebraNumbers({
  clean,
  now,
  measured,
  measuredClean,
  name,
  threshold,
  rows,
}: {
  readonly clean: Formula;
  readonly now: Formula;
  readonly measured: MeasuredNumbers | null;
  readonly measuredClean: MeasuredNumbers;
  readonly name: string | null;
  readonly threshold: number;
  readonly rows: number;
}) {
  if (now.numbers === null) return <p role="alert">{now.reason}</p>;
  const { numbers } = now;
  return (
    <div className="algebra-scroll" role="region" aria-label="Formula and measurement" tabIndex={0}>
      <table className="algebra-table">
        <caption>
          {name === null
            ? 'The formula where the faders stand. Choose a mechanism to see what was measured for it.'
            : `${name}: formula against what was measured on ${rows} rows.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">
              Formula <Why metric="algebra" of="numbers of the formula" />
            </th>
            <th scope="col">From clean</th>
            <th scope="col">Measured</th>
            <th scope="col">From clean</th>
          </tr>
        </thead>
        <tbody>
          {METRICS.map(({ key, metric, label, percent }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>
                <output data-metric={`algebra${metric}`} data-value={exact(numbers[key])}>
                  {show(numbers[key], percent)}
                </output>
              </td>
              <td>{change(numbers[key], clean.numbers?.[key] ?? null, percent)}</td>
              <td>
                <output data-metric={`algebraMeasured${metric}`} data-value={exact(measured?.[key] ?? null)}>
                  {show(measured?.[key] ?? null, percent)}
                </output>
              </td>
              <td>{measured ? change(measured[key], measuredClean[key], percent) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="field-hint">
        The formula takes each class of logits as Gaussian, so it misses the clean numbers a little too; its ECE is the
        limit of ever finer bins, the measured one has the bins of the settings.
        {threshold === 0.5 ? '' : ' Its ECE and silent-failure rate are for threshold ½ only, and are left out here.'}
      </p>
    </div>
  );
}

/** Every mechanism with its place in the four faders, and AUC by formula and by measurement. */
export function MechanismTable({
  report,
  points,
  metrics,
  selected,
  onSelect,
}: {
  readonly report: AlgebraReport;
  readonly points: readonly (MechanismPoint & { readonly faders: Faders })[];
  readonly metrics: MetricsSpec;
  readonly selected: MechanismId | null;
  readonly onSelect: (id: MechanismId) => void;
}) {
  const { classes } = report;
  const small = (value: number) => (value !== 0 && Math.abs(value) < 0.001 ? '< .001' : formatNumber(value));
  return (
    <div className="algebra-scroll" role="region" aria-label="Named drifts, table" tabIndex={0}>
      <table className="algebra-table">
        <caption>Mechanisms. σ is the amount used; the angle is measured.</caption>
        <thead>
          <tr>
            <th scope="col">Mechanism</th>
            <th scope="col">σ</th>
            <th scope="col">Angle</th>
            <th scope="col">h/τ̄</th>
            <th scope="col">ν/τ̄</th>
            <th scope="col">c</th>
            <th scope="col">Δ′/Δ</th>
            <th scope="col">AUC, formula</th>
            <th scope="col">AUC, measured</th>
            <th scope="col">Accuracy, measured</th>
            <th scope="col">Confidence, measured</th>
          </tr>
        </thead>
        <tbody>
          {report.points.map(({ id, amount, angle, measured, reason }) => {
            const faders = points.find((point) => point.id === id)?.faders ?? null;
            const { mark, name } = MECHANISMS[id];
            return (
              <tr key={id} aria-current={id === selected || undefined}>
                <th scope="row">
                  <span className="algebra-letter" aria-hidden="true">
                    {mark}
                  </span>{' '}
                  {faders ? (
                    <button type="button" className="algebra-choose" onClick={() => onSelect(id)}>
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                  {reason && <span className="algebra-reason">{reason}</span>}
                </th>
                <td>{amount === null ? '–' : id === 'temperature' ? 'T = 2' : formatSigma(amount)}</td>
                <td>{formatNumber(angle, 1)}°</td>
                <td>{faders ? small(faders.h) : '–'}</td>
                <td>{faders ? small(faders.nu) : '–'}</td>
                <td>{faders ? formatNumber(faders.c) : '–'}</td>
                <td>{faders ? formatNumber(faders.gap) : '–'}</td>
                <td>{faders ? formatNumber(formulaOf(faders, classes, metrics).numbers?.rocAuc ?? null) : '–'}</td>
                <td>{formatNumber(measured?.rocAuc ?? null)}</td>
                <td>{formatPercent(measured?.accuracy ?? null)}</td>
                <td>{formatPercent(measured?.meanConfidence ?? null)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
