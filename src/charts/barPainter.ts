import { ticks } from 'd3-array';
import { leftAxis, tickText, type AxisMarks } from './axis.ts';
import { createAxes } from './axes.ts';
import type { BarChartData, BarChartOptions } from './barChartData.ts';
import { barBox, barDomain, bars, barY, groupMiddle, type Bar } from './barGeometry.ts';
import { barReading } from './barWords.ts';
import { createChartKey } from './chartKey.ts';
import { markPath } from './lineGeometry.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { px, set, svgChild, textPool, uniqueId, type TextMark } from './svg.ts';

/** One fill a series: solid, hatched, outlined, hatched the other way. */
const FILLS = 4;
const PUBLISHED_SHAPE = 3;

export function createBarChart(root: HTMLElement, names: ChartNames = {}): ChartHandle<BarChartData, BarChartOptions> {
  return mountChart<BarChartData, BarChartOptions>(root, names, ({ svg, readout }) => {
    const key = createChartKey(readout);
    const defs = svgChild(svg, 'defs');
    const axes = createAxes(svg, '', '');
    const layers = Array.from({ length: FILLS }, (_, fill) => {
      const pattern = svgChild(defs, 'pattern');
      const id = uniqueId('bar');
      set(pattern, {
        id,
        width: 6,
        height: 6,
        patternUnits: 'userSpaceOnUse',
        patternTransform: `rotate(${fill === 3 ? -45 : 45})`,
      });
      const line = svgChild(pattern, 'line', 'bar-hatch');
      set(line, { x1: 0, y1: 0, x2: 0, y2: 6 });
      return { id, line, path: svgChild(svg, 'path') };
    });
    const empty = svgChild(svg, 'path', 'mark-empty');
    const whiskers = svgChild(svg, 'path', 'bar-whisker');
    const published = svgChild(svg, 'path', 'line-published');
    const noteTexts = textPool(svgChild(svg, 'g'), 'chart-note');
    let data: BarChartData = { groups: [], series: [] };
    let options: BarChartOptions | null = null;
    let tops: ReadonlyArray<{ readonly x: number; readonly y: number }> = [];

    return {
      height: (width, next) => barBox(width).bottom + (next.notes ? 60 : 44),
      draw(next, nextOptions, width) {
        data = next;
        options = nextOptions;
        const box = barBox(width);
        const domain = barDomain(next, options);
        const foot = barY(box, domain, 0);
        const all = bars(next, box, domain);
        axes.setTitles(options.xTitle, options.yTitle);
        const below = next.notes ? { ...box, bottom: box.bottom + 16 } : box;
        axes.draw(
          box,
          groupAxis(next, box),
          leftAxis(box, (value) => barY(box, domain, value), ticks(domain[0], domain[1], 5), tickText),
          42,
        );
        const title = svg.querySelector('.axis-title');
        if (title !== null) set(title, { y: below.bottom + 38 });
        noteTexts(groupNotes(next, box));
        layers.forEach(({ id, line, path }, fill) => {
          const tone = next.series[fill]?.tone;
          set(path, {
            d: all
              .filter((bar) => bar.series === fill)
              .map((bar) => barPath(bar, foot))
              .join(''),
            class: `bar tone-${tone ?? 'a'}`,
            fill: fill === 0 ? 'var(--tone)' : fill === 2 ? 'none' : `url(#${id})`,
          });
          set(line, { class: `bar-hatch tone-${tone ?? 'a'}` });
        });
        set(empty, {
          d: all
            .filter(({ top }) => top === null)
            .map(({ x, width: across }) => `M${px(x)},${px(foot - 2)}h${px(across)}`)
            .join(''),
        });
        set(whiskers, { d: all.map(whiskerPath).join('') });
        set(published, {
          d: all
            .map((bar) => (bar.published === null ? '' : markPath(PUBLISHED_SHAPE, bar.middle, bar.published, 5)))
            .join(''),
        });
        key([
          ...next.series.map(({ name, tone }, fill) => ({
            text: name,
            line: null,
            mark: `M5,0.5h14v11h-14Z${fill % 2 === 1 ? 'M5,6l5.5,-5.5M5,11.5l11,-11M10.5,11.5l8.5,-8.5' : ''}`,
            tone: `bar tone-${tone} ${['is-solid', 'is-hatched', 'is-outlined', 'is-hatched'][fill % FILLS]}`,
          })),
          ...(all.some((bar) => bar.published !== null)
            ? [{ text: 'published', line: null, mark: markPath(PUBLISHED_SHAPE, 13, 6, 4), tone: 'line-published' }]
            : []),
        ]);
        tops = next.groups.map((_, group) => {
          const heights = all.flatMap((bar) => (bar.group === group && bar.top !== null ? [bar.top] : []));
          return { x: groupMiddle(box, next.groups.length, group), y: Math.min(foot, ...heights) };
        });
      },
      cursor: {
        count: () => tops.length,
        start: () => 0,
        at: (stop) => tops[stop] ?? { x: 0, y: 0 },
        read: (stop) => (options === null ? '' : barReading(data, stop, options)),
      },
    };
  });
}

function barPath({ x, width, top }: Bar, foot: number): string {
  return top === null ? '' : `M${px(x)},${px(foot)}V${px(top)}h${px(width)}V${px(foot)}Z`;
}

function whiskerPath({ middle, whisker }: Bar): string {
  if (whisker === null) return '';
  const [low, high] = whisker;
  return `M${px(middle - 3)},${px(low)}h6M${px(middle - 3)},${px(high)}h6M${px(middle)},${px(low)}V${px(high)}`;
}

function groupAxis({ groups }: BarChartData, box: ReturnType<typeof barBox>): AxisMarks {
  return {
    ticks: '',
    grid: '',
    labels: groups.map((text, group) => ({
      x: groupMiddle(box, groups.length, group),
      y: box.bottom + 18,
      text,
      anchor: 'middle',
    })),
  };
}

function groupNotes({ groups, notes = [] }: BarChartData, box: ReturnType<typeof barBox>): TextMark[] {
  return notes.map((text, group) => ({
    x: groupMiddle(box, groups.length, group),
    y: box.bottom + 33,
    text,
    anchor: 'middle',
  }));
}
