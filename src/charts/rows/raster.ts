import { coverage, markSize, type MarkStyle, type Rgb } from './marks.ts';
import { outcome, type Domain, type Edges, type Placement } from './scene.ts';

/** A picture of rows, one RGBA value a pixel, as ImageData has them on a little-endian machine. */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** The pixels of a mark that it covers, and what each adds. */
interface Sprite {
  /** Pixels from the middle to the edge. */
  readonly reach: number;
  readonly dx: Int16Array;
  readonly dy: Int16Array;
  /** What of 256 the pixel keeps of what is under it. */
  readonly rest: Uint16Array;
  /** Its colour times its opacity in 0 … 256, red and blue in one number and green in another. */
  readonly redBlue: Int32Array;
  readonly green: Int32Array;
}

const pack = ([r, g, b]: Rgb): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

function makeSprite(style: MarkStyle, hollow: boolean, silent: boolean): Sprite {
  const radius = silent ? style.silentRadius : style.radius;
  const reach = (markSize(radius) - 1) / 2;
  const opacity = silent ? 1 : style.opacity;
  const [r, g, b] = silent ? style.silent : hollow ? style.class0 : style.class1;
  const found: { dx: number; dy: number; alpha: number }[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const alpha = Math.round(256 * opacity * coverage(dx, dy, radius, style.stroke, hollow, silent));
      if (alpha > 0) found.push({ dx, dy, alpha });
    }
  }
  return {
    reach,
    dx: Int16Array.from(found, ({ dx }) => dx),
    dy: Int16Array.from(found, ({ dy }) => dy),
    rest: Uint16Array.from(found, ({ alpha }) => 256 - alpha),
    redBlue: Int32Array.from(found, ({ alpha }) => Math.imul((b << 16) | r, alpha)),
    green: Int32Array.from(found, ({ alpha }) => Math.imul(g << 8, alpha)),
  };
}

let silentRows = new Uint32Array(0);

/**
 * Draws all rows into the raster: in row order, so that neither class hides the other, then the silent failures on top.
 * Returns how many rows lie outside the domain (rows without a place not among them).
 */
export function drawRows(
  raster: Raster,
  { x, y }: Placement,
  labels: Uint8Array,
  edges: Edges,
  domain: Domain,
  style: MarkStyle,
): number {
  const { pixels, width, height } = raster;
  pixels.fill(pack(style.background));
  const plain = [makeSprite(style, true, false), makeSprite(style, false, false)];
  const silent = [makeSprite(style, true, true), makeSprite(style, false, true)];
  const [fx, fy] = [width / (domain.x[1] - domain.x[0]), height / (domain.y[1] - domain.y[0])];
  const [x0, y1] = [domain.x[0], domain.y[1]];
  const n = labels.length;
  if (silentRows.length < n) silentRows = new Uint32Array(n);
  let later = 0;
  let outside = 0;
  for (let i = 0; i < n; i++) {
    const px = Math.floor((x[i] - x0) * fx);
    const py = Math.floor((y1 - y[i]) * fy);
    if (!(px >= 0 && px < width && py >= 0 && py < height)) {
      if (px === px && py === py) outside++;
    } else if (outcome(x[i], labels[i], edges) === 3) silentRows[later++] = i;
    else stamp(raster, px, py, plain[labels[i]]);
  }
  for (let k = 0; k < later; k++) {
    const i = silentRows[k];
    stamp(raster, Math.floor((x[i] - x0) * fx), Math.floor((y1 - y[i]) * fy), silent[labels[i]]);
  }
  return outside;
}

/** Lays a mark over what is there; each channel is (colour·alpha + under·(256 − alpha))/256, rounded. */
function stamp({ pixels, width, height }: Raster, px: number, py: number, sprite: Sprite): void {
  const { reach, dx, dy, rest, redBlue, green } = sprite;
  const whole = px >= reach && py >= reach && px + reach < width && py + reach < height;
  const start = py * width + px;
  for (let k = 0; k < rest.length; k++) {
    if (!whole) {
      const [across, down] = [px + dx[k], py + dy[k]];
      if (across < 0 || across >= width || down < 0 || down >= height) continue;
    }
    const at = start + dy[k] * width + dx[k];
    const under = pixels[at];
    // Two channels a product: 255·256 fits in the 16 bits between them.
    const rb = ((redBlue[k] + Math.imul(under & 0xff00ff, rest[k]) + 0x800080) >>> 8) & 0xff00ff;
    const g = ((green[k] + Math.imul(under & 0xff00, rest[k]) + 0x8000) >>> 8) & 0xff00;
    pixels[at] = (0xff000000 | rb | g) >>> 0;
  }
}
