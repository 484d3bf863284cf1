import type { DriftDefinition, DriftKind } from './definition.ts';
import { gaussian } from './gaussian.ts';

const LOADERS: { readonly [K in DriftKind]: () => Promise<DriftDefinition> } = {
  gaussian: async () => gaussian,
  directional: async () => (await import('./directional.ts')).directional,
  subspace: async () => (await import('./subspace.ts')).subspace,
  rotation: async () => (await import('./rotation.ts')).rotation,
  scaling: async () => (await import('./scaling.ts')).scaling,
  'mean-shift': async () => (await import('./meanShift.ts')).meanShift,
  model: async () => (await import('./model.ts')).model,
};

/** The definition of a kind, loaded when it is first asked for: the page opens with Gaussian noise alone. */
export const loadDefinition = (id: DriftKind): Promise<DriftDefinition> => LOADERS[id]();
