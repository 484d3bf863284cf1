import { useState } from 'react';
import type { Catalogue } from '../../../../engine/api.ts';
import type { ComparisonReport } from '../../../../engine/analyses/compare.ts';
import { seededKey } from '../../../../engine/keys.ts';
import { exact, formatCount } from '../../../../charts/format.ts';
import type { Pin } from '../../../../state/pin.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { SelectField } from '../../../fields/SelectField.tsx';
import { useSession, useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { usePinned } from '../../usePinned.ts';
import { COMPARED, comparisonSentence, flipSentences, METHODS, sayDifference, sayValue } from './comparisonWords.ts';
import { FIRST_UPDATE, onSet, readyPairs, replacedDrift, updatesOf } from './readyPairs.ts';
import { usePutSideBySide } from './usePutSideBySide.ts';
import './comparison.css';

export default function ComparisonPanel() {
  const pinned = usePinned();
  const catalogue = useStatus((status) => status.catalogue);
  return (
    <>
      {pinned ? (
        <Comparison pinned={pinned} />
      ) : (
        <p>
          Nothing is pinned. Press “Pin as A” beside the slider to keep the state on screen as A, then change anything:
          this table then tells how B, the state on screen, differs from it. Or start from a ready pair.
        </p>
      )}
      {catalogue && <Pairs catalogue={catalogue} />}
    </>
  );
}

function Comparison({ pinned }: { readonly pinned: Pin }) {
  const analysis = useAnalysis('compare', { a: pinned.spec }, { when: 'rest', keyOf: seededKey });
  const { result } = analysis;
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Compare" />
      {result && <Report report={result} stale={analysis.phase !== 'done'} />}
    </>
  );
}

function Report({ report, stale }: { readonly report: ComparisonReport; readonly stale: boolean }) {
  const { numbers, pairing, flips, resamples, seed, a, b } = report;
  return (
    <div className="comparison" data-stale={stale} aria-busy={stale}>
      <p data-metric="comparePaired" data-value={String(pairing.paired)}>
        {comparisonSentence(report)}
      </p>
      <div className="chart-table-scroll" tabIndex={0} role="region" aria-label="A against B, table">
        <table className="chart-table">
          <caption className="visually-hidden">Every headline number of A and B with its difference</caption>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
              <th scope="col">
                B − A <Why metric="compareDifference" of="B − A" />
              </th>
              <th scope="col">95% interval of B − A</th>
              <th scope="col">Rows</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map(({ name, a: before, b: after, difference, method }) => {
              const { label, format } = COMPARED[name];
              const metric = `compare${name[0].toUpperCase()}${name.slice(1)}`;
              const { value, low, high, reason } = difference;
              return (
                <tr key={name}>
                  <th scope="row">
                    {label} <Why metric={name} of={`${label}, A and B`} />
                  </th>
                  <td data-metric={`${metric}A`} data-value={exact(before)}>
                    {sayValue(before, format)}
                  </td>
                  <td data-metric={`${metric}B`} data-value={exact(after)}>
                    {sayValue(after, format)}
                  </td>
                  <td
                    data-metric={`${metric}Difference`}
                    data-value={exact(value)}
                    data-low={exact(low)}
                    data-high={exact(high)}
                  >
                    {sayDifference(value, format)}
                  </td>
                  <td className={low === null ? 'comparison-reason' : undefined}>
                    {low === null || high === null
                      ? (reason ?? '–')
                      : `${sayDifference(low, format).replace(' points', '')} to ${sayDifference(high, format)}`}
                  </td>
                  <td className="comparison-method">{method === null ? '–' : METHODS[method]}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {flips ? (
        <div
          data-metric="compareRightToWrong"
          data-value={String(flips.rightToWrong)}
          data-back={String(flips.wrongToRight)}
        >
          {flipSentences(flips).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <Why metric="flips" of="rows that changed sides" />
        </div>
      ) : (
        <p>Rows cannot be followed from A to B, as they are not the same rows.</p>
      )}
      <p className="field-hint">
        A: {a.title}, {formatCount(a.rows)} rows. B: {b.title}, {formatCount(b.rows)} rows. Intervals are for the
        difference in the population that the test rows are drawn from, with both probes held fixed. Bootstrap:{' '}
        {formatCount(resamples)} resamples of rows (seed {seed}), 2.5 to 97.5 percentile. A resampled ECE lies above the
        ECE of the rows, because a gap is an absolute value; what of this does not cancel in the difference pushes its
        interval to one side.
      </p>
    </div>
  );
}

function Pairs({ catalogue }: { readonly catalogue: Catalogue }) {
  const { spec } = useSession();
  const side = usePutSideBySide();
  const replaced = useSpec((state) => replacedDrift(state.spec));
  const all = [...catalogue.sets, ...catalogue.presets].map(({ id, title }) => ({ value: id, label: title }));
  const [first, setFirst] = useState(all[0]?.value ?? '');
  const [second, setSecond] = useState(all[1]?.value ?? '');
  const [update, setUpdate] = useState(FIRST_UPDATE);
  const updates = updatesOf(catalogue).map(({ id, title }) => ({ value: id, label: title }));
  const chosen = () => {
    const now = spec.getState().spec;
    const [a, b] = [onSet(now, catalogue, first), onSet(now, catalogue, second)];
    if (a && b) side.put(a, b);
  };
  return (
    <fieldset className="group comparison-pairs">
      <legend>Ready pairs</legend>
      <p className="field-hint">Each pins its A and shows its B, with the settings that are on screen now.</p>
      {readyPairs(spec.getState().spec, catalogue, update).map(({ id, title, about }) => (
        <div key={id} className="comparison-pair">
          <button
            type="button"
            className="button"
            disabled={side.waiting}
            onClick={() => {
              const pair = readyPairs(spec.getState().spec, catalogue, update).find((candidate) => candidate.id === id);
              if (pair) side.put(pair.a, pair.b);
            }}
          >
            {title}
          </button>
          <span className="field-hint">
            {about}
            {id === 'base-instruct' && replaced !== null && ` ${replaced}`}
          </span>
          {id === 'old-new' && (
            <SelectField label="Update of the encoder" value={update} options={updates} onCommit={setUpdate} />
          )}
        </div>
      ))}
      <div className="comparison-choose">
        <SelectField label="Set A" value={first} options={all} onCommit={setFirst} />
        <SelectField label="Set B" value={second} options={all} onCommit={setSecond} />
        <button type="button" className="button" disabled={side.waiting || first === second} onClick={chosen}>
          Compare these two sets
        </button>
        {replaced !== null && <span className="field-hint">{replaced}</span>}
      </div>
      {side.waiting && (
        <p role="status">
          Measuring A…{' '}
          <button type="button" className="button" onClick={side.cancel}>
            Cancel
          </button>
        </p>
      )}
    </fieldset>
  );
}
