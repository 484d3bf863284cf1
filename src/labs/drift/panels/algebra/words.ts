import type { MechanismId } from '../../../../engine/analyses/algebra.ts';
import type { FaderName } from './faders.ts';

/** Letter on the planes, and name; ● marks the drift that the lab shows. */
export const MECHANISMS: { readonly [M in MechanismId]: { readonly mark: string; readonly name: string } } = {
  present: { mark: '●', name: 'Present drift' },
  'per-coordinate': { mark: 'A', name: 'Noise, σ per coordinate' },
  'total-norm': { mark: 'B', name: 'Noise, σ as total length' },
  'random-shift': { mark: 'C', name: 'Common shift, random direction' },
  'along-probe': { mark: 'D', name: 'Common shift along the probe' },
  'against-probe': { mark: 'E', name: 'Common shift against the probe' },
  opposed: { mark: 'F', name: 'Each class towards the other' },
  'class-mean': { mark: 'G', name: 'Common shift, class 0 to class 1' },
  'mean-shift': { mark: 'H', name: 'Common shift along the mean' },
  subspace: { mark: 'I', name: 'Subspace mix' },
  rotation: { mark: 'J', name: 'Rotation, all planes' },
  scaling: { mark: 'K', name: 'Axis scaling' },
  temperature: { mark: 'T', name: 'Temperature 2 on the logit' },
};

export const FADERS: {
  readonly [F in FaderName]: { readonly label: string; readonly unit: string; readonly touches: string };
} = {
  h: {
    label: 'Common shift h',
    unit: 'in within-class s.d. τ̄',
    touches: 'Moves both classes together: operating point and calibration. Never AUC.',
  },
  nu: {
    label: 'Projected noise ν',
    unit: 'in within-class s.d. τ̄',
    touches: 'Widens both classes: AUC, operating point and calibration. Below 0 variance is taken away.',
  },
  c: {
    label: 'Attenuation c',
    unit: 'divides every score',
    touches: 'Shrinks every score: calibration, and the operating point where the bias is not zero. Never AUC.',
  },
  gap: {
    label: 'Class gap Δ′',
    unit: 'as a multiple of the clean gap Δ',
    touches: 'Brings the classes together or swaps them: AUC, operating point and calibration.',
  },
};

export const METRICS = [
  { key: 'rocAuc', metric: 'RocAuc', label: 'AUC', percent: false },
  { key: 'accuracy', metric: 'Accuracy', label: 'Accuracy', percent: true },
  { key: 'meanConfidence', metric: 'MeanConfidence', label: 'Mean confidence', percent: true },
  { key: 'ece', metric: 'Ece', label: 'ECE', percent: false },
  { key: 'silentFailureRate', metric: 'SilentFailureRate', label: 'Silent-failure rate', percent: true },
] as const;
