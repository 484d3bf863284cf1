import { px } from '../../../../charts/svg.ts';

/** An axis that is linear within ±fine of its middle and logarithmic beyond, so that near and far points both show. */
export interface PlaneAxis {
  readonly title: string;
  readonly middle: number;
  readonly fine: number;
  readonly ticks: readonly number[];
}

export interface PlanePoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Where a point's mark stands: its own place, and where the mark was moved to, so that marks do not cover each other. */
export interface PlacedPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly markX: number;
  readonly markY: number;
}

export interface PlaneBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const bend = (value: number, { middle, fine }: PlaneAxis): number => Math.asinh((value - middle) / fine);

/** The shown range of an axis: all values, its middle, and some room; in bent units. */
export function rangeOf(axis: PlaneAxis, values: readonly number[]): readonly [number, number] {
  let [low, high] = [-1, 1];
  for (const value of values) {
    low = Math.min(low, bend(value, axis));
    high = Math.max(high, bend(value, axis));
  }
  const room = 0.12 * (high - low);
  return [low - room, high + room];
}

/** The share of the way along the axis, in [0, 1]. */
export function shareAt(value: number, axis: PlaneAxis, [low, high]: readonly [number, number]): number {
  return (bend(value, axis) - low) / (high - low);
}

/** Ticks that lie within the range. */
export function ticksWithin(axis: PlaneAxis, range: readonly [number, number]): number[] {
  return axis.ticks.filter((tick) => bend(tick, axis) >= range[0] && bend(tick, axis) <= range[1]);
}

/**
 * Places marks of a given size: each at its point where that is free, else at the nearest free place on growing rings around
 * it. Deterministic; earlier points keep their places.
 */
export function placeMarks(
  points: readonly PlanePoint[],
  x: (value: number) => number,
  y: (value: number) => number,
  box: PlaneBox,
  size: number,
): PlacedPoint[] {
  const placed: PlacedPoint[] = [];
  const free = (cx: number, cy: number) =>
    cx >= box.left + size / 2 &&
    cx <= box.right - size / 2 &&
    cy >= box.top + size / 2 &&
    cy <= box.bottom - size / 2 &&
    placed.every(({ markX, markY }) => Math.hypot(markX - cx, markY - cy) >= size);
  for (const point of points) {
    const [cx, cy] = [x(point.x), y(point.y)];
    let [mx, my] = [cx, cy];
    for (let ring = 0, found = false; ring < 30 && !found; ring++) {
      const spots = ring === 0 ? 1 : 8 * ring;
      for (let k = 0; k < spots && !found; k++) {
        const angle = (2 * Math.PI * k) / spots - Math.PI / 2;
        const [tx, ty] = [cx + ring * 0.55 * size * Math.cos(angle), cy + ring * 0.55 * size * Math.sin(angle)];
        if (free(tx, ty)) [mx, my, found] = [tx, ty, true];
      }
    }
    placed.push({ id: point.id, x: px(cx), y: px(cy), markX: px(mx), markY: px(my) });
  }
  return placed;
}
