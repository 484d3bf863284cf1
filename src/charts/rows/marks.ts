/** Rows as marks: class 0 hollow, class 1 filled; discs, and larger diamonds for rows that are wrong and confident. */
export type Rgb = readonly [number, number, number];

export interface MarkStyle {
  /** Device pixels. */
  readonly radius: number;
  readonly silentRadius: number;
  readonly stroke: number;
  /** Opacity of marks that are not silent failures. */
  readonly opacity: number;
  readonly background: Rgb;
  readonly class0: Rgb;
  readonly class1: Rgb;
  readonly silent: Rgb;
}

/** Radius in CSS pixels for so many rows: smaller where they crowd. */
export function markRadius(rows: number): number {
  if (rows <= 500) return 4.5;
  if (rows <= 2000) return 3.5;
  if (rows <= 8000) return 2.75;
  return rows <= 20000 ? 2.25 : 1.75;
}

export function markSizes(
  rows: number,
  pixelRatio: number,
): Pick<MarkStyle, 'radius' | 'silentRadius' | 'stroke' | 'opacity'> {
  const radius = markRadius(rows);
  return {
    radius: radius * pixelRatio,
    silentRadius: (radius * 1.35 + 1) * pixelRatio,
    stroke: Math.max(1.1, radius * 0.4) * pixelRatio,
    opacity: rows <= 500 ? 0.9 : 0.75,
  };
}

/** Device pixels of the square that a mark is drawn in: odd, so that it has a middle pixel. */
export function markSize(radius: number): number {
  return 2 * Math.ceil(radius + 0.5) + 1;
}

const unitClamp = (x: number): number => Math.min(1, Math.max(0, x));

/**
 * How much of the pixel at (dx, dy) from the middle of a mark it covers, in [0, 1]: the distance to its edge, softened over one
 * pixel. The WebGL shader (webglPainter.ts) holds the same lines.
 */
export function coverage(
  dx: number,
  dy: number,
  radius: number,
  stroke: number,
  hollow: boolean,
  diamond: boolean,
): number {
  const distance = diamond ? (Math.abs(dx) + Math.abs(dy)) * Math.SQRT1_2 : Math.sqrt(dx * dx + dy * dy);
  const edge = diamond ? radius * Math.SQRT1_2 : radius;
  const inside = unitClamp(edge + 0.5 - distance);
  return hollow ? Math.min(inside, unitClamp(distance - (edge - stroke) + 0.5)) : inside;
}
