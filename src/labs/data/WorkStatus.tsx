import { formatCount } from '../../charts/format.ts';
import { wholeMapping } from '../../state/ownDataImport.ts';
import { formatBytes } from './words.ts';
import { useOwn, useOwnStore } from './useOwnImport.ts';

const WHAT = { opening: 'Opening', reading: 'Reading', keeping: 'Keeping' };

/** What the import is doing, with bytes, rows and Cancel; or what went wrong. */
export function WorkStatus() {
  const store = useOwnStore();
  const work = useOwn((state) => state.work);
  const problem = useOwn((state) => state.problem);
  const readable = useOwn((state) => wholeMapping(state.parts) !== null);
  if (problem) {
    return (
      <div className="notice" role="alert" data-testid="own-problem">
        <p>{problem}</p>
        {readable && (
          <button type="button" className="button" onClick={() => void store.getState().check()}>
            Try again
          </button>
        )}
      </div>
    );
  }
  if (!work) return <div role="status" className="visually-hidden" />;
  const { progress } = work;
  return (
    <div className="own-work" role="status">
      <progress
        max={1}
        value={progress?.ofBytes ? progress.bytes / progress.ofBytes : undefined}
        aria-label="Progress"
      />
      <span>
        {progress?.doing ?? WHAT[work.what]}
        {progress && progress.ofBytes > 0 && `: ${formatBytes(progress.bytes)} of ${formatBytes(progress.ofBytes)}`}
        {progress && progress.rows > 0 && `, ${formatCount(progress.rows)} rows`}
      </span>
      <button type="button" className="button" onClick={() => store.getState().cancel()}>
        Cancel
      </button>
    </div>
  );
}
