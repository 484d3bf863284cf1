import type { ReactNode } from 'react';
import { seed } from '../../spec/parsers.ts';
import { NumberField } from './NumberField.tsx';

export interface SeedFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  /** What a new seed draws again: "noise", "split". */
  readonly draws: string;
  readonly onCommit: (seed: number) => void;
}

/** A seed with a button that takes the next one: another draw, and a reproducible one. */
export function SeedField({ label, hint, value, draws, onCommit }: SeedFieldProps) {
  return (
    <div className="seed">
      <NumberField label={label} hint={hint} value={value} parser={seed} step={1} onCommit={onCommit} />
      <button
        type="button"
        className="button"
        aria-label={`Redraw the ${draws} with the next seed`}
        onClick={() => onCommit(value < Number.MAX_SAFE_INTEGER ? value + 1 : 0)}
      >
        Redraw
      </button>
    </div>
  );
}
