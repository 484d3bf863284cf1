import type { Sweep } from '../engine/results.ts';
import type { AmountWords } from './amount.ts';
import { bottomAxis, leftAxis, tickText, type Box } from './axis.ts';
import { createAxes } from './axes.ts';
import { cliffAxis, cliffBox, cliffPath, cliffY, endLabels, type CliffAxis } from './cliffGeometry.ts';
import { createCliffKey } from './cliffKey.ts';
import type { CliffLayer, CliffLayerPainter } from './cliffLayer.ts';
import { FIRST_SHOWN, SERIES, valueAtHandle, type CliffPair, type SeriesId } from './cliffSeries.ts';
import { cliffReading } from './cliffWords.ts';
import { formatNumber, formatSigma } from './format.ts';
import { createHandle } from './handle.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import type { SigmaScale } from './sigmaScale.ts';
import { px, set, setText, show, svgChild, textPool, type TextMark } from './svg.ts';

export interface CliffOptions {
  readonly amount: AmountWords;
  readonly scale: SigmaScale;
  readonly axis: 'log' | 'linear';
  /** Where the linear axis ends. */
  readonly end: number;
  /** σ marked on the axis: the paper's checkpoints. */
  readonly checkpoints: readonly number[];
  /** What lies over the lines; null for nothing. */
  readonly layer: CliffLayer | null;
  /** The cliff of a state kept as A, drawn thin behind the lines. */
  readonly pinned: Sweep | null;
  /** The amount at which A was pinned; null without A, or where A has another axis. */
  readonly pinnedAmount: number | null;
  /** Called at each move of the handle; without it the handle is fixed. */
  readonly onSigma?: (sigma: number) => void;
  /** Called when a gesture ends. */
  readonly onSigmaCommit?: (sigma: number) => void;
}

/** How long after the last move the handle waits for the result of its σ before it follows the results again. */
const HOLD_MS = 600;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

