import { makeReadable } from '../readable.ts';
import { set, setText, show, svgChild } from '../svg.ts';
import type { ChartNames } from '../plot.ts';

const HINT = 'Arrow keys step through the rows from left to right; Page keys by 100; Escape leaves.';
const ANNOUNCE_AFTER_MS = 350;
const PAGE = 100;
/** Pixels within which a row is near enough to be read. */
const REACH = 24;

/** The rows as last drawn. */
export interface ReadableRows {
  count(): number;
  /** Pixels of the drawing; NaN where a row is not drawn. The object may be the same at each call. */
  at(row: number): { readonly x: number; readonly y: number };
  read(row: number): string;
}

/** Nearest row to a pointer, and rows from left to right by arrow keys: a ring, a visible and a debounced spoken reading. */
export function createRowReader(
  frame: HTMLElement,
  plot: HTMLElement,
  svg: SVGSVGElement,
  names: ChartNames,
  rows: ReadableRows,
): { redraw(): void; destroy(): void } {
  const ring = svgChild(svg, 'circle', 'row-ring');
  set(ring, { r: 8 });
  show(ring, false);
  const { reading, live } = makeReadable(frame, plot, names, 'scatter of rows, arrow keys read rows');

  let row: number | null = null;
  let timer = 0;
  /** Rows from left to right, sorted when a key first asks for it after a drawing. */
  let order: Uint32Array | null = null;

  const draw = (): void => {
    if (row !== null && row >= rows.count()) row = null;
    reading.classList.toggle('is-hint', row === null);
    if (row === null) {
      show(ring, false);
      setText(reading, document.activeElement === plot ? HINT : '');
      return;
    }
    const { x, y } = rows.at(row);
    show(ring, x === x);
    if (x === x) set(ring, { cx: x, cy: y });
    setText(reading, rows.read(row));
  };
  const clear = (): void => {
    row = null;
    draw();
  };
  const leftToRight = (): Uint32Array => {
    if (order === null) {
      const places = new Float64Array(rows.count());
      const seen: number[] = [];
      for (let i = 0; i < places.length; i++) {
        places[i] = rows.at(i).x;
        if (places[i] === places[i]) seen.push(i);
      }
      order = Uint32Array.from(seen).sort((a, b) => places[a] - places[b] || a - b);
    }
    return order;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && row !== null) return clear();
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: PAGE,
      PageDown: -PAGE,
      Home: -Infinity,
      End: Infinity,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    const sorted = leftToRight();
    if (sorted.length === 0) return;
    event.preventDefault();
    const now = row === null ? -1 : sorted.indexOf(row);
    const start = Math.floor(sorted.length / 2);
    const next = now < 0 && Number.isFinite(move) ? start : now + move;
    row = sorted[Math.max(0, Math.min(sorted.length - 1, next))];
    draw();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => setText(live, row === null ? '' : rows.read(row)), ANNOUNCE_AFTER_MS);
  };
  const onMove = (event: PointerEvent): void => {
    if (event.buttons !== 0 && event.pointerType === 'mouse') return;
    const box = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    let best: number | null = null;
    let nearest = REACH * REACH;
    for (let i = 0; i < rows.count(); i++) {
      const { x, y } = rows.at(i);
      const distance = (x - px) * (x - px) + (y - py) * (y - py);
      if (distance < nearest) [nearest, best] = [distance, i];
    }
    if (best === row) return;
    row = best;
    draw();
  };
  const onLeave = (): void => {
    if (document.activeElement !== plot) clear();
  };
  const onBlur = (): void => {
    window.clearTimeout(timer);
    clear();
    setText(reading, '');
  };
  const listeners = {
    keydown: onKey,
    pointermove: onMove,
    pointerleave: onLeave,
    focus: draw,
    blur: onBlur,
  } as const;
  for (const [name, listener] of Object.entries(listeners)) plot.addEventListener(name, listener as EventListener);
  draw();
  return {
    redraw() {
      order = null;
      if (ring.nextSibling !== null) svg.append(ring);
      draw();
    },
    destroy() {
      window.clearTimeout(timer);
      for (const [name, listener] of Object.entries(listeners)) {
        plot.removeEventListener(name, listener as EventListener);
      }
    },
  };
}
