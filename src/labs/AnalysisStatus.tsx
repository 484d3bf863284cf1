import type { AnalysisHandle } from './useAnalysis.ts';

/** How an analysis is doing: a button to start it, progress with Cancel, what went wrong; nothing where all is well. */
export function AnalysisStatus<R>({
  analysis,
  start,
  automatic = false,
}: {
  readonly analysis: AnalysisHandle<R>;
  /** Words of the button that starts it, e.g. 'Run the walk'. */
  readonly start: string;
  /** It starts by itself: no button unless it failed or was cancelled. */
  readonly automatic?: boolean;
}) {
  const { phase, progress, problem, run, cancel, result } = analysis;
  if (phase === 'running') {
    return (
      <div className="analysis-status" role="status">
        <progress value={progress?.share} max={1} aria-label={progress?.doing ?? 'Computing'} />
        <span>{progress?.doing ?? 'Computing'}…</span>
        <button type="button" className="button" onClick={cancel}>
          Cancel
        </button>
      </div>
    );
  }
  if (phase === 'done' || (automatic && phase !== 'failed' && phase !== 'idle' && result !== null)) return null;
  return (
    <div className="analysis-status">
      {phase === 'failed' && <p role="alert">{problem}</p>}
      {phase === 'stale' && <span role="status">These numbers belong to the settings before.</span>}
      <button type="button" className="button" onClick={run}>
        {phase === 'failed' ? 'Try again' : phase === 'stale' ? `${start} again` : start}
      </button>
    </div>
  );
}
