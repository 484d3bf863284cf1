import { px, type TextMark } from './svg.ts';

/** The rectangle that data is drawn in, pixels of the drawing; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface AxisMarks {
  /** Path of the tick marks. */
  readonly ticks: string;
  /** Path of the grid lines across the box. */
  readonly grid: string;
  readonly labels: readonly TextMark[];
}

type Place = (value: number) => number;
type Format = (value: number) => string;

const TICK = 5;

/** Ticks below the box. Labels closer than `minGap` pixels to the one before are left out; the ticks stay. */
export function bottomAxis(box: Box, at: Place, values: readonly number[], format: Format, minGap = 34): AxisMarks {
  let ticks = '';
  let grid = '';
  const labels: TextMark[] = [];
  let last = -Infinity;
  for (const value of values) {
    const x = px(at(value));
    ticks += `M${x},${px(box.bottom)}v${TICK}`;
    grid += `M${x},${px(box.bottom)}V${px(box.top)}`;
    if (x - last < minGap) continue;
    last = x;
    labels.push({ x, y: box.bottom + TICK + 13, text: format(value), anchor: 'middle' });
  }
  return { ticks, grid, labels };
}

/** Ticks left of the box. */
export function leftAxis(box: Box, at: Place, values: readonly number[], format: Format, minGap = 14): AxisMarks {
  let ticks = '';
  let grid = '';
  const labels: TextMark[] = [];
  let last = Infinity;
  for (const value of values) {
    const y = px(at(value));
    ticks += `M${px(box.left)},${y}h${-TICK}`;
    grid += `M${px(box.left)},${y}H${px(box.right)}`;
    if (Math.abs(last - y) < minGap) continue;
    last = y;
    labels.push({ x: box.left - TICK - 3, y: y + 4, text: format(value), anchor: 'end' });
  }
  return { ticks, grid, labels };
}

/** Tick text without trailing zeros: 0.5, 1. */
export function tickText(value: number): string {
  return String(Number(value.toFixed(4))).replace('-', '\u2212');
}

/** The smallest of 1, 1.5, 2, 3, 5, 7.5 × 10^k that is at least `value`; 1 for 0. Coarse, so that an axis rests while a slider moves. */
export function niceCeil(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 3, 5, 7.5]) if (step * power >= value) return step * power;
  return 10 * power;
}

/**
 * Moves label centres apart to at least `gap`, within [low, high], and as near to where they belong as that allows
 * (least squares: neighbours that collide become one block at their mean). Returns them in the order given.
 * Where they cannot all fit they are spread evenly.
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const room = order.length > 1 ? Math.min(gap, (high - low) / (order.length - 1)) : gap;
  const blocks: Array<{ sum: number; count: number }> = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: wanted[index] - rank * room, count: 1 });
    for (let k = blocks.length - 1; k > 0; k -= 1) {
      const [above, below] = [blocks[k - 1], blocks[k]];
      if (above.sum / above.count <= below.sum / below.count) break;
      blocks.splice(k - 1, 2, { sum: above.sum + below.sum, count: above.count + below.count });
    }
  });
  const placed = new Array<number>(wanted.length);
  const most = high - (order.length - 1) * room;
  let rank = 0;
  for (const block of blocks) {
    const start = Math.min(most, Math.max(low, block.sum / block.count));
    for (let k = 0; k < block.count; k += 1, rank += 1) placed[order[rank]] = start + rank * room;
  }
  return placed;
}
