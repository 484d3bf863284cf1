import { formatCount, formatPercent, plural } from './format.ts';
import { dotLegend, unitCounts, type ErrorsOptions, type ErrorsPair } from './highConfidenceErrorsWords.ts';
import { besideWords } from './beside.ts';
import { mountChart, type ChartHandle, type ChartNames } from './plot.ts';
import { createMetric } from './readout.ts';
import { htmlChild, set, setText, svgChild, uniqueId } from './svg.ts';
import { cellsPath, dotGrid, unitDots, type DotGrid, type UnitDots } from './unitDots.ts';

const CLASSES = ['silent', 'unsure', 'right'] as const;
type Class = (typeof CLASSES)[number];
const WORDS: Readonly<Record<Class, string>> = {
  silent: 'wrong and confident',
  unsure: 'wrong but unsure',
  right: 'right',
};
const TALLEST = 300;

export function createHighConfidenceErrors(
  root: HTMLElement,
  names: ChartNames = {},
): ChartHandle<ErrorsPair, ErrorsOptions> {
  return mountChart<ErrorsPair, ErrorsOptions>(root, names, ({ svg, readout, frame }) => {
    readout.classList.add('is-huge');
    const count = createMetric(readout, 'highConfidenceErrors', 'Wrong and confident', 'is-silent');
    const ofErrors = createMetric(readout, 'silentFailureRate', '');
    const ofAll = createMetric(readout, 'highConfidenceErrorShare', '');
    const before = createMetric(readout, 'besideHighConfidenceErrors', '', 'is-ghost');

    const defs = svgChild(svg, 'defs');
    const parts = CLASSES.map((name) => {
      const pattern = svgChild(defs, 'pattern');
      const id = uniqueId(name);
      set(pattern, { id, patternUnits: 'userSpaceOnUse' });
      const glyph = svgChild(pattern, name === 'silent' ? 'path' : 'circle', `unit-${name}`);
      const cells = svgChild(svg, 'path');
      set(cells, { fill: `url(#${id})` });
      return { name, pattern, glyph, cells };
    });

    const legend = htmlChild(frame, 'ul', 'chart-legend');
    const items = CLASSES.map((name) => {
      const item = htmlChild(legend, 'li', `unit-key is-${name}`);
      const key = svgChild(item, 'svg', 'unit-key-mark');
      set(key, { width: 14, height: 14, viewBox: '-7 -7 14 14', 'aria-hidden': 'true' });
      if (name === 'silent') set(svgChild(key, 'path', 'unit-silent'), { d: diamond(0, 0, 6.5) });
      else set(svgChild(key, 'circle', `unit-${name}`), { r: name === 'right' ? 3 : 4.5 });
      return htmlChild(item, 'span');
    });
    const scaleNote = htmlChild(frame, 'p', 'chart-note');

    let dots: UnitDots = { rowsPerDot: 1, silent: 0, unsure: 0, right: 0 };
    let grid: DotGrid = { columns: 1, rows: 0, cell: 12 };
    let data: ErrorsPair = { now: null, beside: null };
    let drawn = '';
    const ends = (): readonly number[] => [
      0,
      dots.silent,
      dots.silent + dots.unsure,
      dots.silent + dots.unsure + dots.right,
    ];
    const gridOf = (pair: ErrorsPair, width: number): DotGrid => {
      const units = pair.now === null ? dots : unitDots(unitCounts(pair.now.headline));
      return dotGrid(units.silent + units.unsure + units.right, width, TALLEST);
    };

    return {
      height(width, pair) {
        const { rows, cell } = gridOf(pair, width);
        return Math.max(24, Math.ceil(rows * cell));
      },
      draw(pair, options, width) {
        data = pair;
        const { now, beside: clean } = pair;
        const headline = now?.headline ?? null;
        if (headline === null) return;
        dots = unitDots(unitCounts(headline));
        grid = gridOf(pair, width);
        const key = `${grid.columns} ${grid.cell} ${dots.silent} ${dots.unsure} ${dots.right}`;
        if (key !== drawn) {
          drawn = key;
          const at = ends();
          const half = grid.cell / 2;
          parts.forEach(({ name, pattern, glyph, cells }, i) => {
            set(pattern, { width: grid.cell, height: grid.cell });
            if (name === 'silent') set(glyph, { d: diamond(half, half, half * 0.94) });
            else set(glyph, { cx: half, cy: half, r: half * (name === 'right' ? 0.4 : 0.62) });
            set(cells, { d: cellsPath(at[i], at[i + 1], grid) });
          });
        }
        count.set(headline.highConfidenceErrors, formatCount(headline.highConfidenceErrors));
        ofErrors.set(
          headline.silentFailureRate,
          formatPercent(headline.silentFailureRate),
          `of ${plural(headline.errors, 'error')}`,
        );
        ofAll.set(
          headline.highConfidenceErrorShare,
          formatPercent(headline.highConfidenceErrorShare),
          `of ${plural(headline.n, 'row')}`,
        );
        const was = clean?.headline.highConfidenceErrors ?? null;
        before.set(was, formatCount(was), besideWords(options.beside).where);
        const counts = unitCounts(headline);
        CLASSES.forEach((name, i) => setText(items[i], `${WORDS[name]}: ${formatCount(counts[name])}`));
        setText(scaleNote, dotLegend(dots.rowsPerDot));
      },
      cursor: {
        count: () => (data.now === null ? 0 : CLASSES.length),
        start: () => 0,
        at(stop) {
          const at = ends();
          const middle = Math.max(0, Math.floor((at[stop] + at[stop + 1] - 1) / 2));
          return {
            x: ((middle % grid.columns) + 0.5) * grid.cell,
            y: (Math.floor(middle / grid.columns) + 0.5) * grid.cell,
          };
        },
        read(stop) {
          if (data.now === null) return '';
          const { n } = data.now.headline;
          const rows = unitCounts(data.now.headline)[CLASSES[stop]];
          return `${plural(rows, 'row')} ${WORDS[CLASSES[stop]]}: ${formatPercent(n === 0 ? null : rows / n)} of all`;
        },
      },
    };
  });
}

function diamond(x: number, y: number, r: number): string {
  return `M${x},${y - r}l${r},${r}l${-r},${r}l${-r},${-r}Z`;
}
