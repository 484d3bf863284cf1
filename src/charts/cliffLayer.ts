import type { Box } from './axis.ts';
import type { CliffAxis } from './cliffGeometry.ts';
import type { CliffPair, SeriesId } from './cliffSeries.ts';
import type { ChartTable } from './table.ts';

/** Where a layer draws: the same box and axis as the lines, and room of its own below the axis title. */
export interface CliffLayerStage {
  readonly box: Box;
  readonly axis: CliffAxis;
  readonly width: number;
  readonly visible: ReadonlySet<SeriesId>;
  readonly sweep: CliffPair['now'];
}

/** What a drawn layer keeps between drawings; made once for each chart. */
export interface CliffLayerPainter {
  draw(stage: CliffLayerStage, layer: CliffLayer | null): void;
}

/**
 * What may lie over the measured lines: bands, theory, published points. Loaded when a person first asks for one, so that
 * the chart itself knows only this.
 */
export interface CliffLayer {
  /** Pixels needed below the axis title. */
  readonly below: number;
  /** Mounts what the layer draws, in one group under the lines and one over them. */
  readonly mount: (under: SVGGElement, over: SVGGElement) => CliffLayerPainter;
  /** Said after the chart's own sentence. */
  readonly sentence: (data: CliffPair) => string;
  /** Columns after the chart's own, for each row of the sweep given by index. */
  readonly table: (data: CliffPair, rows: readonly number[]) => ChartTable;
  /** What the reading cursor adds at a point of the sweep. */
  readonly read: (data: CliffPair, index: number) => string;
}
