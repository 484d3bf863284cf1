import { ticks } from 'd3-array';
import { bottomAxis, leftAxis, tickText, type Box } from '../axis.ts';
import { createAxes } from '../axes.ts';
import { mountChart, type ChartHandle, type ChartNames } from '../plot.ts';
import { set, setText, svgChild } from '../svg.ts';
import {
  classDensity,
  densityBox,
  densityDomain,
  densityPath,
  largestDensity,
  type DensityPair,
} from './densityGeometry.ts';
import { densityReading, thresholdLogit, type DensityOptions } from './densityWords.ts';

const STOPS = 101;
const BELOW = 46;

/** Two classes of logits as densities, the clean ones dashed, with the threshold. */
export function createDensityChart(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<DensityPair, DensityOptions> {
  return mountChart<DensityPair, DensityOptions>(root, names, ({ svg }) => {
    const axes = createAxes(svg, 'Logit (log-odds of label 1)', 'Share of rows per logit');
    const fills = [0, 1].map((label) => svgChild(svg, 'path', `density-fill is-${label}`));
    const ghosts = [0, 1].map((label) => svgChild(svg, 'path', `density-ghost is-${label}`));
    const lines = [0, 1].map((label) => svgChild(svg, 'path', `density-line is-${label}`));
    const threshold = svgChild(svg, 'path', 'density-threshold');
    const note = svgChild(svg, 'text', 'chart-note halo');
    const labels = [0, 1].map((label) => svgChild(svg, 'text', `chart-label halo density-name is-${label}`));
    let shown: { readonly data: DensityPair; readonly options: DensityOptions; readonly box: Box } | null = null;
    let domain: readonly [number, number] = [0, 1];
    let top = 1;
    const logitAt = (stop: number) => domain[0] + ((domain[1] - domain[0]) * stop) / (STOPS - 1);
    return {
      height: (width) => densityBox(width).bottom + BELOW,
      draw(data, options, width) {
        const box = densityBox(width);
        shown = { data, options, box };
        domain = densityDomain(data);
        top = 1.08 * Math.max(largestDensity(data.now), largestDensity(data.clean));
        const x = (logit: number) =>
          box.left + ((logit - domain[0]) / (domain[1] - domain[0])) * (box.right - box.left);
        const marks = bottomAxis(box, x, ticks(domain[0], domain[1], 8), tickText);
        const y = (density: number) => box.bottom - (density / top) * (box.bottom - box.top);
        axes.draw(box, marks, leftAxis(box, y, ticks(0, top, 4), tickText), 44);
        for (const label of [0, 1] as const) {
          set(fills[label], { d: densityPath(data.now, label, box, domain, top, true) });
          set(lines[label], { d: densityPath(data.now, label, box, domain, top, false) });
          set(ghosts[label], { d: densityPath(data.clean, label, box, domain, top, false) });
          const mean = label === 1 ? data.now.mu1 : data.now.mu0;
          const peak = y(classDensity(data.now, label, mean));
          const apart = data.now.mu1 >= data.now.mu0 ? 1 : -1;
          const right = (label === 1 ? 1 : -1) * apart > 0;
          const place = Math.min(box.right - 90, Math.max(box.left + 90, x(mean)));
          set(labels[label], { x: place + (right ? 4 : -4), y: Math.max(box.top - 4, peak - 7) });
          set(labels[label], { 'text-anchor': right ? 'start' : 'end' });
          setText(labels[label], label === 1 ? options.name1 : options.name0);
        }
        const at = Math.min(box.right, Math.max(box.left, x(thresholdLogit(options.threshold))));
        set(threshold, { d: `M${at},${box.top}V${box.bottom}` });
        set(note, { x: at + 4, y: box.bottom - 6 });
        setText(note, 'threshold');
      },
      cursor: {
        count: () => (shown === null ? 0 : STOPS),
        start: () => (STOPS - 1) / 2,
        at(stop) {
          if (shown === null) return { x: 0, y: 0 };
          const { box, data } = shown;
          const logit = logitAt(stop);
          const density = Math.max(classDensity(data.now, 0, logit), classDensity(data.now, 1, logit));
          return {
            x: box.left + ((box.right - box.left) * stop) / (STOPS - 1),
            y: box.bottom - (density / top) * (box.bottom - box.top),
          };
        },
        read: (stop) => (shown === null ? '' : densityReading(shown.data, shown.options, logitAt(stop))),
      },
    };
  });
}
