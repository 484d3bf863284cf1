import { Component, lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';

/** The code of a part did not arrive. */
class Lost extends Error {}

interface Props {
  readonly what: string;
  readonly renew: () => void;
  readonly again: () => void;
  readonly dismiss?: () => void;
  readonly children: ReactNode;
}

/** Keeps what breaks inside it from taking down what stands around it. */
class Boundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch() {
    this.props.renew();
  }

  override render() {
    const { error } = this.state;
    const { what, again, dismiss, children } = this.props;
    if (!error) return children;
    const retry = () => {
      again();
      this.setState({ error: null });
    };
    return (
      <div role="alert" className={dismiss ? 'lost lost-floating' : 'lost'}>
        <p>
          {error instanceof Lost
            ? `${what} could not be loaded. The rest of the page goes on.`
            : `${what} broke; the rest of the page goes on. What it said: ${error.message}`}
        </p>
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>{' '}
        {error instanceof Lost && (
          <button type="button" className="button" onClick={() => location.reload()}>
            Reload the page
          </button>
        )}{' '}
        {dismiss && (
          <button type="button" className="button" onClick={dismiss}>
            Dismiss
          </button>
        )}
      </div>
    );
  }
}

/**
 * A component whose code is loaded when it is first drawn. Where that fails, or where it throws while it is drawn, it says
 * so in its own place and can be tried again; React's own `lazy` keeps a failed import for good. Some browsers keep it too: reloading is the way on there.
 *
 * @param what Names it in a sentence, such as “The panel Walk”.
 * @param waiting Words that stand in its place until it is there.
 * @param dismiss For what has no place of its own: the message floats over the page and can be put away.
 */
export function part<P extends object>(
  what: string,
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  waiting: string | null = null,
  dismiss?: (props: P) => () => void,
): ComponentType<P> {
  const fresh = () =>
    lazy<ComponentType<P>>(() =>
      load().catch((cause: unknown) => {
        throw new Lost(what, { cause });
      }),
    );
  let Body: ComponentType<P> = fresh();
  const renew = () => {
    Body = fresh();
  };
  return function Part(props: P) {
    const [, turn] = useState(0);
    return (
      <Boundary what={what} renew={renew} again={() => turn((n) => n + 1)} dismiss={dismiss?.(props)}>
        <Suspense fallback={waiting && <p className="field-hint panel-loading">{waiting}</p>}>
          <Body {...props} />
        </Suspense>
      </Boundary>
    );
  };
}
