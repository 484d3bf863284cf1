import { coverage, markSize, type MarkStyle, type Rgb } from './marks.ts';
import { outcome, type Domain, type Edges, type Placement } from './scene.ts';

/** A picture of rows, one RGBA value a pixel, as ImageData has them on a little-endian machine. */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

interface Sprite {
  readonly size: number;
  /** Opacity in 0 … 256 of each pixel, row by row. */
  readonly alpha: Uint16Array;
  readonly color: Rgb;
  readonly packed: number;
}

const pack = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

function makeSprite(style: MarkStyle, hollow: boolean, silent: boolean): Sprite {
  const radius = silent ? style.silentRadius : style.radius;
  const size = markSize(radius);
  const middle = (size - 1) / 2;
  const opacity = silent ? 1 : style.opacity;
  const alpha = new Uint16Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const share = coverage(j - middle, i - middle, radius, style.stroke, hollow, silent);
      alpha[i * size + j] = Math.round(256 * opacity * share);
    }
  }
  const color = silent ? style.silent : hollow ? style.class0 : style.class1;
  return { size, alpha, color, packed: pack(color) };
}

/**
 * Draws all rows into the raster: in row order, so that neither class hides the other, then the silent failures on top.
 * Returns how many rows lie outside the domain (rows without a place not among them).
 */
export function drawRows(
  { pixels, width, height }: Raster,
  { x, y }: Placement,
  labels: Uint8Array,
  edges: Edges,
  domain: Domain,
  style: MarkStyle,
): number {
  pixels.fill(pack(style.background));
  const plain = [makeSprite(style, true, false), makeSprite(style, false, false)];
  const silent = [makeSprite(style, true, true), makeSprite(style, false, true)];
  const [fx, fy] = [width / (domain.x[1] - domain.x[0]), height / (domain.y[1] - domain.y[0])];
  const [x0, y1] = [domain.x[0], domain.y[1]];
  let outside = 0;
  for (let turn = 0; turn < 2; turn++) {
    for (let i = 0; i < labels.length; i++) {
      const isSilent = outcome(x[i], labels[i], edges) === 3;
      if (isSilent !== (turn === 1)) continue;
      const px = Math.floor((x[i] - x0) * fx);
      const py = Math.floor((y1 - y[i]) * fy);
      if (px >= 0 && px < width && py >= 0 && py < height) {
        stamp(pixels, width, height, px, py, (isSilent ? silent : plain)[labels[i]]);
      } else if (px === px && py === py) outside++;
    }
  }
  return outside;
}

function stamp(pixels: Uint32Array, width: number, height: number, px: number, py: number, sprite: Sprite): void {
  const { size, alpha, packed } = sprite;
  const [r, g, b] = sprite.color;
  const left = px - (size - 1) / 2;
  const top = py - (size - 1) / 2;
  const [fromX, toX] = [Math.max(0, -left), Math.min(size, width - left)];
  const [fromY, toY] = [Math.max(0, -top), Math.min(size, height - top)];
  for (let i = fromY; i < toY; i++) {
    let at = (top + i) * width + left + fromX;
    for (let j = fromX; j < toX; j++, at++) {
      const a = alpha[i * size + j];
      if (a === 0) continue;
      if (a === 256) {
        pixels[at] = packed;
        continue;
      }
      const under = pixels[at];
      const rest = 256 - a;
      const red = (r * a + (under & 255) * rest + 128) >> 8;
      const green = (g * a + ((under >> 8) & 255) * rest + 128) >> 8;
      const blue = (b * a + ((under >> 16) & 255) * rest + 128) >> 8;
      pixels[at] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    }
  }
}
