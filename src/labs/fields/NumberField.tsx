import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Parser } from '../../spec/parsers.ts';
import { readDecimal } from './decimal.ts';
import { Field } from './Field.tsx';

export interface NumberFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number | null;
  readonly parser: Parser<number> | Parser<number | null>;
  /** What one press of an arrow key adds. */
  readonly step?: number;
  /** Whether an arrow key multiplies and divides by ten instead. */
  readonly decades?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onCommit: (value: number) => void;
  readonly onClear?: () => void;
}

const tidy = (value: number) => Number(value.toPrecision(12));

/** An exact number: nothing is rounded or clamped, and a value out of range stays in the field with the reason. */
export function NumberField({
  label,
  hint,
  value,
  parser,
  step,
  decades,
  placeholder,
  disabled,
  onCommit,
  onClear,
}: NumberFieldProps) {
  const shown = value === null ? '' : String(value);
  const [draft, setDraft] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const text = draft && draft.of === shown ? draft.text : shown;

  const take = (typed: string) => {
    if (typed.trim() === '' && onClear) {
      setDraft(null);
      setError(null);
      onClear();
      return;
    }
    const { value: read, problem } = readDecimal(typed);
    if (problem !== null) {
      setError(problem);
      return;
    }
    const parsed = parser.parse(read ?? Number.NaN);
    if (!parsed.ok || parsed.value === null) {
      setError(`Expected ${parsed.ok ? 'a number' : parsed.expected}.`);
      return;
    }
    setDraft(null);
    setError(null);
    if (parsed.value !== value) onCommit(parsed.value);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') take(text);
    if (event.key === 'Escape') {
      setDraft(null);
      setError(null);
    }
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    // From what stands in the field, entered or not.
    const from = readDecimal(text).value ?? value;
    if (direction === 0 || from === null || (!step && !decades)) return;
    event.preventDefault();
    const next = decades ? from * 10 ** direction : from + direction * (step ?? 0);
    take(String(tidy(next)));
  };

  return (
    <Field label={label} hint={hint} error={draft && draft.of === shown ? error : null}>
      {({ input, describedBy }) => (
        <input
          id={input}
          className="input input-number"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={draft !== null && draft.of === shown && error !== null}
          placeholder={placeholder}
          disabled={disabled}
          value={text}
          onChange={(event) => {
            setDraft({ of: shown, text: event.target.value });
            setError(null);
          }}
          onBlur={() => draft && draft.of === shown && take(draft.text)}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
}
