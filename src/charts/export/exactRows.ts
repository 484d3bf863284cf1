import { CLEAN, createPlacer, edgesOf, outcome, type RowScene } from '../rows/scene.ts';
import type { Behind } from './behind.ts';
import type { ExactTable } from './exactTable.ts';

interface Rows extends Behind {
  readonly data: RowScene;
}
export const isRows = (behind: Behind): behind is Rows => behind.kind === 'rows';

const OUTCOMES = ['right, unsure', 'right, confident', 'wrong, unsure', 'wrong and confident'] as const;

/** Every measured row: where it stands now and without drift, and what became of it. */
export function rowsExact({ data: scene }: Rows): ExactTable {
  const { rowNumbers, labels, rows } = scene.geometry;
  const now = createPlacer()(scene, scene.coefficients, scene.logits);
  const clean = createPlacer()(scene, CLEAN, scene.cleanLogits);
  const edges = edgesOf(scene);
  return {
    columns: ['row', 'label', 'x', 'y', 'outcome', 'x_without_drift', 'y_without_drift'],
    rows: Array.from({ length: rows }, (_, i) => [
      ...[rowNumbers[i], labels[i], now.x[i], now.y[i], OUTCOMES[outcome(now.x[i], labels[i], edges)]],
      ...[clean.x[i], clean.y[i]],
    ]),
  };
}
