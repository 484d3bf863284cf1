import type { ExperimentSpec } from './types.ts';

/** One thing wrong with a spec: where, and what to do about it. */
export interface SpecProblem {
  /** Path such as `drift.sigma`. */
  readonly path: string;
  readonly message: string;
}

/** Rules that join fields. */
export function crossChecks(spec: ExperimentSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  const { split, drift, data } = spec;
  const sum = split.train + split.validation + split.test;
  if (Math.abs(sum - 1) > 1e-9) {
    problems.push({
      path: 'split',
      message: `split.train + split.validation + split.test is ${sum}, not 1; change one of them.`,
    });
  }
  if (drift.kind === 'model' && drift.to === null) {
    problems.push({
      path: 'drift.to',
      message: 'drift.to is missing: a drift of kind model needs the encoder version that scores the test rows.',
    });
  }
  if (data.id !== 'synthetic' && data.synthetic !== null) {
    problems.push({
      path: 'data.synthetic',
      message: `data.synthetic is set but data.id is "${data.id}"; write "synthetic" there, or null here.`,
    });
  }
  if (data.id !== 'own' && data.own !== null) {
    problems.push({
      path: 'data.own',
      message: `data.own is set but data.id is "${data.id}"; write "own" there, or null here.`,
    });
  }
  if (data.id === 'synthetic' && drift.kind === 'model') {
    problems.push({
      path: 'drift.kind',
      message: 'drift.kind is "model", but synthetic data has one version only; choose another kind or another set.',
    });
  }
  if (data.id === 'synthetic' && data.synthetic === null) {
    problems.push({
      path: 'data.synthetic',
      message: 'data.synthetic is missing: say rows, dims, separation, spectrum, meanCosine and seed.',
    });
  }
  return problems;
}
