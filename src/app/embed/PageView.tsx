import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { encodeLink } from '../../spec/link.ts';
import type { PageSettings } from '../../spec/linkPage.ts';
import { PANEL_IDS } from '../../spec/types.ts';
import { useSession, useSpec } from '../../labs/session.tsx';
import { arrangePage } from './arrange.ts';
import { postHeight } from './height.ts';

/** Shows the page as a link asks for it; in the header stands the way out. */
export function PageView({ page }: { readonly page: PageSettings }) {
  const { spec } = useSession();
  const [header] = useState(() => document.querySelector('.header'));
  useEffect(() => arrangePage(page), [page]);
  useEffect(() => () => arrangePage(null), []);
  // A panel that is picked is open: its head alone would show nothing.
  useEffect(() => {
    const { panels } = spec.getState().spec.view;
    const picked = PANEL_IDS.filter((id) => page.only?.includes(id) && !panels.includes(id));
    if (picked.length > 0) spec.getState().show({ panels: [...panels, ...picked] });
  }, [page, spec]);
  useEffect(() => {
    const root = document.getElementById('root');
    return page.embed && root ? postHeight(window, root) : undefined;
  }, [page.embed]);
  if (!header || !(page.embed || page.present)) return null;
  return createPortal(page.embed ? <OpenInLab /> : <LeavePresentation page={page} />, header);
}

function OpenInLab() {
  const link = useSpec((state) => encodeLink(state.spec));
  const [base] = useState(() => location.href.replace(/#.*$/, ''));
  return (
    <a className="button page-way" href={link === '' ? base : `${base}#${link}`} target="_blank" rel="noopener">
      Open in the lab
    </a>
  );
}

function LeavePresentation({ page }: { readonly page: PageSettings }) {
  const { address } = useSession();
  const leave = () => {
    const settings = { ...page, present: false };
    const { opened, address: follower } = address.getState();
    follower?.show(settings);
    if (opened) address.setState({ opened: { ...opened, page: { ...opened.page, present: undefined }, settings } });
  };
  return (
    <button type="button" className="button page-way" onClick={leave}>
      Leave the presentation view
    </button>
  );
}
