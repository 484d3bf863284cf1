import { bottomAxis, leftAxis, tickText } from './axis.ts';
import { createAxes } from './axes.ts';
import { formatNumber } from './format.ts';
import { besideWords, type Beside } from './beside.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { createMetric } from './readout.ts';
import { rocBox, rocPath, tprAt } from './rocGeometry.ts';
import { rocReading, type RocOptions, type RocPair } from './rocWords.ts';
import { set, setText, show, svgChild } from './svg.ts';

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const STOPS = 101;

export function createRocChart(root: HTMLElement, names: ChartNames = {}): ChartHandle<RocPair, RocOptions> {
  return mountChart<RocPair, RocOptions>(root, names, ({ svg, readout }) => {
    const auc = createMetric(readout, 'rocAuc', 'AUC', 'is-current');
    const axes = createAxes(svg, 'False positive rate (share of class 0)', 'True positive rate (share of class 1)');
    const diagonal = svgChild(svg, 'path', 'mark-chance');
    const chance = svgChild(svg, 'text', 'chart-note');
    const ghost = svgChild(svg, 'path', 'mark-ghost');
    const curve = svgChild(svg, 'path', 'mark-current');
    const ghostPoint = svgChild(svg, 'path', 'mark-ghost-point');
    const point = svgChild(svg, 'circle', 'mark-current-point');
    const pointLabel = svgChild(svg, 'text', 'chart-label halo');
    setText(chance, 'chance');
    let data: RocPair = { now: null, beside: null };
    let box = rocBox(400);
    let name: Beside | undefined;

    return {
      height: (width) => rocBox(width).bottom + 44,
      draw(next, options, width) {
        data = next;
        name = options.beside;
        box = rocBox(width);
        const { now, beside: clean } = next;
        const x = (rate: number): number => box.left + rate * (box.right - box.left);
        const y = (rate: number): number => box.bottom - rate * (box.bottom - box.top);
        axes.draw(box, bottomAxis(box, x, TICKS, tickText), leftAxis(box, y, TICKS, tickText));
        set(diagonal, { d: `M${box.left},${box.bottom}L${box.right},${box.top}` });
        const turn = `rotate(-45 ${x(0.8)} ${y(0.8)})`;
        set(chance, { x: x(0.8), y: y(0.8) + 14, 'text-anchor': 'middle', transform: turn });

        const interval = now?.aucInterval;
        const range =
          interval === undefined || interval.low === null || interval.high === null
            ? (interval?.reason ?? '')
            : `95% interval ${formatNumber(interval.low)} to ${formatNumber(interval.high)}`;
        const before = clean?.aucInterval.value ?? null;
        const beside =
          before === null
            ? range
            : `${range}${range === '' ? '' : ' · '}${besideWords(name).short} ${formatNumber(before)}`;
        auc.set(interval?.value ?? null, formatNumber(interval?.value ?? null), beside);

        show(curve, now !== null);
        if (now !== null) set(curve, { d: rocPath(now.roc, box) });
        show(ghost, clean !== null);
        if (clean !== null) set(ghost, { d: rocPath(clean.roc, box) });
        const [cx, cy] = [clean?.operatingPoint.fpr ?? null, clean?.operatingPoint.tpr ?? null];
        show(ghostPoint, cx !== null && cy !== null);
        if (cx !== null && cy !== null) set(ghostPoint, { d: `M${x(cx) - 5},${y(cy)}h10M${x(cx)},${y(cy) - 5}v10` });

        const [fpr, tpr] = [now?.operatingPoint.fpr ?? null, now?.operatingPoint.tpr ?? null];
        const placed = fpr !== null && tpr !== null;
        show(point, placed);
        show(pointLabel, placed);
        if (!placed) return;
        set(point, { cx: x(fpr), cy: y(tpr), r: 5.5 });
        const fits = x(fpr) + 120 < box.right;
        const low = y(tpr) + 24 < box.bottom;
        set(pointLabel, {
          x: x(fpr) + (fits ? 10 : -10),
          y: y(tpr) + (low ? 18 : -12),
          'text-anchor': fits ? 'start' : 'end',
        });
        setText(pointLabel, `threshold ${formatNumber(options.threshold, 2)}`);
      },
      cursor: {
        count: () => (data.now === null ? 0 : STOPS),
        start: () => Math.round((STOPS - 1) * (data.now?.operatingPoint.fpr ?? 0)),
        at(stop) {
          const fpr = stop / (STOPS - 1);
          const tpr = data.now === null ? 0 : (tprAt(data.now.roc, fpr) ?? 0);
          return { x: box.left + fpr * (box.right - box.left), y: box.bottom - tpr * (box.bottom - box.top) };
        },
        read: (stop) => rocReading(data, stop / (STOPS - 1), name),
      },
    };
  });
}
