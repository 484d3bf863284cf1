import { ticks } from 'd3-array';
import { bottomAxis, leftAxis, tickText, type Box } from '../axis.ts';
import { createAxes } from '../axes.ts';
import { plural } from '../format.ts';
import { mountChart, type ChartHandle, type ChartNames } from '../plot.ts';
import { htmlChild, px, set, setText, show, svgChild, textPool, type TextMark } from '../svg.ts';
import { liveColors } from './colors.ts';
import { markSizes } from './marks.ts';
import { drawRows } from './raster.ts';
import { createRowReader } from './reader.ts';
import {
  CLEAN,
  createPlacer,
  edgesOf,
  fitDomain,
  summarize,
  type Domain,
  type Edges,
  type Placement,
  type RowScene,
  type SceneSummary,
} from './scene.ts';
import { createGpuPainter, type GpuPainter } from './webglPainter.ts';
import { axisTitles, rowReading, type RowNames } from './words.ts';

export interface RowOptions extends RowNames {
  /** Grows by one each time a person asks for axes that fit the rows as they stand. */
  readonly fits: number;
  /** More rows than this are drawn on the GPU. */
  readonly gpuAbove: number;
}

/** Rows that a processor draws within a frame. */
export const GPU_ABOVE = 20_000;

/** The painter holds no drawing surface of its own size in CSS: one canvas under the drawing, one context kind a canvas. */
interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly gpu: GpuPainter | null;
  readonly flat: CanvasRenderingContext2D | null;
}

