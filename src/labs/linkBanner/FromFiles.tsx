import { useEffect, useRef, useState } from 'react';
import { openHosted } from '../../engine/own/hosted.ts';
import { ownData } from '../../state/ownData.ts';

type State =
  | { readonly at: 'waiting' }
  | { readonly at: 'fetching'; readonly doing: string }
  | { readonly at: 'failed'; readonly why: string }
  | { readonly at: 'there' };

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Files beside the lab that a link names: they are fetched when a person asks for them, and not before. */
export function FromFiles({ paths }: { readonly paths: readonly string[] }) {
  const [state, setState] = useState<State>({ at: 'waiting' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const open = async () => {
    const abort = new AbortController();
    running.current = abort;
    setState({ at: 'fetching', doing: 'Fetching' });
    try {
      const files = await openHosted(
        paths,
        document.baseURI,
        (name, received, of) =>
          setState({
            at: 'fetching',
            doing: `${name}: ${megabytes(received)}${of === null ? '' : ` of ${megabytes(of)}`}`,
          }),
        abort.signal,
      );
      setState({ at: 'there' });
      ownData.getState().show(files);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setState(abort.signal.aborted ? { at: 'waiting' } : { at: 'failed', why });
    }
  };
  const names = paths.join(', ');
  return (
    <div className="link-note" data-testid="link-from">
      <p>
        This link names {paths.length === 1 ? 'a file' : 'files'} beside the lab, on <strong>{location.host}</strong>:{' '}
        <code>{names}</code>. Nothing is fetched before you say so.
      </p>
      <p role="status">
        {state.at === 'fetching' && `${state.doing}…`}
        {state.at === 'failed' && state.why}
      </p>
      {state.at === 'fetching' ? (
        <button type="button" className="button" onClick={() => running.current?.abort()}>
          Cancel
        </button>
      ) : (
        <button type="button" className="button" onClick={() => void open()}>
          Open {names}
        </button>
      )}
    </div>
  );
}
