import type { ChartNames } from './plot.ts';
import { makeReadable } from './readable.ts';
import { set, setText, show, svgChild } from './svg.ts';

/** The stops of a chart's reading cursor, as last drawn. */
export interface Cursor {
  count(): number;
  /** The stop that the first key press goes to. */
  start(): number;
  /** Pixels of the drawing. */
  at(stop: number): { readonly x: number; readonly y: number };
  /** What is there, in words and numbers. */
  read(stop: number): string;
}

const HINT = 'Arrow keys read values; Escape leaves.';
const ANNOUNCE_AFTER_MS = 350;
const PAGE = 10;
/** Room of tick labels and title under a drawing; the cursor's line stops above it. */
const BELOW_AXIS = 44;

/** Where a key moves the cursor; null for a key that is not the cursor's. */
export function nextStop(key: string, stop: number | null, count: number, start: number): number | null {
  const last = count - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: PAGE,
    PageDown: -PAGE,
  };
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const move = moves[key];
  if (move === undefined) return null;
  return stop === null ? start : Math.min(last, Math.max(0, stop + move));
}

/** A cursor that pointer and arrow keys move over a drawing, with a visible reading and a debounced spoken one. */
export function createCursor(
  root: HTMLElement,
  plot: HTMLElement,
  svg: SVGSVGElement,
  names: ChartNames,
  cursor: Cursor,
): { redraw(height: number): void; destroy(): void } {
  const group = svgChild(svg, 'g', 'chart-cursor');
  const line = svgChild(group, 'line');
  const ring = svgChild(group, 'circle');
  set(ring, { r: 6 });
  show(group, false);

  const { reading, live } = makeReadable(root, plot, names, 'chart, arrow keys read values');

  let stop: number | null = null;
  let height = 0;
  let timer = 0;
  const draw = (): void => {
    if (stop !== null && stop >= cursor.count()) stop = null;
    show(group, stop !== null);
    reading.classList.toggle('is-hint', stop === null);
    if (stop === null) {
      setText(reading, document.activeElement === plot ? HINT : '');
      return;
    }
    const { x, y } = cursor.at(stop);
    set(line, { x1: x, x2: x, y1: 0, y2: height - BELOW_AXIS });
    set(ring, { cx: x, cy: y });
    setText(reading, cursor.read(stop));
  };
  const announce = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => setText(live, stop === null ? '' : cursor.read(stop)), ANNOUNCE_AFTER_MS);
  };
  const clear = (): void => {
    stop = null;
    draw();
  };
  const onBlur = (): void => {
    stop = null;
    window.clearTimeout(timer);
    setText(reading, '');
    show(group, false);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && stop !== null) {
      clear();
      return;
    }
    const next = nextStop(event.key, stop, cursor.count(), cursor.start());
    if (next === null) return;
    event.preventDefault();
    stop = next;
    draw();
    announce();
  };
  const onMove = (event: PointerEvent): void => {
    if (event.buttons !== 0 && event.pointerType === 'mouse') return;
    const frame = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - frame.left, event.clientY - frame.top];
    let best: number | null = null;
    let nearest = Infinity;
    for (let i = 0; i < cursor.count(); i += 1) {
      const { x, y } = cursor.at(i);
      // Across counts more than up and down: the reading follows the pointer's column.
      const distance = (x - px) ** 2 + 0.1 * (y - py) ** 2;
      if (distance < nearest) [nearest, best] = [distance, i];
    }
    if (best === stop) return;
    stop = best;
    draw();
  };
  const onLeave = (): void => {
    if (document.activeElement !== plot) clear();
  };
  plot.addEventListener('keydown', onKey);
  plot.addEventListener('pointermove', onMove);
  plot.addEventListener('pointerleave', onLeave);
  plot.addEventListener('focus', draw);
  plot.addEventListener('blur', onBlur);
  draw();

  return {
    redraw(nextHeight) {
      height = nextHeight;
      if (group.nextSibling !== null) svg.append(group);
      draw();
    },
    destroy() {
      window.clearTimeout(timer);
      plot.removeEventListener('keydown', onKey);
      plot.removeEventListener('pointermove', onMove);
      plot.removeEventListener('pointerleave', onLeave);
      plot.removeEventListener('focus', draw);
      plot.removeEventListener('blur', onBlur);
    },
  };
}
