import { useSession, useStatus } from '../session.tsx';

/** The training under way, with Cancel; nothing while none is. */
export function TrainingStatus({ where }: { readonly where: 'panel' | 'running' }) {
  const session = useSession();
  const progress = useStatus((status) => (status.phase === 'busy' ? status.progress : null));
  if (!progress?.doing.startsWith('Training the network')) return null;
  return (
    <div className="analysis-status" role="status" data-training={where}>
      <progress value={progress.share} max={1} aria-label="Training" />
      <span>{progress.doing}</span>
      <button type="button" className="button" onClick={() => session.cancel()}>
        Cancel training
      </button>
    </div>
  );
}
