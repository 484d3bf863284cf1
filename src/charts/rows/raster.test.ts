import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverage, markSize, markSizes, type MarkStyle } from './marks.ts';
import { drawRows } from './raster.ts';
import type { Edges } from './scene.ts';

const EDGES: Edges = { decision: 0, above: 0.5, below: -0.5, ofAnswer: false };
const DOMAIN = { x: [-1, 1], y: [-1, 1] } as const;
const STYLE: MarkStyle = {
  ...markSizes(100, 1),
  opacity: 1,
  background: [255, 255, 255],
  class0: [200, 100, 0],
  class1: [0, 0, 250],
  silent: [255, 0, 128],
};

function draw(points: readonly (readonly [number, number, number])[], size = 41, style = STYLE) {
  const pixels = new Uint32Array(size * size);
  const x = Float64Array.from(points, ([value]) => value);
  const y = Float64Array.from(points, ([, value]) => value);
  const labels = Uint8Array.from(points, ([, , label]) => label);
  const outside = drawRows({ pixels, width: size, height: size }, { x, y }, labels, EDGES, DOMAIN, style);
  const at = (column: number, row: number): number[] => {
    const value = pixels[row * size + column];
    return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
  };
  return { at, outside, pixels };
}

describe('rows drawn by the processor', () => {
  test('are filled for class 1, hollow for class 0, and diamonds of another colour when wrong and confident', () => {
    const right = draw([[0.2, 0, 1]]);
    expect(right.at(24, 20)).toEqual([0, 0, 250, 255]);
    const hollow = draw([[-0.2, 0, 0]]);
    expect(hollow.at(16, 20)).toEqual([255, 255, 255, 255]);
    expect(hollow.at(12, 20)).toEqual([200, 100, 0, 255]);
    const silent = draw([[-0.8, 0, 1]]);
    expect(silent.at(4, 20)).toEqual([255, 0, 128, 255]);
  });

  test('put silent failures on top, whatever their place in the file', () => {
    const points = [
      [-0.6, 0, 1],
      [-0.6, 0, 0],
    ] as const;
    for (const order of [points, [...points].reverse()]) expect(draw(order).at(12, 20)).toEqual([255, 0, 128, 255]);
    expect(draw([points[1]]).at(12, 20)).toEqual([200, 100, 0, 255]);
  });

  test('are counted when they lie outside the axes, and rows without a place are not drawn', () => {
    const { outside, pixels } = draw([
      [2, 0, 1],
      [0, -3, 0],
      [Number.NaN, 0, 1],
    ]);
    expect(outside).toBe(2);
    expect(new Set(pixels)).toEqual(new Set([0xffffffff]));
  });

  test('mix with what is under them as the formula of an over operator says, at any opacity and place', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 0.999, noNaN: true }),
        fc.double({ min: -0.999, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
        fc.constantFrom(0, 1),
        (x, y, opacity, background, label) => {
          const style = { ...STYLE, opacity, background };
          const { at } = draw([[x / 2.1, y, label]], 41, style);
          const [px, py] = [Math.floor((x / 2.1 + 1) * 20.5), Math.floor((1 - y) * 20.5)];
          const reach = (markSize(style.radius) - 1) / 2;
          const color = label === 1 ? style.class1 : style.class0;
          for (const [dx, dy] of [
            [0, 0],
            [reach - 1, 0],
            [1, -1],
          ]) {
            const [column, row] = [px + dx, py + dy];
            if (column < 0 || row < 0 || column > 40 || row > 40) continue;
            const share = opacity * coverage(dx, dy, style.radius, style.stroke, label === 0, false);
            const found = at(column, row);
            const unsure = x / 2.1 >= 0 === (label === 1) || Math.abs(x / 2.1) <= 0.5;
            if (!unsure) continue;
            for (const c of [0, 1, 2]) {
              expect(Math.abs(found[c] - (color[c] * share + background[c] * (1 - share)))).toBeLessThan(1.6);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
