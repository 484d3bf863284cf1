import type { DriftSpec, ExperimentSpec } from '../spec/types.ts';

/** σ, or the share of the way to the other encoder version: what the slider of this drift moves. */
export function amountOf(drift: DriftSpec): number {
  return drift.kind === 'model' ? drift.t : drift.sigma;
}

/** The drift without its amount and without settings that its kind does not read. */
export function driftKey({ kind, units, direction, planes, to, seed, renormalize }: DriftSpec): unknown {
  switch (kind) {
    case 'gaussian':
      return { kind, units, seed, renormalize };
    case 'directional':
      return direction === 'random' ? { kind, direction, seed, renormalize } : { kind, direction, renormalize };
    case 'rotation':
      return { kind, planes, seed, renormalize };
    case 'subspace':
    case 'scaling':
      return { kind, seed, renormalize };
    case 'mean-shift':
      return { kind, renormalize };
    case 'model':
      return { kind, to, renormalize };
  }
}

/** Names the part of a spec that the preparation (data, split, probe, drift components) depends on. */
export function preparationKey({ data, split, probe, drift }: ExperimentSpec): string {
  return JSON.stringify([data, split, probe, driftKey(drift)]);
}
