import { leftAxis, tickText, bottomAxis } from './axis.ts';
import { theoryCurve, type CliffLayerData } from './cliffLayerData.ts';
import { areaPath, cliffPlace, curvePath, STRIP_ROOM, stripBox, stripReach, stripY } from './cliffLayerGeometry.ts';
import { layerReading, layerSentence, layerTable } from './cliffLayerWords.ts';
import type { CliffLayer, CliffLayerPainter, CliffLayerStage } from './cliffLayer.ts';
import { PUBLISHED_AUC, PUBLISHED_PLATEAU } from './cliffPublished.ts';
import { SERIES } from './cliffSeries.ts';
import { set, setText, show, svgChild, textPool, uniqueId, type TextMark } from './svg.ts';
import './cliffLayers.css';

/** A layer that the chart draws, with the data it was made of. */
interface DataLayer extends CliffLayer {
  readonly data: CliffLayerData;
}

/** The layer over the cliff for what is switched on. */
export function createCliffLayer(data: CliffLayerData): CliffLayer {
  const layer: DataLayer = {
    data,
    below: data.theory && data.overlay?.theory.model != null ? STRIP_ROOM : 0,
    mount: mountLayer,
    sentence: (pair) => layerSentence(data, pair),
    table: (pair, rows) => layerTable(data, pair, rows),
    read: (pair, k) => layerReading(data, pair, k),
  };
  return layer;
}

