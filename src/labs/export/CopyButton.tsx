import { useState, type ReactNode } from 'react';

/** Copies a text, and says whether it did. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    // The clipboard is missing altogether where a page is not served securely.
    const written = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error());
    written.then(
      () => setSaid('Copied.'),
      () => setSaid('The browser does not allow copying here. Select the text, or download it.'),
    );
  };
  return (
    <>
      <button type="button" className="button" onClick={copy}>
        Copy {what}
      </button>
      <span role="status" className="results-note">
        {said}
      </span>
    </>
  );
}
