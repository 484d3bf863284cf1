import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { resultKey } from '../../engine/keys.ts';
import type { PartId } from '../../spec/linkPage.ts';
import { seenOf } from '../../state/seen.ts';
import { formatHeadline, HEADLINES } from '../drift/headlines.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { FrameParts } from './FrameParts.tsx';
import { QrCode } from './QrCode.tsx';
import { embedCode, markdown, shareLink, specTitle } from './shareText.ts';
import { LAB_VERSION } from '../export/version.ts';
import '../modal.css';
import './share.css';

type Form = 'link' | 'markdown' | 'embed';
const FORMS: readonly { readonly id: Form; readonly name: string }[] = [
  { id: 'link', name: 'Link' },
  { id: 'markdown', name: 'Markdown' },
  { id: 'embed', name: 'Embed code' },
];

/** Everything on screen as one link, in the forms that people paste. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const spec = useSpec((state) => state.spec);
  const ready = useStatus((status) => status.phase === 'ready');
  const title = useStatus((status) => status.context?.data.title ?? spec.data.id);
  const opened = useStore(session.address, (state) => state.opened);
  const [digest, setDigest] = useState(true);
  const [present, setPresent] = useState(false);
  const [nameFile, setNameFile] = useState(false);
  const [only, setOnly] = useState<readonly PartId[]>(['roc', 'reliability']);
  const [controls, setControls] = useState(true);
  const [form, setForm] = useState<Form>('link');
  const [said, setSaid] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  const shown = session.shownState();
  const belongs = ready && shown !== null && resultKey(shown.spec) === resultKey(spec);
  const own = spec.data.own !== null;
  const { slice } = spec.view;
  const forms = useMemo(() => {
    const page = location.href.replace(/#.*$/, '');
    const sameRows = own && JSON.stringify(opened?.spec.data.own) === JSON.stringify(spec.data.own);
    const choices = {
      seen: digest && belongs && shown ? seenOf(shown, LAB_VERSION) : null,
      present,
      file: own && nameFile ? title : null,
      from: sameRows ? (opened?.settings.from ?? []) : [],
      unknown: opened?.unknown ?? [],
    };
    const words = specTitle(spec, own ? 'own data' : title);
    const numbers =
      choices.seen && shown
        ? HEADLINES.map((one) => `${one.label} ${formatHeadline(one.read(shown.step), one.format)}`).join(', ')
        : '';
    const link = shareLink(page, spec, choices);
    return {
      link,
      markdown: markdown(link, words, numbers),
      embed: embedCode(page, spec, choices, { only, controls }, words),
    };
  }, [spec, opened, own, shown, belongs, digest, present, nameFile, title, only, controls]);

  const copy = async (wanted: Form, name: string) => {
    setForm(wanted);
    setSaid('');
    try {
      await navigator.clipboard.writeText(forms[wanted]);
      setSaid(`${name} copied.`);
    } catch {
      // After React has put the text there.
      requestAnimationFrame(() => {
        text.current?.focus();
        text.current?.select();
      });
      setSaid(
        'The browser did not give access to the clipboard. The text is selected: press Ctrl+C, or ⌘C, to copy it.',
      );
    }
  };
  const { name } = FORMS.find((one) => one.id === form) ?? FORMS[0];
  return (
    <dialog
      ref={dialog}
      className="modal share"
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="modal-content">
        <header className="modal-head">
          <h2 id={id}>Share</h2>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        <p>
          {own
            ? `The link holds all settings and, of your data, its shape and digests${slice === null ? '' : `, and the slice you chose (${slice.column}: ${slice.value})`}: not the rows. Whoever opens it is asked for the same files.`
            : 'The link holds all settings. Whoever opens it gets the same numbers, computed on their own machine.'}
        </p>
        <div className="share-columns">
          <div className="share-column">
            <label className="check">
              <input
                type="checkbox"
                checked={digest && belongs}
                disabled={!belongs}
                onChange={(event) => setDigest(event.target.checked)}
              />
              Include what I see (digest)
            </label>
            <p className="field-hint">
              {belongs
                ? 'The headline numbers go along, and the lab of whoever opens the link says whether it gets the same.'
                : 'The numbers on screen do not belong to these settings yet.'}
            </p>
            <label className="check">
              <input type="checkbox" checked={present} onChange={(event) => setPresent(event.target.checked)} />
              Presentation view
            </label>
            {own && (
              <label className="check">
                <input type="checkbox" checked={nameFile} onChange={(event) => setNameFile(event.target.checked)} />
                Name the files ({title})
              </label>
            )}
            <FrameParts only={only} onOnly={setOnly} controls={controls} onControls={setControls} />
            <label className="field">
              <span className="field-label">{name}</span>
              <textarea
                ref={text}
                className="input share-text"
                readOnly
                rows={4}
                value={forms[form]}
                onFocus={(event) => event.target.select()}
              />
            </label>
            <p className="field-hint" data-metric="shareLength" data-value={forms.link.length}>
              The link has {forms.link.length.toLocaleString('en-US')} characters.
            </p>
            <div className="buttons">
              {FORMS.map((one) => (
                <button key={one.id} type="button" className="button" onClick={() => void copy(one.id, one.name)}>
                  {one.id === 'link' ? 'Copy link' : one.id === 'markdown' ? 'Copy Markdown' : 'Copy embed code'}
                </button>
              ))}
            </div>
            <p className="share-said" role="status">
              {said}
            </p>
          </div>
          <QrCode text={forms.link} />
        </div>
      </div>
    </dialog>
  );
}