export function createRowScatter(root: HTMLElement, names: ChartNames = {}): ChartHandle<RowScene, RowOptions> {
  return mountChart<RowScene, RowOptions>(root, names, ({ frame, plot, svg, readout, redraw }) => {
    plot.classList.add('row-plot');
    const note = htmlChild(readout, 'p', 'row-note');
    const axes = createAxes(svg, '', '');
    const edgeLines = svgChild(svg, 'path', 'row-edge');
    const decision = svgChild(svg, 'path', 'row-decision');
    const paths = [0, 1].map((label) => svgChild(svg, 'path', `row-move is-class-${label}`));
    const means = [0, 1].map((label) => svgChild(svg, 'path', `row-mean is-class-${label}`));
    const texts = textPool(svgChild(svg, 'g'), 'chart-note halo');
    const colors = liveColors(frame, redraw);
    const place = createPlacer();
    const placeClean = createPlacer();
    let surface: Surface | null = null;
    let gpuLost = false;
    let raster: { image: ImageData; pixels: Uint32Array } | null = null;
    let scene: RowScene | null = null;
    let options: RowOptions | null = null;
    let placement: Placement | null = null;
    let placed: RowScene | null = null;
    let domain: Domain | null = null;
    let domainOf: RowScene['geometry'] | null = null;
    let fits = 0;
    let cleanSummary: { of: RowScene; summary: SceneSummary } | null = null;
    let box: Box = { left: 62, top: 26, right: 400, bottom: 300 };
    const at = { x: 0, y: 0 };

    /** A canvas keeps the kind of its first context: another kind needs another canvas. */
    const surfaceFor = (gpuWanted: boolean): Surface => {
      if (surface !== null && (surface.gpu !== null) === gpuWanted) return surface;
      dropSurface();
      const canvas = document.createElement('canvas');
      canvas.className = 'row-canvas';
      canvas.setAttribute('aria-hidden', 'true');
      plot.prepend(canvas);
      const gpu = gpuWanted ? createGpuPainter(canvas) : null;
      if (gpuWanted && gpu === null) {
        canvas.remove();
        gpuLost = true;
        return surfaceFor(false);
      }
      canvas.addEventListener('webglcontextlost', onLost);
      surface = { canvas, gpu, flat: gpu === null ? canvas.getContext('2d', { alpha: false }) : null };
      return surface;
    };
    const onLost = (): void => {
      gpuLost = true;
      redraw();
    };
    const dropSurface = (): void => {
      surface?.canvas.removeEventListener('webglcontextlost', onLost);
      surface?.gpu?.destroy();
      surface?.canvas.remove();
      surface = null;
    };
    const placeNow = (): Placement | null => {
      if (scene === null) return null;
      if (placed !== scene || placement === null) {
        placement = place(scene, scene.coefficients, scene.logits);
        placed = scene;
      }
      return placement;
    };
    const reader = createRowReader(root, plot, svg, names, {
      count: () => scene?.geometry.rows ?? 0,
      at(row) {
        const now = placeNow();
        at.x = Number.NaN;
        if (now === null || domain === null) return at;
        const x = box.left + ((now.x[row] - domain.x[0]) / (domain.x[1] - domain.x[0])) * (box.right - box.left);
        const y = box.bottom - ((now.y[row] - domain.y[0]) / (domain.y[1] - domain.y[0])) * (box.bottom - box.top);
        if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) [at.x, at.y] = [x, y];
        return at;
      },
      read: (row) => {
        const now = placeNow();
        return scene === null || now === null || options === null ? '' : rowReading(scene, now, row, options);
      },
    });

    const cleanOf = (next: RowScene): { readonly placement: Placement; readonly summary: SceneSummary } => {
      const now = placeClean(next, CLEAN, next.cleanLogits);
      return { placement: now, summary: summarize(now, next.geometry.labels, edgesOf(next)) };
    };

    return {
      height: (width) => Math.round(Math.min(460, Math.max(280, 0.55 * width))) + 44,
      draw(next, nextOptions, width, height) {
        scene = next;
        options = nextOptions;
        const narrow = width < 480;
        box = { left: narrow ? 50 : 62, top: 26, right: width - 12, bottom: height - 44 };
        const edges = edgesOf(next);
        const now = placeNow();
        if (now === null) return;
        if (cleanSummary?.of.geometry !== next.geometry || cleanSummary.of.cleanLogits !== next.cleanLogits) {
          const clean = cleanOf(next);
          cleanSummary = { of: next, summary: clean.summary };
          if (domainOf !== next.geometry) {
            // The rows without drift and where they stand now: from here the axes rest, so that motion is seen.
            domain = fitDomain(now, edges.decision, fitDomain(clean.placement, edges.decision));
            domainOf = next.geometry;
            fits = nextOptions.fits;
          }
        }
        if (domain === null || fits !== nextOptions.fits) {
          domain = fitDomain(now, edges.decision);
          fits = nextOptions.fits;
        }
        drawAxes(next, edges, width);
        const summary = summarize(now, next.geometry.labels, edges);
        drawMeans(summary, cleanSummary.summary);
        const outside = drawMarks(next, now, edges, nextOptions);
        writeNote(next, outside, nextOptions);
        reader.redraw();
      },
      destroy() {
        reader.destroy();
        colors.destroy();
        dropSurface();
      },
    };

    function xAt(value: number): number {
      const [low, high] = domain?.x ?? [0, 1];
      return box.left + ((value - low) / (high - low)) * (box.right - box.left);
    }
    function yAt(value: number): number {
      const [low, high] = domain?.y ?? [0, 1];
      return box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
    }

    function drawAxes(next: RowScene, edges: Edges, width: number): void {
      const [x, y] = [domain?.x ?? [0, 1], domain?.y ?? [0, 1]];
      const titles = axisTitles(next);
      axes.setTitles(titles.x, width < 480 ? 'Across the probe (row lengths)' : titles.y);
      const bottom = bottomAxis(box, xAt, ticks(x[0], x[1], width < 480 ? 5 : 8), tickText, 44);
      const left = leftAxis(box, yAt, ticks(y[0], y[1], 6), tickText);
      axes.draw(box, { ...bottom, grid: '' }, { ...left, grid: '' }, width < 480 ? 40 : 50);
      const inside = (value: number): boolean => value >= x[0] && value <= x[1];
      const line = (value: number): string =>
        inside(value) ? `M${px(xAt(value))},${px(box.top)}V${px(box.bottom)}` : '';
      set(decision, { d: line(edges.decision) });
      set(edgeLines, { d: line(edges.above) + (edges.below === edges.above ? '' : line(edges.below)) });
      const marks: TextMark[] = [];
      const label = (value: number, text: string, room: number): void => {
        if (!inside(value)) return;
        if (marks.some((mark) => Math.abs(mark.x - xAt(value)) < room)) return;
        marks.push({ x: xAt(value), y: box.top - 9, text, anchor: 'middle' });
      };
      label(edges.decision, 'decision', 0);
      label(edges.above, 'τ', 36);
      label(edges.below, 'τ', 36);
      texts(marks);
    }

    function drawMeans(now: SceneSummary, clean: SceneSummary): void {
      const inside = (x: number, y: number): boolean =>
        x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      for (const label of [0, 1]) {
        const [after, before] = [now.classes[label], clean.classes[label]];
        const drawn = after.meanX !== null && after.meanY !== null && before.meanX !== null && before.meanY !== null;
        const [x1, y1] = [xAt(after.meanX ?? 0), yAt(after.meanY ?? 0)];
        const [x0, y0] = [xAt(before.meanX ?? 0), yAt(before.meanY ?? 0)];
        const seen = drawn && inside(x1, y1);
        show(means[label], seen);
        show(paths[label], seen && inside(x0, y0));
        if (!seen) continue;
        set(paths[label], { d: `M${px(x0)},${px(y0)}L${px(x1)},${px(y1)}` });
        set(means[label], { d: `M${px(x1) - 8},${px(y1)}h16M${px(x1)},${px(y1) - 8}v16` });
      }
    }

    /** Draws the marks; returns how many rows lie outside the axes, null where the GPU drew and nobody counted. */
    function drawMarks(next: RowScene, now: Placement, edges: Edges, { gpuAbove }: RowOptions): number | null {
      if (domain === null) return 0;
      const { rows, labels } = next.geometry;
      const { canvas, gpu, flat } = surfaceFor(rows > gpuAbove && !gpuLost);
      const ratio = Number(plot.dataset.sharper) || window.devicePixelRatio || 1;
      const [width, height] = [box.right - box.left, box.bottom - box.top];
      const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
      const style = { left: `${box.left}px`, top: `${box.top}px`, width: `${width}px`, height: `${height}px` };
      Object.assign(canvas.style, style);
      const look = { ...colors.get(), ...markSizes(rows, ratio) };
      if (gpu !== null) {
        gpu.draw(next, domain, look);
        return null;
      }
      if (flat === null) return 0;
      if (raster === null || raster.image.width !== across || raster.image.height !== down) {
        const image = flat.createImageData(across, down);
        raster = { image, pixels: new Uint32Array(image.data.buffer) };
      }
      const outside = drawRows(
        { pixels: raster.pixels, width: across, height: down },
        now,
        labels,
        edges,
        domain,
        look,
      );
      flat.putImageData(raster.image, 0, 0);
      return outside;
    }

    function countOutside({ x, y }: Placement): number {
      if (domain === null) return 0;
      let outside = 0;
      for (let i = 0; i < x.length; i++) {
        if (x[i] < domain.x[0] || x[i] > domain.x[1] || y[i] < domain.y[0] || y[i] > domain.y[1]) outside++;
      }
      return outside;
    }

    function writeNote(next: RowScene, counted: number | null, { gpuAbove }: RowOptions): void {
      const now = placeNow();
      const outside = counted ?? (now === null ? 0 : countOutside(now));
      const lost = outside === 0 ? '' : `${plural(outside, 'row')} outside the axes: fit them. `;
      const { rows } = next.geometry;
      const how =
        rows <= gpuAbove
          ? ''
          : gpuLost
            ? `${plural(rows, 'row')} drawn by the processor: WebGL 2 is missing here, so dragging may lag.`
            : `${plural(rows, 'row')} drawn on the GPU.`;
      setText(note, lost + how);
      plot.dataset.painter = surface?.gpu ? 'gpu' : 'canvas';
    }
  });
}
