import { useId, type ReactNode } from 'react';

export interface FieldProps {
  readonly label: string;
  /** Explains the setting in one or two plain sentences. */
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly children: (ids: { readonly input: string; readonly describedBy: string | undefined }) => ReactNode;
}

/** A labelled control with its explanation and its error, joined for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : null;
  const errorId = error ? `${id}-error` : null;
  const describedBy = [hintId, errorId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ input: id, describedBy })}
      {hintId && (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {errorId && (
        <p className="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
