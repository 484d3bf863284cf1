import { createCursor, type Cursor } from './cursor.ts';
import { drawInView } from './inView.ts';
import { htmlChild, set, svgChild } from './svg.ts';

/** A mounted chart, driven from outside React. */
export interface ChartHandle<T, O> {
  /** Draws this value: now where the chart is in view, else when values rest. */
  update(data: T): void;
  setOptions(options: O): void;
  /** Draws again at the width the container has, or at this one. */
  resize(width?: number): void;
  destroy(): void;
}

/** Elements outside the chart that name and describe it. */
export interface ChartNames {
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

export type CreateChart<T, O> = (root: HTMLElement, names?: ChartNames) => ChartHandle<T, O>;

/** Where a painter draws. */
export interface Stage {
  /** Headline numbers above the drawing. */
  readonly readout: HTMLElement;
  /** The positioned box around the drawing; handles that lie over it are its children. */
  readonly frame: HTMLElement;
  /** The focusable drawing. */
  readonly plot: HTMLElement;
  readonly svg: SVGSVGElement;
  redraw(): void;
}

/** The part of a chart that differs from chart to chart. */
export interface Painter<T, O> {
  height(width: number, data: T, options: O): number;
  draw(data: T, options: O, width: number, height: number): void;
  /** Where the reading cursor can stop, as last drawn. */
  readonly cursor?: Cursor;
  destroy?(): void;
}

const NARROWEST = 240;

/** Builds the common parts of a chart in `root`, follows the width of the drawing's frame, and draws through the painter. */
export function mountChart<T, O>(
  root: HTMLElement,
  names: ChartNames,
  makePainter: (stage: Stage) => Painter<T, O>,
): ChartHandle<T, O> {
  root.classList.add('chart');
  const readout = htmlChild(root, 'div', 'chart-readout');
  const frame = htmlChild(root, 'div', 'chart-stage');
  const plot = htmlChild(frame, 'div', 'chart-plot');
  const svg = svgChild(plot, 'svg', 'chart-svg');
  set(svg, { 'aria-hidden': 'true', focusable: 'false' });

  let data: T | null = null;
  let options: O | null = null;
  let width = 0;
  const draw = (): void => {
    if (data === null || options === null || width === 0) return;
    const height = painter.height(width, data, options);
    set(svg, { width, height, viewBox: `0 0 ${width} ${height}` });
    painter.draw(data, options, width, height);
    cursor?.redraw(height);
  };
  const painter = makePainter({ readout, frame, plot, svg, redraw: draw });
  const cursor = painter.cursor === undefined ? null : createCursor(root, plot, svg, names, painter.cursor);

  const resize = (wanted = frame.clientWidth): void => {
    const next = Math.max(NARROWEST, Math.floor(wanted));
    if (next === width) return;
    width = next;
    draw();
  };
  const observer = new ResizeObserver(() => resize());
  observer.observe(frame);
  resize();

  const drawing = drawInView(root, draw);

  return {
    update(value) {
      data = value;
      drawing.request();
    },
    setOptions(value) {
      options = value;
      draw();
    },
    resize,
    destroy() {
      observer.disconnect();
      drawing.stop();
      cursor?.destroy();
      painter.destroy?.();
      root.replaceChildren();
      root.classList.remove('chart');
    },
  };
}
