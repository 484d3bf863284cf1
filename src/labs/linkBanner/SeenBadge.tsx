import { useSyncExternalStore } from 'react';
import { resultKey } from '../../engine/keys.ts';
import type { Seen } from '../../spec/linkSeen.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { compareSeen, countTolerance, type SeenReport } from '../../state/seen.ts';
import type { Pin } from '../../state/pin.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { useAnalysis } from '../useAnalysis.ts';
import { LAB_VERSION } from '../export/version.ts';
import { reasonWords, SEEN_LABELS, seenSentence, writeDifference, writeValue } from './words.ts';

/** Whether the numbers that a link carries came out again; gone as soon as the settings are others. */
export function SeenBadge({ spec, seen }: { readonly spec: ExperimentSpec; readonly seen: Seen }) {
  const key = resultKey(spec);
  const current = useSpec((state) => resultKey(state.spec) === key);
  const shown = useShown(key);
  if (!current) return null;
  if (!shown) {
    return (
      <p className="seen-badge" data-testid="seen-badge" data-verdict="pending" role="status">
        This link says what its sender saw; the lab computes it again to compare.
      </p>
    );
  }
  const tolerance = countTolerance(seen, shown, LAB_VERSION);
  if (tolerance !== null) return <Counted seen={seen} shown={shown} tolerance={tolerance} />;
  return <Verdict seen={seen} shown={shown} report={compareSeen(seen, shown, LAB_VERSION)} />;
}

/** The verdict where it hangs on how many rows lie near a boundary here, which is counted first. */
function Counted({ seen, shown, tolerance }: { readonly seen: Seen; readonly shown: Pin; readonly tolerance: number }) {
  const { phase, result, problem, run } = useAnalysis('nearBoundary', { tolerance }, { when: 'rest' });
  if (phase === 'done' && result) {
    return <Verdict seen={seen} shown={shown} report={compareSeen(seen, shown, LAB_VERSION, result.near)} />;
  }
  const stopped = phase === 'failed' || phase === 'stale';
  return (
    <div className="seen-badge" data-testid="seen-badge" data-verdict="pending">
      <p role="status">
        {stopped
          ? `The rows near a threshold or a bin edge were not counted, so the numbers of this link are not compared. ${problem ?? ''}`
          : 'Counting the rows near a threshold or a bin edge, which float32 may count otherwise, to compare the numbers of this link.'}
      </p>
      {stopped && (
        <button type="button" className="button" onClick={run}>
          Count them
        </button>
      )}
    </div>
  );
}

/** What the engine computed for these settings; null while it has not. */
function useShown(key: string): Pin | null {
  const { step, shownState } = useSession();
  const ready = useStatus((status) => status.phase === 'ready');
  useSyncExternalStore(step.subscribe, step.get);
  const shown = shownState();
  return ready && shown && resultKey(shown.spec) === key ? shown : null;
}

function Verdict({ seen, shown, report }: { readonly seen: Seen; readonly shown: Pin; readonly report: SeenReport }) {
  const { reproduced, lines, near, reasons } = report;
  return (
    <div className="seen-badge" data-testid="seen-badge" data-verdict={reproduced ? 'reproduced' : 'differs'}>
      <p role="status">
        <strong className="seen-verdict">
          <span aria-hidden="true">{reproduced ? '✓ ' : '≠ '}</span>
          {reproduced ? 'reproduced' : 'differs'}
        </strong>{' '}
        {seenSentence(report)}
      </p>
      {reasons.length > 0 && (
        <ul className="seen-reasons" aria-label="Likely reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reasonWords(reason, seen, shown, LAB_VERSION)}</li>
          ))}
        </ul>
      )}
      <details open={!reproduced} key={String(reproduced)}>
        <summary>Both numbers, side by side</summary>
        <div className="seen-scroll" tabIndex={0} role="region" aria-label="Numbers of the link and numbers here">
          <table data-metric="seen:near" data-value={near}>
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">The link says</th>
                <th scope="col">Computed here</th>
                <th scope="col">Difference</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.name} data-agrees={line.agrees}>
                  <th scope="row">{SEEN_LABELS[line.name]}</th>
                  <td data-metric={`seen-link:${line.name}`} data-value={line.written ?? ''}>
                    {line.written ?? 'undefined'}
                  </td>
                  <td data-metric={`seen-here:${line.name}`} data-value={line.value ?? ''}>
                    {writeValue(line.value)}
                  </td>
                  <td>
                    {writeDifference(line)}
                    {!line.agrees && ' ≠'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
