import type { ExperimentSpec } from '../../spec/types.ts';
import { formatSigma } from '../../charts/format.ts';
import { DIRECTION_OPTIONS, KINDS, UNIT_OPTIONS } from './words.ts';

/** One setting that differs, in plain words. */
export interface FieldDifference {
  readonly field: string;
  readonly a: string;
  readonly b: string;
}

/** Names of sets and encoder versions; an id where a name is not known yet. */
export interface Titles {
  readonly set: (id: string) => string;
  readonly version: (set: string, id: string) => string;
}

const NAMELESS: Titles = { set: (id) => id, version: (_, id) => id };

const yes = (on: boolean) => (on ? 'yes' : 'no');
const labelOf = (options: readonly { readonly value: string; readonly label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value;

/** The settings of a spec that matter to its result, each with its name and its value in words; the same name says the same thing. */
function settingsOf({ data, split, probe, drift, metrics, view }: ExperimentSpec, titles: Titles): Map<string, string> {
  const words = new Map<string, string>();
  const say = (field: string, value: string | number) => words.set(field, String(value));
  say('dataset', titles.set(data.id));
  if (data.synthetic) {
    const { rows, dims, separation, spectrum, meanCosine, seed } = data.synthetic;
    say('synthetic rows', rows);
    say('dimensions', dims);
    say('separation d′', separation);
    say('spectrum exponent', spectrum);
    say('mean cosine', meanCosine);
    say('seed of the rows', seed);
  } else {
    say('encoder of the probe', titles.version(data.id, data.version));
  }
  say('rows normalised', yes(data.normalize));
  say('cone', data.cone === null ? 'none' : `${data.cone.multiple} × a common direction (seed ${data.cone.seed})`);
  say(
    'split',
    `${[split.train, split.validation, split.test].map((share) => Math.round(share * 1000) / 10).join('/')} %`,
  );
  say('stratified split', yes(split.stratified));
  say('seed of the split', split.seed);
  say('probe', probe.kind === 'mlp' ? 'network with one hidden layer' : 'logistic regression');
  if (probe.kind === 'mlp') {
    const { hidden, learningRate, batch, epochs, patience, l2, seed } = probe.mlp;
    say('hidden units', hidden);
    say('learning rate', learningRate);
    say('batch', batch);
    say('epochs at most', epochs);
    say('patience', patience);
    say('L2 penalty', l2);
    say('seed of the network', seed);
  } else {
    say('C', probe.C);
  }
  say('features standardised', yes(probe.standardize));
  say('class weight', probe.classWeight ?? 'none');
  say('drift', KINDS[drift.kind].label);
  if (drift.kind === 'model') {
    say('new encoder', drift.to === null ? 'none' : titles.version(data.id, drift.to));
    say('share of the way to it', drift.t);
  } else {
    say('σ', formatSigma(drift.sigma));
    if (drift.kind === 'gaussian') say('reading of σ', labelOf(UNIT_OPTIONS, drift.units));
    if (drift.kind === 'directional') say('direction', labelOf(DIRECTION_OPTIONS, drift.direction));
    if (drift.kind === 'rotation') say('rotated planes', drift.planes ?? 'all');
    say('seed of the drift', drift.seed);
  }
  say('renormalised after drift', yes(drift.renormalize));
  say('decision threshold', metrics.threshold);
  say('τ', metrics.highConfidence);
  say('calibration bins', metrics.bins);
  say('binning', metrics.binning === 'width' ? 'equal width' : 'equal mass');
  say('closed end of a bin', metrics.closed);
  say('calibration of', metrics.target === 'top-label' ? 'the answer' : 'class 1');
  say('confidence', metrics.confidence === 'max' ? 'max(p, 1 − p)' : 'probability of the answer');
  say('rows measured', view.slice ? `${view.slice.column} = ${view.slice.value}` : 'all test rows');
  return words;
}

/** What differs between A and B, setting by setting; a setting that one of them does not have is "–" there. */
export function describeDifference(a: ExperimentSpec, b: ExperimentSpec, titles: Titles = NAMELESS): FieldDifference[] {
  const [one, two] = [settingsOf(a, titles), settingsOf(b, titles)];
  const fields = new Set([...one.keys(), ...two.keys()]);
  return [...fields]
    .map((field) => ({ field, a: one.get(field) ?? '–', b: two.get(field) ?? '–' }))
    .filter((difference) => difference.a !== difference.b);
}

/** A state in one line: "Tweets base, Gaussian noise, σ per coordinate, σ = 0.02". */
export function describeState({ data, drift }: ExperimentSpec, titles: Titles = NAMELESS): string {
  const set = data.synthetic ? titles.set(data.id) : `${titles.set(data.id)}, ${titles.version(data.id, data.version)}`;
  if (drift.kind === 'model') {
    const to = drift.to === null ? 'no other encoder' : titles.version(data.id, drift.to);
    return `${set}, probe scored on ${to}${drift.t === 1 ? '' : `, ${formatSigma(drift.t)} of the way`}`;
  }
  const units =
    drift.kind === 'gaussian' ? (drift.units === 'per-coordinate' ? ' per coordinate' : ' of total length') : '';
  return `${set}, ${KINDS[drift.kind].label}${units}, σ = ${formatSigma(drift.sigma)}`;
}
