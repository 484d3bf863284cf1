import { goBackToPin, swapPin, type Pin } from '../../state/pin.ts';
import { useSession, useStatus } from '../session.tsx';
import { describeDifference, describeState } from './describeDifference.ts';
import { useSettledSpec } from './useSettledSpec.ts';
import { useTitles } from './useTitles.ts';
import './pin.css';

/** What A is, what differs in B, and the ways between them. */
export default function PinnedState({ pinned }: { readonly pinned: Pin }) {
  const session = useSession();
  const spec = useSettledSpec();
  const titles = useTitles();
  const sweeping = useStatus((status) => status.sweeping);
  const differences = describeDifference(pinned.spec, spec, titles);
  return (
    <>
      <button type="button" className="button" onClick={() => swapPin(session)}>
        Swap A and B
      </button>
      <button type="button" className="button" onClick={() => goBackToPin(session)}>
        Go back to A
      </button>
      <p className="pin-state" tabIndex={0} role="region" aria-label="What A is, and how B differs">
        <strong>A:</strong> {describeState(pinned.spec, titles)}.{' '}
        {pinned.sweep === null && !sweeping && 'Its cliff was not measured to the end: go back to A to have it. '}
        {differences.length === 0 ? (
          <>B, the state on screen, has the same settings.</>
        ) : (
          <>
            <strong>B</strong> differs in{' '}
            {differences.map(({ field, a, b }, k) => (
              <span key={field}>
                {field}: {a} → {b}
                {k < differences.length - 1 ? '; ' : '.'}
              </span>
            ))}
          </>
        )}
      </p>
    </>
  );
}
