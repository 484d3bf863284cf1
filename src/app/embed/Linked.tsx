import { useStore } from 'zustand';
import LinkNotes from '../../labs/linkBanner/LinkNotes.tsx';
import { useSession } from '../../labs/session.tsx';
import { PageView } from './PageView.tsx';

/** What a link changes of the page, and what there is to say of it. */
export default function Linked() {
  const page = useStore(useSession().address, ({ opened }) => opened?.settings);
  return (
    <>
      {page && <PageView page={page} />}
      <LinkNotes />
    </>
  );
}
