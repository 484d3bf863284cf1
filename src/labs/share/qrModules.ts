/**
 * QR codes of the standard ISO/IEC 18004: model 2, byte mode, error correction level L, versions 1 to 40.
 */

/** By version: check bytes of a block, and number of blocks, at level L (table 9 of the standard). */
const CHECK = [
  7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30,
  30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
];
const BLOCKS = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19,
  20, 21, 22, 24, 25,
];
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Places of the alignment patterns along one side. */
function alignments(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = 4 * version + 10;
  const step = version === 32 ? 26 : Math.ceil((last - 6) / (2 * count - 2)) * 2;
  const places = [6];
  for (let k = count - 2; k >= 0; k--) places.push(last - k * step);
  return places;
}

/** Modules of a version that hold data and check bits. */
function freeModules(version: number): number {
  const side = 4 * version + 17;
  const marks = alignments(version).length;
  const alignment = version === 1 ? 0 : 25 * (marks * marks - 3) - 10 * (marks - 2);
  return side * side - 3 * 64 - 2 * (side - 16) - 31 - alignment - (version >= 7 ? 36 : 0);
}

const dataBytes = (version: number) => (freeModules(version) >> 3) - CHECK[version - 1] * BLOCKS[version - 1];
const countBits = (version: number) => (version < 10 ? 8 : 16);

/** Bytes of text that the largest code holds. */
export const MOST_QR_BYTES = 2953;

/** Product in GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/** Coefficients, the leading 1 left out, of (x − 1)(x − 2)(x − 2²)…, highest power first. */
function generator(degree: number): Uint8Array {
  const poly = new Uint8Array(degree);
  poly[degree - 1] = 1;
  let root = 1;
  for (let k = 0; k < degree; k++) {
    for (let j = 0; j < degree; j++) {
      poly[j] = times(poly[j], root) ^ (j + 1 < degree ? poly[j + 1] : 0);
    }
    root = times(root, 2);
  }
  return poly;
}

function checkBytes(data: Uint8Array, divisor: Uint8Array): Uint8Array {
  const rest = new Uint8Array(divisor.length);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest.copyWithin(0, 1);
    rest[rest.length - 1] = 0;
    for (let k = 0; k < rest.length; k++) rest[k] ^= times(divisor[k], factor);
  }
  return rest;
}

/** Mode, length, bytes, padding. */
function dataOf(bytes: Uint8Array, version: number): Uint8Array {
  const out = new Uint8Array(dataBytes(version));
  let at = 0;
  const put = (value: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--, at++) out[at >> 3] |= ((value >> bit) & 1) << (7 - (at & 7));
  };
  put(4, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  at = Math.min(8 * out.length, (at + 4 + 7) & ~7);
  for (let k = 0; at < 8 * out.length; k++) put(k % 2 === 0 ? 0xec : 0x11, 8);
  return out;
}

/** Data in blocks with their check bytes, byte by byte in turns. */
function interleaved(data: Uint8Array, version: number): Uint8Array {
  const blocks = BLOCKS[version - 1];
  const check = CHECK[version - 1];
  const short = Math.floor(data.length / blocks);
  const long = data.length % blocks;
  const divisor = generator(check);
  const parts: { readonly data: Uint8Array; readonly check: Uint8Array }[] = [];
  for (let k = 0, from = 0; k < blocks; k++) {
    const size = short + (k >= blocks - long ? 1 : 0);
    const piece = data.subarray(from, from + size);
    parts.push({ data: piece, check: checkBytes(piece, divisor) });
    from += size;
  }
  const out: number[] = [];
  for (let k = 0; k <= short; k++) for (const part of parts) if (k < part.data.length) out.push(part.data[k]);
  for (let k = 0; k < check; k++) for (const part of parts) out.push(part.check[k]);
  return Uint8Array.from(out);
}

/** `bits` followed by the remainder of its division by `divisor`, which has one bit more than the remainder. */
function withRemainder(bits: number, divisor: number, length: number): number {
  let rest = bits << length;
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit--) {
    if ((rest >> bit) & 1) rest ^= divisor << (bit - length);
  }
  return (bits << length) | rest;
}

/** A square of modules, and which of them are not data. */
class Grid {
  readonly dark: Uint8Array;
  readonly fixed: Uint8Array;

  constructor(readonly side: number) {
    this.dark = new Uint8Array(side * side);
    this.fixed = new Uint8Array(side * side);
  }

  set(x: number, y: number, dark: boolean): void {
    if (x < 0 || y < 0 || x >= this.side || y >= this.side) return;
    this.dark[y * this.side + x] = Number(dark);
    this.fixed[y * this.side + x] = 1;
  }

  /** Concentric squares around a centre; `radius` 4 is a finder with its margin, 2 an alignment pattern. */
  target(cx: number, cy: number, radius: number): void {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        this.set(cx + dx, cy + dy, radius === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
    }
  }

