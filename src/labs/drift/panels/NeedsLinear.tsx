import type { ReactNode } from 'react';
import { useSession } from '../../session.tsx';

/** In place of a panel that has no meaning for a network: why, and the way to the linear probe. */
export function NeedsLinear({ children }: { readonly children: ReactNode }) {
  const { spec } = useSession();
  return (
    <>
      <p role="status">{children}</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => spec.getState().commit({ probe: { kind: 'logistic' } })}
        >
          Use the linear probe
        </button>
      </div>
    </>
  );
}