export function createCliffChart(root: HTMLElement, names: ChartNames = {}): ChartHandle<CliffPair, CliffOptions> {
  return mountChart<CliffPair, CliffOptions>(root, names, ({ svg, readout, frame, plot, redraw }) => {
    const visible = new Set<SeriesId>(FIRST_SHOWN);
    const key = createCliffKey(readout, visible, () => {
      drawnSweep = null;
      redraw();
    });
    const axes = createAxes(svg, 'Drift σ', 'Share or probability');
    const under = svgChild(svg, 'g', 'cliff-under');
    const gap = svgChild(svg, 'path', 'axis-break');
    const paper = svgChild(svg, 'path', 'mark-checkpoints');
    const paperLabel = svgChild(svg, 'text', 'chart-note');
    const ghosts = SERIES.map(({ id }) => ({ id, path: svgChild(svg, 'path', `series-ghost series-${id}`) }));
    const lines = SERIES.map(({ id }) => ({ id, path: svgChild(svg, 'path', `series series-${id}`) }));
    const over = svgChild(svg, 'g', 'cliff-over');
    const leaders = svgChild(svg, 'path', 'label-leader');
    const endTexts = textPool(svgChild(svg, 'g'), 'chart-label');
    const dots = SERIES.map(({ id }) => ({ id, dot: svgChild(svg, 'circle', `series-dot series-${id}`) }));
    const markA = svgChild(svg, 'path', 'mark-ghost');
    const labelA = svgChild(svg, 'text', 'chart-label halo');
    setText(paperLabel, 'paper’s checkpoints');

    let data: CliffPair = { now: null, beside: null };
    let options: CliffOptions | null = null;
    let box: Box = cliffBox(600);
    let axis: CliffAxis | null = null;
    let drawnSweep: string | null = null;
    let lastSweep: CliffPair['now'] = null;
    /** σ under the pointer while it is held; results may be a few frames behind it. */
    let held: number | null = null;
    let heldAt = 0;
    let drawnWidth = 0;
    let layerPainter: CliffLayerPainter | null = null;
    let drawnLayer: CliffLayer | null = null;
    let drawnPinned: Sweep | null = null;

    const sigmaNow = (): number => held ?? data.beside?.sigma ?? 0;
    const move = (sigma: number): void => {
      if (options?.onSigma === undefined || sigma === sigmaNow()) return;
      held = sigma;
      heldAt = performance.now();
      options.onSigma(sigma);
      placeHandle();
    };
    const handle = createHandle(frame, 'Drift σ', 'is-sigma', {
      toPixel: (x) => axis !== null && move(axis.sigmaAt(x)),
      step(steps) {
        if (options === null) return;
        const { scale } = options;
        const position = Math.min(scale.positions, Math.max(0, scale.positionOf(sigmaNow()) + steps));
        move(scale.sigmaAt(position));
      },
      toStart: () => move(0),
      toEnd: () => options !== null && move(options.scale.max),
      commit() {
        const sigma = sigmaNow();
        if (data.beside?.sigma === sigma) held = null;
        options?.onSigmaCommit?.(sigma);
      },
    });
    handle.catchPresses(plot);

    const placeHandle = (): void => {
      if (axis === null || options === null) return;
      const sigma = sigmaNow();
      const x = axis.at(sigma);
      const spoken: string[] = [];
      SERIES.forEach(({ id, name, decimals }, i) => {
        const value = valueAtHandle(data, id, sigma);
        key.set(id, value, formatNumber(value, decimals));
        const drawn = visible.has(id) && value !== null;
        show(dots[i].dot, drawn);
        if (drawn) {
          set(dots[i].dot, { cx: x, cy: cliffY(box, value), r: 4.5 });
          spoken.push(`${name} ${formatNumber(value, 2)}`);
        }
      });
      handle.draw({
        x,
        top: 0,
        bottom: box.bottom,
        width: drawnWidth,
        now: sigma,
        min: 0,
        max: options.scale.max,
        valueText: `${options.amount.symbol} ${formatSigma(sigma)}${spoken.length === 0 ? '' : `; ${spoken.join(', ')}`}`,
        tag: `${options.amount.symbol} = ${formatSigma(sigma)}`,
      });
    };

    const drawLines = (width: number): void => {
      if (axis === null || options === null) return;
      const { scale, checkpoints } = options;
      const at = axis.at;
      axes.draw(
        box,
        bottomAxis(box, at, axis.ticks, tickText, 24),
        leftAxis(box, (v) => cliffY(box, v), TICKS, tickText),
      );
      axes.setTitles(
        `${options.amount.name} (${axis.kind} axis${axis.end < scale.max ? `, up to ${formatSigma(axis.end)}` : ''})`,
        'Share or probability',
      );
      show(gap, axis.gap !== null);
      if (axis.gap !== null) {
        const middle = (axis.gap[0] + axis.gap[1]) / 2;
        set(gap, { d: `M${middle - 5},${box.bottom + 5}l4,-10M${middle + 1},${box.bottom + 5}l4,-10` });
      }
      const shown = checkpoints.filter((sigma) => sigma <= scale.max);
      set(paper, { d: shown.map((sigma) => `M${px(at(sigma) - 3.5)},${box.bottom - 1}h7l-3.5,-7Z`).join('') });
      const last = shown.length === 0 ? 0 : at(shown[shown.length - 1]);
      const fits = last + 120 < box.right;
      const start = at(shown[1] ?? 0) - 8;
      show(paperLabel, shown.length > 1 && (fits || start - 120 > box.left + 40));
      set(paperLabel, {
        x: fits ? last + 8 : start,
        y: box.bottom - 4,
        'text-anchor': fits ? 'start' : 'end',
      });
      const sweep = data.now;
      const { layer, pinned, pinnedAmount } = options;
      const marked = pinnedAmount !== null && pinnedAmount <= axis.end;
      show(markA, marked);
      show(labelA, marked);
      if (marked) {
        const x = at(pinnedAmount);
        const early = x < (box.left + box.right) / 2;
        set(markA, { d: `M${px(x)},${box.top}V${box.bottom}` });
        set(labelA, { x: x + (early ? 5 : -5), y: box.bottom - 20, 'text-anchor': early ? 'start' : 'end' });
        setText(
          labelA,
          `A: ${options.amount.symbol} = ${formatSigma(pinnedAmount)}${pinned === null ? '' : ', thin lines'}`,
        );
      }
      if (layer !== null) layerPainter ??= layer.mount(under, over);
      layerPainter?.draw({ box, axis, width, visible, sweep }, layer);
      for (const { id, path } of ghosts) {
        show(path, pinned !== null && visible.has(id));
        if (pinned !== null && visible.has(id)) set(path, { d: cliffPath(pinned, id, axis, scale, box) });
      }
      for (const { id, path } of lines) {
        show(path, sweep !== null && visible.has(id));
        if (sweep !== null && visible.has(id)) set(path, { d: cliffPath(sweep, id, axis, scale, box) });
      }
      const ends = sweep === null ? [] : endLabels(sweep, visible, axis, box);
      const narrow = width < 520;
      set(leaders, {
        d: ends.map(({ from, y }) => `M${px(from.x + 2)},${px(from.y)}L${px(box.right + 10)},${px(y)}`).join(''),
      });
      endTexts(
        ends.map(({ id, y }): TextMark => {
          const info = SERIES.find((series) => series.id === id) ?? SERIES[0];
          return {
            x: box.right + 13,
            y: y + 4,
            text: narrow ? info.short : info.name,
            className: `series-text series-${id}`,
          };
        }),
      );
    };

    return {
      height: (width, _, { layer }) => cliffBox(width).bottom + 44 + (layer?.below ?? 0),
      draw(next, nextOptions, width) {
        data = next;
        options = nextOptions;
        drawnWidth = width;
        const caughtUp = next.beside?.sigma === held;
        if (!handle.dragging && (caughtUp || performance.now() - heldAt > HOLD_MS)) held = null;
        // The lines change with the sweep, the width and the axis, not with σ: a drag moves only the handle.
        const { scale, axis: kind, end, checkpoints } = options;
        const state = `${width} ${kind} ${end} ${scale.min} ${scale.max} ${checkpoints.join()} ${options.pinnedAmount}`;
        if (
          state !== drawnSweep ||
          next.now !== lastSweep ||
          options.layer !== drawnLayer ||
          options.pinned !== drawnPinned
        ) {
          drawnLayer = options.layer;
          drawnPinned = options.pinned;
          drawnSweep = state;
          lastSweep = next.now;
          box = cliffBox(width);
          axis = cliffAxis(kind, scale, box, end);
          drawLines(width);
        }
        handle.setEnabled(options.onSigma !== undefined);
        handle.setName(options.amount.name);
        placeHandle();
      },
      cursor: {
        count: () => data.now?.sigmas.length ?? 0,
        start: () => 0,
        at(stop) {
          if (data.now === null || axis === null) return { x: 0, y: 0 };
          const value = data.now.rocAuc[stop];
          return { x: axis.at(data.now.sigmas[stop]), y: cliffY(box, Number.isFinite(value) ? value : 0) };
        },
        read: (stop) => cliffReading(data, stop, visible, options?.amount) + (options?.layer?.read(data, stop) ?? ''),
      },
      destroy: () => handle.destroy(),
    };
  });
}
