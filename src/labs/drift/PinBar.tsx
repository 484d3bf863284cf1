import { pin, unpin } from '../../state/pin.ts';
import { part } from '../retry.tsx';
import { useSession } from '../session.tsx';
import { usePinned } from './usePinned.ts';

const PinnedState = part('What A is', () => import('./PinnedState.tsx'));

/** Keeps the state shown as A, to see another beside it. One button, so that the focus stays on it. */
export function PinBar() {
  const session = useSession();
  const pinned = usePinned();
  return (
    <div className="pin-bar" role="group" aria-label="Compare with a pinned state">
      <button type="button" className="button" onClick={() => (pinned ? unpin(session) : pin(session))}>
        {pinned ? 'Unpin A' : 'Pin as A'}
      </button>
      {pinned && <PinnedState pinned={pinned} />}
    </div>
  );
}
