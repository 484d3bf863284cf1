import type { ReliabilityBin } from '../core/metrics/types.ts';
import { bottomAxis, leftAxis, niceCeil, tickText, type Box } from './axis.ts';
import { createAxes } from './axes.ts';
import { formatCount, formatNumber, formatPercent } from './format.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { createMetric } from './readout.ts';
import {
  largestCount,
  reliabilityBoxes,
  reliabilityDomain,
  reliabilityPaths,
  reliabilityX,
  reliabilityY,
} from './reliabilityGeometry.ts';
import {
  capital,
  reliabilityReading,
  reliabilityTerms,
  type ReliabilityData,
  type ReliabilityOptions,
} from './reliabilityWords.ts';
import { px, set, svgChild, textPool, uniqueId } from './svg.ts';

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const TICKS_HALF = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function createReliabilityChart(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<ReliabilityData, ReliabilityOptions> {
  return mountChart<ReliabilityData, ReliabilityOptions>(root, names, ({ svg, readout }) => {
    const ece = createMetric(readout, 'ece', 'ECE', 'is-ece');
    const hatch = uniqueId('hatch');
    const pattern = svgChild(svgChild(svg, 'defs'), 'pattern');
    set(pattern, { id: hatch, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
    set(svgChild(pattern, 'line', 'hatch-line'), { x1: 0, y1: 0, x2: 0, y2: 5 });

    const band = svgChild(svg, 'path', 'mark-band');
    const axes = createAxes(svg, '', '');
    const diagonal = svgChild(svg, 'path', 'mark-chance');
    const gaps = svgChild(svg, 'path', 'mark-gap');
    const whiskers = svgChild(svg, 'path', 'mark-whisker');
    const points = svgChild(svg, 'path', 'mark-current-point');
    const ghost = svgChild(svg, 'path', 'mark-ghost-point');
    const empty = svgChild(svg, 'path', 'mark-empty');
    const counts = svgChild(svg, 'path', 'mark-count');
    const stripLine = svgChild(svg, 'path', 'axis-line');
    const notes = textPool(svgChild(svg, 'g'), 'chart-note halo');
    const stripLabels = textPool(svgChild(svg, 'g'), 'axis-label');
    set(empty, { fill: `url(#${hatch})` });
    let data: ReliabilityData | null = null;
    let target: ReliabilityOptions['target'] = 'top-label';
    let boxes = reliabilityBoxes(400);

    return {
      height: (width) => reliabilityBoxes(width).strip.bottom + 44,
      draw(next, options, width) {
        data = next;
        target = options.target;
        boxes = reliabilityBoxes(width);
        const { plot, strip } = boxes;
        const bins = next.reliability;
        const domain = reliabilityDomain(bins);
        const x = (value: number): number => reliabilityX(plot, domain, value);
        const y = (value: number): number => reliabilityY(plot, value);
        const terms = reliabilityTerms(target);
        axes.setTitles(`${capital(terms.said)} (probability)`, `Observed ${terms.seen} (share)`);
        const below = { ...plot, bottom: strip.bottom };
        const bottom = bottomAxis(below, x, domain[0] === 0.5 ? TICKS_HALF : TICKS, tickText);
        axes.draw(below, bottom, leftAxis(plot, y, TICKS, tickText));
        const paths = reliabilityPaths(bins, boxes);
        set(band, { d: paths.band });
        set(diagonal, { d: paths.diagonal });
        set(gaps, { d: paths.gaps });
        set(whiskers, { d: paths.whiskers });
        set(points, { d: paths.points });
        set(empty, { d: paths.empty });
        set(ghost, { d: hollowDots(options.pinned?.reliability ?? [], boxes.plot, domain) });
        set(counts, { d: paths.counts });
        set(stripLine, { d: `M${plot.left},${plot.bottom}H${plot.right}` });
        stripLabels([
          { x: strip.left - 8, y: strip.top + 9, text: compact(niceCeil(largestCount(bins))), anchor: 'end' },
          { x: strip.left - 8, y: strip.bottom, text: '0', anchor: 'end' },
        ]);
        const { accuracy, meanConfidence } = next.headline;
        ece.set(
          next.headline.ece,
          formatNumber(next.headline.ece),
          target === 'top-label'
            ? `confidence ${formatPercent(meanConfidence)} · accuracy ${formatPercent(accuracy)}`
            : '',
        );
        notes([{ x: strip.left, y: strip.top - 5, text: 'Rows per bin (hatched: none)' }]);
      },
      cursor: {
        count: () => data?.reliability.length ?? 0,
        start: () => Math.max(0, (data?.reliability.length ?? 0) - 1),
        at(stop) {
          const bins = data?.reliability ?? [];
          const bin = bins[stop];
          const x = reliabilityX(boxes.plot, reliabilityDomain(bins), bin.confidence ?? (bin.lower + bin.upper) / 2);
          return { x, y: bin.accuracy === null ? boxes.strip.bottom - 6 : reliabilityY(boxes.plot, bin.accuracy) };
        },
        read: (stop) => (data === null ? '' : reliabilityReading(data.reliability[stop], target)),
      },
    };
  });
}

/** Where A's bins stand; bins beyond the axis of the present state are left out. */
function hollowDots(bins: readonly ReliabilityBin[], plot: Box, domain: readonly [number, number]): string {
  return bins
    .filter(({ confidence }) => confidence !== null && confidence >= domain[0])
    .map(({ confidence, accuracy }) => {
      const at = `${px(reliabilityX(plot, domain, confidence ?? 0) - 4)},${px(reliabilityY(plot, accuracy ?? 0))}`;
      return `M${at}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0`;
    })
    .join('');
}

/** 20000 → "20k": the strip's label has little room. */
function compact(count: number): string {
  return count >= 10_000 ? `${Number((count / 1000).toPrecision(3))}k` : formatCount(count);
}
