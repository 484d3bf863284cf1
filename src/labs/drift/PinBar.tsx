import { lazy, Suspense } from 'react';
import { pin, unpin } from '../../state/pin.ts';
import { useSession } from '../session.tsx';
import { usePinned } from './usePinned.ts';

const PinnedState = lazy(() => import('./PinnedState.tsx'));

/** Keeps the state shown as A, to see another beside it. One button, so that the focus stays on it. */
export function PinBar() {
  const session = useSession();
  const pinned = usePinned();
  return (
    <div className="pin-bar" role="group" aria-label="Compare with a pinned state">
      <button type="button" className="button" onClick={() => (pinned ? unpin(session) : pin(session))}>
        {pinned ? 'Unpin A' : 'Pin as A'}
      </button>
      <Suspense>{pinned && <PinnedState pinned={pinned} />}</Suspense>
    </div>
  );
}
