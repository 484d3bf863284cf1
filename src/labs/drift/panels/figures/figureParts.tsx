import type { ReactNode } from 'react';
import { formatCount, formatSigma } from '../../../../charts/format.ts';
import type { RunFacts } from '../../../../engine/analyses/paper/checkpoints.ts';
import { paperSpec, type PaperKind, type Readings } from '../../../../engine/analyses/paper/readings.ts';
import { SelectField } from '../../../fields/SelectField.tsx';
import { useSession } from '../../../session.tsx';
import type { DataChoice } from './dataChoices.ts';
import type { Turn } from './useTurn.ts';

/** What a figure needs from the panel. */
export interface FigureProps {
  readonly readings: Readings;
  readonly choices: readonly DataChoice[];
  readonly turn: Turn;
}

export interface DataSelectProps {
  readonly label: string;
  readonly choices: readonly DataChoice[];
  readonly value: string;
  readonly onCommit: (id: string) => void;
}

export function DataSelect({ label, choices, value, onCommit }: DataSelectProps) {
  return (
    <SelectField
      label={label}
      value={value}
      options={choices.map(({ id, title }) => ({ value: id, label: title }))}
      onCommit={onCommit}
    />
  );
}

/** One sentence on what was run, and that it is not what the paper ran. */
export function RunNote({ name, facts }: { readonly name?: string; readonly facts: RunFacts }) {
  const { data, title, version, rows, dims, testRows, ownSplit } = facts;
  const what = data.id === 'synthetic' ? 'synthetic rows' : `${title}, ${version}`;
  return (
    <p className="figures-note">
      {name === undefined ? 'Run on ' : `${name}: `}
      {what}, not the paper’s Qwen embeddings: {formatCount(rows)} × {formatCount(dims)}, {formatCount(testRows)} test
      rows
      {ownSplit ? ' by the split that comes with the data' : ' of a 70/10/20 split'}.
    </p>
  );
}

export interface OpenStateProps {
  readonly facts: RunFacts;
  readonly kind: PaperKind;
  readonly readings: Readings;
  readonly checkpoint: number;
  readonly sigma: number;
  /** What the button belongs to, for its accessible name. */
  readonly of: string;
  readonly children?: ReactNode;
}

/** Sets the lab to data, probe and drift of one checkpoint: one step of undo. */
export function OpenState({ facts, kind, readings, checkpoint, sigma, of, children }: OpenStateProps) {
  const { spec } = useSession();
  const open = () => {
    const { panels } = spec.getState().spec.view;
    spec.getState().replace({
      ...paperSpec(facts.data, kind, sigma, readings),
      view: { slice: null, panels },
    });
  };
  return (
    <button
      type="button"
      className="chart-button"
      aria-label={`Open this state in the lab: ${of}, checkpoint ${checkpoint}`}
      title={`Checkpoint ${checkpoint}, σ = ${formatSigma(sigma)}; undo takes it back`}
      onClick={open}
    >
      {children ?? `Open σ = ${formatSigma(sigma)} in the lab`}
    </button>
  );
}
