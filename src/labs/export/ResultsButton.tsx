import { useEffect, useState } from 'react';
import { naming } from '../../charts/export/naming.ts';
import { part } from '../retry.tsx';
import { useSession } from '../session.tsx';

const ResultsDialog = part(
  'The results',
  () => import('./ResultsDialog.tsx'),
  null,
  ({ close }) => close,
);

/** Opens what can be taken away: result, report, script, citations, settings. Files are named after the spec that is shown. */
export function ResultsButton() {
  const session = useSession();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    naming.shownSpec = () => session.shownState()?.spec ?? null;
    return () => {
      naming.shownSpec = () => null;
    };
  }, [session]);
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Results…
      </button>
      {open && <ResultsDialog close={() => setOpen(false)} />}
    </>
  );
}
