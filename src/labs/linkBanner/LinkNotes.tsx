import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DecodedLink } from '../../spec/link.ts';
import { useSession } from '../session.tsx';
import { FromFiles } from './FromFiles.tsx';
import { SeenBadge } from './SeenBadge.tsx';
import './linkNotes.css';

/** What there is to say of the link that the page was opened with; nothing where it was read as it stands. */
export default function LinkNotes() {
  const { address } = useSession();
  const opened = useStore(address, (state) => state.opened);
  const unread = useStore(address, (state) => state.unread);
  const [dismissed, setDismissed] = useState<DecodedLink | null>(null);
  const { problems = [], unknown = [], settings, spec } = opened ?? {};
  const asked = opened !== null && opened !== dismissed && problems.length + unknown.length > 0;
  const file = spec?.data.own && settings?.file;
  const from = settings?.from ?? [];
  if (!asked && !unread && !settings?.seen && !file && from.length === 0) return null;
  return (
    <aside className="link-notes" aria-label="About this link">
      {unread && <Unread />}
      {spec && settings?.seen && <SeenBadge spec={spec} seen={settings.seen} />}
      {file && (
        <p className="link-note">
          The sender’s file is called <strong>{file}</strong>.
        </p>
      )}
      {from.length > 0 && <FromFiles key={from.join(',')} paths={from} />}
      {asked && <NotAsAsked key={opened.page.seen} link={opened} dismiss={() => setDismissed(opened)} />}
    </aside>
  );
}

function Unread() {
  return (
    <div className="link-note link-problem" role="alert">
      <p>
        The link in the address could not be read: the part of the lab that reads links did not arrive. What you see is
        the experiment that the lab opens with, not that of the link.
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Reload the page
      </button>
    </div>
  );
}

/** Of each kind, more than these are counted and not named: a link can hold thousands. */
const MOST_NAMED = 12;

const andMore = (count: number): string => ` and ${(count - MOST_NAMED).toLocaleString('en-US')} more`;

const written = (name: string, value: string) => (value === '' ? name : `${name}=${value}`);

/** Said politely: the region is there before its words, so that they are announced. */
function NotAsAsked({ link, dismiss }: { readonly link: DecodedLink; readonly dismiss: () => void }) {
  const [there, setThere] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setThere(true));
    return () => clearTimeout(timer);
  }, []);
  const { problems, unknown } = link;
  return (
    <div className="link-note link-problem" data-testid="link-banner">
      <div role="status">
        {there && (
          <>
            {problems.length > 0 && (
              <>
                <h2 className="link-title">Not all of this link could be used as it stands</h2>
                <ul>
                  {problems.slice(0, MOST_NAMED).map(({ name, asked, used, why }, k) => (
                    <li key={k} data-problem={name}>
                      Asked: <code>{written(name, asked)}</code>. Used:{' '}
                      {used === '-' ? 'nothing' : <code>{written(name, used)}</code>}, because {why}
                    </li>
                  ))}
                  {problems.length > MOST_NAMED && <li>{andMore(problems.length).trim()}</li>}
                </ul>
              </>
            )}
            {unknown.length > 0 && (
              <p>
                This version of the lab does not know{' '}
                {unknown.slice(0, MOST_NAMED).map(([name, value], k) => (
                  <span key={k} data-unknown={name}>
                    {k > 0 && (k === unknown.length - 1 && unknown.length <= MOST_NAMED ? ' and ' : ', ')}
                    <code>{written(name, value)}</code>
                  </span>
                ))}
                {unknown.length > MOST_NAMED && andMore(unknown.length)}. It stays in the address and changes nothing
                here.
              </p>
            )}
          </>
        )}
      </div>
      <button type="button" className="button" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
