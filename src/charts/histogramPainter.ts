import type { ConfidenceHistogram } from '../core/metrics/types.ts';
import { bottomAxis, leftAxis, tickText } from './axis.ts';
import { createAxes } from './axes.ts';
import { formatCount, formatNumber, formatPercent } from './format.ts';
import { createHandle } from './handle.ts';
import { histogramBox, histogramOutline, histogramPaths, histogramScale, histogramTicks } from './histogramGeometry.ts';
import { histogramReading, type HistogramData, type HistogramOptions } from './histogramWords.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { createMetric } from './readout.ts';
import { set, svgChild, textPool } from './svg.ts';

const TICKS_HALF = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const TAU_STEP = 0.005;

export function createConfidenceHistogram(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<HistogramData, HistogramOptions> {
  return mountChart<HistogramData, HistogramOptions>(root, names, ({ svg, readout, frame }) => {
    const rate = createMetric(readout, 'silentFailureRate', 'Silent-failure rate', 'is-silent');
    const region = svgChild(svg, 'rect', 'mark-silent-region');
    const axes = createAxes(svg, 'Confidence (probability)', 'Rows (count)');
    const right = svgChild(svg, 'path', 'mark-right');
    const unsure = svgChild(svg, 'path', 'mark-unsure');
    const silent = svgChild(svg, 'path', 'mark-silent');
    const ghost = svgChild(svg, 'path', 'mark-ghost');
    const zero = svgChild(svg, 'path', 'axis-line');
    const labels = textPool(svgChild(svg, 'g'), 'chart-label halo');
    let data: HistogramData | null = null;
    let options: HistogramOptions = { highConfidence: 0.9 };
    let box = histogramBox(400);
    let pinned: ConfidenceHistogram | null = null;
    let domain: readonly [number, number] = [0.5, 1];

    const move = (tau: number): void => {
      const held = Math.min(domain[1], Math.max(domain[0], Number(tau.toFixed(3))));
      if (held !== options.highConfidence) options.onHighConfidence?.(held);
    };
    const handle = createHandle(frame, 'High-confidence threshold τ', 'is-tau', {
      toPixel: (x) => move(domain[0] + ((x - box.left) / (box.right - box.left)) * (domain[1] - domain[0])),
      step: (steps) => move(options.highConfidence + steps * TAU_STEP),
      toStart: () => move(domain[0]),
      toEnd: () => move(domain[1]),
      commit: () => options.onHighConfidenceCommit?.(options.highConfidence),
    });

    return {
      height: (width) => histogramBox(width).bottom + 44,
      draw(next, nextOptions, width) {
        data = next;
        options = nextOptions;
        box = histogramBox(width);
        const { histogram, headline } = next;
        const { edges } = histogram;
        domain = [edges[0], edges[edges.length - 1]];
        const tau = options.highConfidence;
        // A histogram of another range (confidence of ŷ) would not fit this axis.
        const other = options.pinned?.histogram;
        pinned = other && other.edges[0] === edges[0] ? other : null;
        const scale = histogramScale(histogram, box, pinned);
        const ticks = domain[0] >= 0.5 ? TICKS_HALF : TICKS;
        axes.draw(
          box,
          bottomAxis(box, scale.x, ticks, tickText),
          leftAxis(box, scale.y, histogramTicks(scale), (count) => formatCount(Math.abs(count))),
          50,
        );
        const paths = histogramPaths(histogram, scale, tau);
        set(right, { d: paths.right });
        set(unsure, { d: paths.unsure });
        set(silent, { d: paths.silent });
        set(ghost, { d: pinned ? histogramOutline(pinned, scale) : '' });
        set(zero, { d: `M${box.left},${Math.round(scale.zero)}H${box.right}` });
        const at = scale.x(Math.min(domain[1], Math.max(domain[0], tau)));
        set(region, { x: at, y: scale.zero, width: box.right - at, height: box.bottom - scale.zero });
        const room = box.right - at;
        const share = headline.errors === 0 ? '' : formatPercent(headline.silentFailureRate, 0);
        labels([
          { x: box.left + 8, y: box.top + 14, text: '▲ right', className: 'is-right' },
          { x: box.left + 8, y: box.bottom - 7, text: '▼ wrong', className: 'is-wrong' },
          ...(room < 40 || share === ''
            ? []
            : [
                {
                  x: box.right - 6,
                  y: box.bottom - 7,
                  text: room < 100 ? share : `silent ${share}`,
                  anchor: 'end' as const,
                  className: 'is-silent',
                },
              ]),
        ]);
        rate.set(
          headline.silentFailureRate,
          formatPercent(headline.silentFailureRate),
          headline.errors === 0
            ? 'no errors'
            : `${formatCount(headline.highConfidenceErrors)} of ${formatCount(headline.errors)} errors above τ`,
        );
        handle.setEnabled(options.onHighConfidence !== undefined);
        handle.draw({
          x: at,
          top: 0,
          bottom: box.bottom,
          width,
          now: tau,
          min: domain[0],
          max: domain[1],
          valueText: `τ ${formatNumber(tau, 3)}, ${formatPercent(headline.silentFailureRate)} of errors are above it`,
          tag: `τ = ${tickText(tau)}`,
        });
      },
      cursor: {
        count: () => data?.histogram.right.length ?? 0,
        start: () => Math.max(0, (data?.histogram.right.length ?? 0) - 1),
        at(stop) {
          if (data === null) return { x: 0, y: 0 };
          const scale = histogramScale(data.histogram, box, pinned);
          const { edges, right: counts } = data.histogram;
          return { x: scale.x((edges[stop] + edges[stop + 1]) / 2), y: scale.y(counts[stop]) };
        },
        read: (stop) => (data === null ? '' : histogramReading(data, stop)),
      },
      destroy: () => handle.destroy(),
    };
  });
}
