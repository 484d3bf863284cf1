import type { DriftDefinition, DriftKind } from './definition.ts';
import { directional } from './directional.ts';
import { gaussian } from './gaussian.ts';
import { meanShift } from './meanShift.ts';
import { model } from './model.ts';
import { rotation } from './rotation.ts';
import { scaling } from './scaling.ts';
import { subspace } from './subspace.ts';

/** All drift kinds, in the order in which they are offered. A new kind is one file and one line here. */
export const DRIFTS: readonly DriftDefinition[] = [
  gaussian,
  directional,
  subspace,
  rotation,
  scaling,
  meanShift,
  model,
];

const byId = new Map(DRIFTS.map((definition) => [definition.id, definition]));

/** The definition of a kind; throws RangeError for an id that is not registered. */
export function definitionOf(id: DriftKind): DriftDefinition {
  const definition = byId.get(id);
  if (definition === undefined) throw new RangeError(`There is no drift kind '${id}'.`);
  return definition;
}
