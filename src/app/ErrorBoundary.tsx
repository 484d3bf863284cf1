import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error: Error | null;
}

/** The last line: says what broke and offers a way on, instead of an empty page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>The lab’s screen broke</h1>
        <p>{error.message}</p>
        <p>Your files are untouched; nothing was sent anywhere.</p>
        <button type="button" className="button" onClick={() => this.setState({ error: null })}>
          Draw it again
        </button>{' '}
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </main>
    );
  }
}
