import { formatCount, formatNumber, formatSigma } from '../../charts/format.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { DIRECTION_OPTIONS, KINDS } from '../drift/words.ts';
import type { Exported } from './exported.ts';

/** What was run, in sentences: data, probe, drift, measures. */
export function inWords({ spec, context, step }: Exported): readonly string[] {
  const { data, splitRows, probe, splitFrom } = context;
  const rows = `${formatCount(splitRows.train)} of ${formatCount(data.rows)} rows`;
  const split = splitFrom === 'column' ? 'as the data’s own split says' : `drawn with seed ${spec.split.seed}`;
  const cone =
    spec.data.cone === null
      ? ''
      : `, turned into a cone (${spec.data.cone.multiple} row lengths, seed ${spec.data.cone.seed})`;
  const angle = step.headline.meanAngleDegrees;
  const turned = angle === null ? '' : ` It turned the rows by ${formatNumber(angle, angle < 10 ? 2 : 1)}° on average.`;
  const { slice } = spec.view;
  return [
    `${probeWords(spec, probe.kind)} was fitted to ${rows} of ${data.title} (encoder version ${data.version}, ${formatCount(data.dims)} dimensions, rows ${spec.data.normalize ? 'of length 1' : 'as given'}${cone}), ${split}. It learnt to tell “${data.name1}” (1) from “${data.name0}” (0), and was frozen.`,
    `${driftWords(spec)}${turned}`,
    `${formatCount(step.headline.n)} test rows are measured${slice === null ? '' : `: those where ${slice.column} is “${slice.value}”`}. ${measureWords(spec)}`,
  ];
}

function probeWords({ probe }: ExperimentSpec, kind: string): string {
  const scaled = probe.standardize ? 'standardised features' : 'features as they are';
  const weights = probe.classWeight === 'balanced' ? 'balanced class weights' : 'no class weights';
  return kind === 'mlp'
    ? `A network of ${formatCount(probe.mlp.hidden)} hidden units (${scaled}, ${weights}, seed ${probe.mlp.seed})`
    : `A logistic regression (C = ${probe.C}, ${scaled}, ${weights})`;
}

function driftWords({ drift }: ExperimentSpec): string {
  const { kind, sigma, t, to, units, direction, seed, renormalize } = drift;
  const back = renormalize && kind !== 'rotation' ? ' Each row then got its own length back.' : '';
  if (kind === 'model') {
    const way = t === 1 ? '' : `, ${formatSigma(t * 100)}% of the way there`;
    return `The test rows then came from another version of the encoder, ${to}${way}.${back}`;
  }
  if (sigma === 0) return 'The test rows were not moved: σ is 0.';
  const how =
    kind === 'gaussian'
      ? ` (${units === 'per-coordinate' ? 'per coordinate' : 'total length'})`
      : kind === 'directional'
        ? ` (${DIRECTION_OPTIONS.find(({ value }) => value === direction)?.label ?? direction})`
        : '';
  return `The test rows were then moved by: ${KINDS[kind].label}${how}, σ = ${sigma}, seed ${seed}.${back}`;
}

function measureWords({ metrics }: ExperimentSpec): string {
  const { threshold, highConfidence, bins, binning, closed, target, confidence } = metrics;
  const kind = binning === 'width' ? `equal width, closed on the ${closed}` : 'equal mass';
  const of = target === 'top-label' ? 'confidence against being right' : 'the probability of class 1 against the label';
  const said = confidence === 'max' ? 'max(p, 1 − p)' : 'the probability of the answer';
  return `The answer is 1 where p ≥ ${threshold}; confidence is ${said}; an error is silent where confidence is above ${highConfidence}. ECE compares ${of} in ${bins} bins of ${kind}.`;
}