  format(mask: number): void {
    // Level L is 01.
    const bits = withRemainder((1 << 3) | mask, 0x537, 10) ^ 0x5412;
    const bit = (k: number) => ((bits >> k) & 1) === 1;
    const { side } = this;
    for (let k = 0; k <= 5; k++) this.set(8, k, bit(k));
    this.set(8, 7, bit(6));
    this.set(8, 8, bit(7));
    this.set(7, 8, bit(8));
    for (let k = 9; k < 15; k++) this.set(14 - k, 8, bit(k));
    for (let k = 0; k < 8; k++) this.set(side - 1 - k, 8, bit(k));
    for (let k = 8; k < 15; k++) this.set(8, side - 15 + k, bit(k));
    this.set(8, side - 8, true);
  }

  version(version: number): void {
    if (version < 7) return;
    const bits = withRemainder(version, 0x1f25, 12);
    for (let k = 0; k < 18; k++) {
      const far = this.side - 11 + (k % 3);
      const near = Math.floor(k / 3);
      this.set(far, near, ((bits >> k) & 1) === 1);
      this.set(near, far, ((bits >> k) & 1) === 1);
    }
  }

  /** In columns of two from the right, up and down in turns. */
  fill(bytes: Uint8Array): void {
    const { side } = this;
    let at = 0;
    for (let right = side - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let k = 0; k < side; k++) {
        const upward = ((right + 1) & 2) === 0;
        const y = upward ? side - 1 - k : k;
        for (const x of [right, right - 1]) {
          if (this.fixed[y * side + x] || at >= 8 * bytes.length) continue;
          this.dark[y * side + x] = (bytes[at >> 3] >> (7 - (at & 7))) & 1;
          at++;
        }
      }
    }
  }

  mask(mask: number): void {
    const { side } = this;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        if (!this.fixed[y * side + x] && MASKS[mask](x, y)) this.dark[y * side + x] ^= 1;
      }
    }
  }

  /** How hard the pattern is to read: long runs, squares of one colour, what looks like a finder, uneven share of dark. */
  penalty(): number {
    const { side, dark } = this;
    let total = 0;
    const finder = [1, 0, 1, 1, 1, 0, 1];
    const looksLikeFinder = (at: (k: number) => number, from: number) => {
      if (!finder.every((value, k) => at(from + k) === value)) return false;
      const light = (start: number) => [0, 1, 2, 3].every((k) => at(start + k) === 0);
      return light(from - 4) || light(from + 7);
    };
    for (let line = 0; line < side; line++) {
      for (const across of [true, false]) {
        const at = (k: number) => (k < 0 || k >= side ? 0 : across ? dark[line * side + k] : dark[k * side + line]);
        for (let k = 0, run = 0; k < side; k++) {
          run = k > 0 && at(k) === at(k - 1) ? run + 1 : 1;
          if (run === 5) total += 3;
          else if (run > 5) total += 1;
          if (looksLikeFinder(at, k)) total += 40;
        }
      }
    }
    let count = 0;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const value = dark[y * side + x];
        count += value;
        if (x + 1 === side || y + 1 === side) continue;
        const next = (y + 1) * side + x;
        if (dark[y * side + x + 1] === value && dark[next] === value && dark[next + 1] === value) total += 3;
      }
    }
    return total + 10 * Math.floor(Math.abs((100 * count) / (side * side) - 50) / 5);
  }
}

export interface QrModules {
  /** Modules along one side. */
  readonly side: number;
  /** side × side, row by row; 1 is dark. */
  readonly dark: Uint8Array;
  readonly version: number;
}

/** The code of a text (UTF-8), in the smallest version that holds it; null where none does. `mask` is for tests alone. */
export function qrModules(text: string, mask: number | null = null): QrModules | null {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= 40 && 4 + countBits(version) + 8 * bytes.length > 8 * dataBytes(version)) version++;
  if (version > 40) return null;
  const content = interleaved(dataOf(bytes, version), version);
  const draw = (chosen: number): Grid => {
    const grid = new Grid(4 * version + 17);
    const { side } = grid;
    for (let k = 0; k < side; k++) {
      grid.set(6, k, k % 2 === 0);
      grid.set(k, 6, k % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [side - 4, 3],
      [3, side - 4],
    ]) {
      grid.target(x, y, 4);
    }
    const places = alignments(version);
    const [first, last] = [places[0], places.at(-1)];
    for (const x of places) {
      for (const y of places) {
        const corner = (x === first && (y === first || y === last)) || (x === last && y === first);
        if (!corner) grid.target(x, y, 2);
      }
    }
    grid.format(chosen);
    grid.version(version);
    grid.fill(content);
    grid.mask(chosen);
    return grid;
  };
  const grids = (mask === null ? MASKS.map((_, k) => k) : [mask]).map(draw);
  const best = grids.map((grid) => grid.penalty());
  const { side, dark } = grids[best.indexOf(Math.min(...best))];
  return { side, dark, version };
}