function mountLayer(under: SVGGElement, over: SVGGElement): CliffLayerPainter {
  const id = uniqueId('reach');
  const pattern = svgChild(under, 'pattern');
  set(pattern, { id, width: '7', height: '7', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
  set(svgChild(pattern, 'path', 'reach-hatch'), { d: 'M0,0V7' });
  const wedge = svgChild(under, 'path', 'reach-area');
  set(wedge, { fill: `url(#${id})` });
  const edge = svgChild(under, 'path', 'reach-edge');
  const bands = SERIES.map((series) => ({
    id: series.id,
    area: svgChild(under, 'path', `cliff-band series-${series.id}`),
  }));
  const plateau = svgChild(over, 'path', 'published-plateau');
  const lines = SERIES.map((series) => ({
    id: series.id,
    path: svgChild(over, 'path', `theory-line series-${series.id}`),
  }));
  const expected = svgChild(over, 'path', 'expected-line');
  const marks = svgChild(over, 'path', 'published-mark');
  const labels = textPool(svgChild(over, 'g'), 'cliff-layer-label halo');
  const strip = svgChild(over, 'g', 'residual-strip');
  const grid = svgChild(strip, 'path', 'axis-grid');
  const axisLine = svgChild(strip, 'path', 'axis-line');
  const zero = svgChild(strip, 'path', 'mark-chance');
  const residuals = SERIES.map((series) => ({
    id: series.id,
    path: svgChild(strip, 'path', `residual-line series-${series.id}`),
  }));
  const ticks = textPool(svgChild(strip, 'g'), 'axis-label');
  const title = svgChild(strip, 'text', 'axis-title');
  setText(title, 'Residual: measured − theory');

  const drawBands = ({ axis, box, visible }: CliffLayerStage, { band }: CliffLayerData): void => {
    for (const { id: series, area } of bands) {
      const drawn = band?.band != null && visible.has(series);
      show(area, drawn);
      if (band?.band == null || !drawn) continue;
      const { amounts, lines: found } = band.band;
      set(area, { d: areaPath(amounts, found[series].low, found[series].high, axis, cliffPlace(box)) });
    }
  };
  const drawTheory = (stage: CliffLayerStage, data: CliffLayerData): void => {
    const { axis, box, visible } = stage;
    const amounts = data.overlay?.amounts ?? [];
    const shown = SERIES.flatMap(({ id: series }) => {
      const curve = visible.has(series) ? theoryCurve(data, series) : null;
      return curve === null ? [] : [{ series, curve }];
    });
    const of = (series: string) => shown.find((entry) => entry.series === series)?.curve ?? null;
    for (const { id: series, path } of lines) {
      const curve = of(series);
      show(path, curve !== null);
      if (curve !== null) set(path, { d: curvePath(amounts, curve.theory, axis, cliffPlace(box)) });
    }
    const anyScores = data.theory && visible.has('rocAuc') ? (data.overlay?.expected.values ?? null) : null;
    show(expected, anyScores !== null);
    if (anyScores !== null) set(expected, { d: curvePath(amounts, anyScores, axis, cliffPlace(box)) });

    const hasStrip = data.theory && data.overlay?.theory.model != null;
    show(strip, hasStrip);
    if (!hasStrip) return;
    const room = stripBox(box);
    const reach = stripReach(shown.map(({ curve }) => curve.residual));
    const y = stripY(room, reach);
    const left = leftAxis(room, y, [-reach, 0, reach], tickText);
    const bottom = bottomAxis(room, axis.at, axis.ticks, tickText, 24);
    set(grid, { d: left.grid + bottom.grid });
    set(axisLine, { d: `M${room.left},${room.top}V${room.bottom}H${room.right}${left.ticks}${bottom.ticks}` });
    set(zero, { d: `M${room.left},${y(0)}H${room.right}` });
    ticks([...left.labels, ...bottom.labels]);
    set(title, { x: room.left, y: room.top - 8 });
    for (const { id: series, path } of residuals) {
      const curve = of(series);
      show(path, curve !== null);
      if (curve !== null) set(path, { d: curvePath(amounts, curve.residual, axis, y) });
    }
  };
  const drawReach = ({ axis, box, visible }: CliffLayerStage, data: CliffLayerData): void => {
    const floor = data.reach && visible.has('rocAuc') ? (data.overlay?.floor.values ?? null) : null;
    for (const node of [wedge, edge]) show(node, floor !== null);
    if (floor === null || data.overlay === null) return;
    const { amounts } = data.overlay;
    set(wedge, { d: areaPath(amounts, new Float64Array(floor.length), floor, axis, cliffPlace(box)) });
    set(edge, { d: curvePath(amounts, floor, axis, cliffPlace(box)) });
  };
  const labelsOf = (stage: CliffLayerStage, data: CliffLayerData): TextMark[] => {
    const { axis, box, width } = stage;
    const y = cliffPlace(box);
    const texts: TextMark[] = [];
    if (data.reach && stage.visible.has('rocAuc') && data.overlay?.floor.values != null) {
      texts.push({
        x: axis.gap === null ? box.left + 12 : axis.gap[1] + 12,
        y: y(0.12),
        text:
          width < 520 ? 'AUC: out of reach of noise' : 'AUC here: out of reach of isotropic noise (from half the σ)',
      });
    }
    if (data.published) {
      const below = y(0.44);
      const narrow = width < 520;
      texts.push({ x: axis.at(0) + 11, y: y(0.85) + 14, text: narrow ? '.85' : '.85 published' });
      if (narrow) texts.push({ x: axis.at(0.028), y: below, text: 'published' });
      else {
        texts.push({ x: axis.at(0.02) - 2, y: below, anchor: 'end', text: '.50' });
        texts.push({ x: axis.at(0.028) + 2, y: below, text: '.4975 and .51' });
        texts.push({ x: axis.at(0.028) + 2, y: below + 14, text: '.50–.52 up to .10, published' });
      }
    }
    return texts;
  };
  const drawPublished = ({ axis, box }: CliffLayerStage, { published }: CliffLayerData): void => {
    for (const node of [plateau, marks]) show(node, published);
    if (!published) return;
    const y = cliffPlace(box);
    const { from, to, low, high } = PUBLISHED_PLATEAU;
    set(plateau, { d: `M${axis.at(from)},${y(high)}H${axis.at(to)}V${y(low)}H${axis.at(from)}Z` });
    set(marks, {
      d: PUBLISHED_AUC.map(({ sigma, auc }) => `M${axis.at(sigma)},${y(auc) - 6}l6,6l-6,6l-6,-6Z`).join(''),
    });
  };
  return {
    draw(stage, layer) {
      show(under, layer !== null);
      show(over, layer !== null);
      if (layer === null) return;
      const { data } = layer as DataLayer;
      drawReach(stage, data);
      drawBands(stage, data);
      drawTheory(stage, data);
      drawPublished(stage, data);
      labels(labelsOf(stage, data));
    },
  };
}
