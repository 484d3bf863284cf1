import type { AnalysisHandle } from './useAnalysis.ts';

const BEFORE = 'These numbers belong to the settings before.';

/** How an analysis is doing: a button to start it, progress with Cancel, what went wrong; nothing where all is well. */
export function AnalysisStatus<R>({
  analysis,
  start,
  showsOld = true,
}: {
  readonly analysis: AnalysisHandle<R>;
  /** Words of the button that starts it, e.g. 'Run the walk'. */
  readonly start: string;
  /** Whether the last result stays on screen while it belongs to other settings. */
  readonly showsOld?: boolean;
}) {
  const { phase, progress, problem, run, cancel, result } = analysis;
  const before = showsOld && result !== null;
  if (phase === 'running') {
    return (
      <div className="analysis-status" role="status" data-before={before}>
        <progress value={progress?.share} max={1} aria-label={progress?.doing ?? 'Computing'} />
        <span>{progress?.doing ?? 'Computing'}…</span>
        {before && <span>{BEFORE}</span>}
        <button type="button" className="button" onClick={cancel}>
          Cancel
        </button>
      </div>
    );
  }
  if (phase === 'done') return null;
  if (phase === 'waiting')
    return (
      before && (
        <p className="analysis-status" role="status" data-before="true">
          {BEFORE}
        </p>
      )
    );
  return (
    <div className="analysis-status" data-before={before}>
      {phase === 'failed' && <p role="alert">{problem}</p>}
      {before && <span role="status">{BEFORE}</span>}
      <button type="button" className="button" onClick={run}>
        {phase === 'failed' ? 'Try again' : phase === 'stale' ? `${start} again` : start}
      </button>
    </div>
  );
}
