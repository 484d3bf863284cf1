import type { DriftSpec, ExperimentSpec, ProbeSpec } from '../spec/types.ts';

/** σ, or the share of the way to the other encoder version: what the slider of this drift moves. */
export function amountOf(drift: DriftSpec): number {
  return drift.kind === 'model' ? drift.t : drift.sigma;
}

/** What the components of a drift depend on, besides data, split and probe. */
export function componentsKey({ kind, units, direction, planes, to, seed }: DriftSpec): object {
  switch (kind) {
    case 'gaussian':
      return { kind, units, seed };
    case 'directional':
      return direction === 'random' ? { kind, direction, seed } : { kind, direction };
    case 'rotation':
      return { kind, planes, seed };
    case 'subspace':
    case 'scaling':
      return { kind, seed };
    case 'mean-shift':
      return { kind };
    case 'model':
      return { kind, to };
  }
}

/** What the fit of a probe depends on, besides data and split. */
export function probeKey({ kind, C, standardize, classWeight, mlp }: ProbeSpec): object {
  return kind === 'mlp' ? { kind, standardize, classWeight, mlp } : { kind, C, standardize, classWeight };
}

/** Names the part of a spec that the preparation (data, split, probe, drift components) depends on. */
export function preparationKey({ data, split, probe, drift }: ExperimentSpec): string {
  return JSON.stringify([data, split, probeKey(probe), componentsKey(drift), drift.renormalize]);
}

/** How rows are measured once they are scored; which panels are open has no part in it. */
export function measureKey({ metrics, view }: ExperimentSpec): object {
  return [metrics, view.slice];
}

/** Names everything of a spec but the amount of drift: equal keys differ in σ alone, or in what is open on screen. */
export function settingsKey(spec: ExperimentSpec): string {
  return JSON.stringify([preparationKey(spec), measureKey(spec)]);
}

/** Names everything that a result depends on. */
export function resultKey(spec: ExperimentSpec): string {
  return JSON.stringify([settingsKey(spec), amountOf(spec.drift)]);
}

/** As {@link resultKey}, for what draws numbers of its own from the drift's seed where its kind draws none. */
export function seededKey(spec: ExperimentSpec): string {
  return JSON.stringify([resultKey(spec), spec.drift.seed]);
}

/** As {@link settingsKey}, for what also fits a linear probe, whose C a network does not read. */
export function besideKey(spec: ExperimentSpec): string {
  return JSON.stringify([settingsKey(spec), spec.probe.C]);
}
