import type { Convention } from '../../../engine/analyses/conventions/convention.ts';
import type { ConventionWords } from '../../why/entry.ts';

const LABELS: Readonly<Record<string, string>> = {
  'units-per-coordinate': 'σ is the standard deviation of each coordinate (total length about σ·√D)',
  'units-total-norm': 'σ is the length of the whole noise vector',
  renormalized: 'Rows brought back to their length after drift',
  'not-renormalized': 'Rows keep the length that drift gives them',
  'with-scaler': 'Probe fitted on standardised features',
  'without-scaler': 'Probe fitted on the features as they are',
};

/** Readings of the drift and of the probe, which move every number. */
export const driftConventionWords = ({ id }: Convention): ConventionWords => ({ label: LABELS[id] ?? id });
