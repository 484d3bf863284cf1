import { ticks } from 'd3-array';
import { bottomAxis, leftAxis, tickText, type Box } from './axis.ts';
import { createAxes } from './axes.ts';
import { createChartKey } from './chartKey.ts';
import type { LineChartData, LineChartOptions, LineSeries } from './lineChartData.ts';
import {
  bandPath,
  indexAt,
  labelsAtEnds,
  lineAxis,
  lineBox,
  lineDomain,
  lineEnds,
  linePath,
  lineStops,
  lineY,
  markPath,
  marksPath,
  type LineAxis,
} from './lineGeometry.ts';
import { lineReading } from './lineWords.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { px, set, show, svgChild, textPool, uniqueId, type TextMark } from './svg.ts';

/** Published points that are named one by one in the key; more are named together. */
const MOST_NAMED = 4;
const PUBLISHED_SHAPE = 3;

export function createLineChart(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<LineChartData, LineChartOptions> {
  return mountChart<LineChartData, LineChartOptions>(root, names, ({ svg, readout }) => {
    const key = createChartKey(readout);
    const clip = uniqueId('clip');
    const clipBox = svgChild(svgChild(svgChild(svg, 'defs'), 'clipPath'), 'rect');
    set(clipBox.parentElement as Element, { id: clip });
    const axes = createAxes(svg, '', '');
    const gap = svgChild(svg, 'path', 'axis-break');
    const inside = svgChild(svg, 'g');
    set(inside, { 'clip-path': `url(#${clip})` });
    const bands = pathPool(svgChild(inside, 'g'));
    const levels = svgChild(inside, 'path', 'line-level');
    const lines = pathPool(svgChild(inside, 'g'));
    const marks = pathPool(svgChild(svg, 'g'));
    const published = svgChild(svg, 'path', 'line-published');
    const levelTexts = textPool(svgChild(svg, 'g'), 'chart-note halo');
    const leaders = svgChild(svg, 'path', 'label-leader');
    const endTexts = textPool(svgChild(svg, 'g'), 'chart-label');

    let stops: readonly number[] = [];
    let pixels: ReadonlyArray<{ readonly x: number; readonly y: number }> = [];
    let data: LineChartData = { series: [] };
    let options: LineChartOptions | null = null;

    const drawKey = (next: LineChartData, width: number): void => {
      const named = labelsAtEnds(next, width) || next.series.length < 2 ? [] : next.series;
      const points = next.published ?? [];
      const labels =
        points.length <= MOST_NAMED
          ? points.map(({ label }) => label)
          : [`published values (${points.length}; the table names each)`];
      key([
        ...named.map((line, i) => ({
          text: line.name,
          line: lineClass(line),
          mark: line.marks === true ? markPath(i, 13, 6) : '',
          tone: `tone-${line.tone}`,
        })),
        ...labels.map((text) => ({
          text,
          line: null,
          mark: markPath(PUBLISHED_SHAPE, 13, 6, 4),
          tone: 'line-published',
        })),
      ]);
    };

    return {
      height: (width, next) => lineBox(next, width).bottom + 44,
      draw(next, nextOptions, width) {
        data = next;
        options = nextOptions;
        const box = lineBox(next, width);
        stops = lineStops(next);
        const axis = lineAxis(options.xScale, stops, box);
        const domain = lineDomain(next, options);
        const place = (value: number): number => lineY(box, domain, value);
        axes.setTitles(options.xTitle, options.yTitle);
        axes.draw(
          box,
          bottomAxis(box, (value) => axis.at(value) ?? box.left, axis.ticks, tickText, 30),
          leftAxis(box, place, ticks(domain[0], domain[1], 6), tickText),
          42,
        );
        set(clipBox, { x: box.left, y: box.top - 3, width: box.right - box.left, height: box.bottom - box.top + 6 });
        show(gap, axis.gap !== null);
        if (axis.gap !== null) {
          const middle = (axis.gap[0] + axis.gap[1]) / 2;
          set(gap, { d: `M${middle - 5},${box.bottom + 5}l4,-10M${middle + 1},${box.bottom + 5}l4,-10` });
        }
        bands(
          next.series.map((line) => ({ d: bandPath(line, axis, place), className: `line-band tone-${line.tone}` })),
        );
        lines(next.series.map((line) => ({ d: linePath(line, axis, place), className: lineClass(line) })));
        marks(
          next.series.map((line, i) => ({
            d: line.marks === true ? marksPath(line, i, axis, place) : '',
            className: `line-mark tone-${line.tone}`,
          })),
        );
        set(published, { d: publishedPath(next, axis, place) });
        set(levels, { d: (next.levels ?? []).map(({ y }) => `M${box.left},${px(place(y))}H${box.right}`).join('') });
        levelTexts(levelLabels(next, box, place));
        drawEnds(next, axis, place, box, width);
        drawKey(next, width);
        pixels = stops.map((x) => ({ x: axis.at(x) ?? box.left, y: place(firstAt(next, x) ?? domain[0]) }));
      },
      cursor: {
        count: () => stops.length,
        start: () => 0,
        at: (stop) => pixels[stop] ?? { x: 0, y: 0 },
        read: (stop) => (options === null ? '' : lineReading(data, stops[stop], options)),
      },
    };

    function drawEnds(
      next: LineChartData,
      axis: LineAxis,
      place: (value: number) => number,
      box: Box,
      width: number,
    ): void {
      const ends = labelsAtEnds(next, width) ? lineEnds(next, axis, place, box) : [];
      set(leaders, {
        d: ends.map(({ from, y }) => `M${px(from.x + 2)},${px(from.y)}L${px(box.right + 10)},${px(y)}`).join(''),
      });
      endTexts(
        ends.map(({ id, y }): TextMark => {
          const line = next.series.find((series) => series.id === id) ?? next.series[0];
          return { x: box.right + 13, y: y + 4, text: line.name, className: `line-text tone-${line.tone}` };
        }),
      );
    }
  });
}

function lineClass({ tone, dashed }: LineSeries): string {
  return `line tone-${tone}${dashed === true ? ' is-dashed' : ''}`;
}

/** The first defined value at an x, published ones last. */
function firstAt({ series, published = [] }: LineChartData, x: number): number | null {
  for (const line of series) {
    const index = indexAt(line, x);
    if (index >= 0 && Number.isFinite(line.y[index])) return line.y[index];
  }
  return published.find((point) => point.x === x)?.y ?? null;
}

function publishedPath({ published = [] }: LineChartData, axis: LineAxis, place: (value: number) => number): string {
  return published
    .map(({ x, y }) => {
      const at = axis.at(x);
      return at === null || !Number.isFinite(y) ? '' : markPath(PUBLISHED_SHAPE, at, place(y), 5);
    })
    .join('');
}

function levelLabels({ levels = [] }: LineChartData, box: Box, place: (value: number) => number): TextMark[] {
  return levels.map(({ y, label }) => ({ x: box.right - 4, y: place(y) - 5, text: label, anchor: 'end' }));
}

/** A growing set of paths that is written anew at each call, and keeps its nodes. */
function pathPool(parent: Element): (paths: ReadonlyArray<{ readonly d: string; readonly className: string }>) => void {
  const nodes: SVGPathElement[] = [];
  return (paths) => {
    while (nodes.length < paths.length) nodes.push(svgChild(parent, 'path'));
    nodes.forEach((node, i) => {
      const path = paths[i];
      show(node, path !== undefined && path.d !== '');
      if (path !== undefined) set(node, { d: path.d, class: path.className });
    });
  };
}
