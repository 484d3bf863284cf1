import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly disabled?: boolean;
  readonly onCommit: (value: V) => void;
}

export function SelectField<V extends string>({
  label,
  hint,
  value,
  options,
  disabled,
  onCommit,
}: SelectFieldProps<V>) {
  return (
    <Field label={label} hint={hint}>
      {({ input, describedBy }) => (
        <select
          id={input}
          className="input"
          aria-describedby={describedBy}
          disabled={disabled}
          value={value}
          onChange={(event) => onCommit(event.target.value as V)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
