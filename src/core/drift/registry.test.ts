import { describe, expect, test } from 'vitest';
import type { DriftKind, DriftSettings, PrepareContext } from './definition.ts';
import { UnusableDriftError } from './definition.ts';
import { randomOrthogonal } from './randomOrthogonal.ts';
import { DRIFTS, definitionOf } from './registry.ts';
import { givenNoise } from './noise.ts';

const matrix = (rows: number, dims: number) => ({
  values: new Float64Array(rows * dims).map((_, i) => Math.sin(i + 1)),
  ...{ rows, dims, scale: new Float64Array(rows).fill(1) },
});
const context: PrepareContext = {
  embeddings: matrix(6, 5),
  rows: Uint32Array.of(3, 4, 5),
  labels: Uint8Array.of(0, 1, 0),
  weights: Float64Array.of(1, 2, 3, 4, 5),
  trainRows: Uint32Array.of(0, 1, 2),
  trainLabels: Uint8Array.of(0, 1, 1),
  target: null,
};
const prepare = (settings: Partial<DriftSettings> & { kind: DriftKind }, other: Partial<PrepareContext> = {}) =>
  definitionOf(settings.kind).prepare(
    { units: 'per-coordinate', direction: 'random', planes: null, seed: 1, renormalize: true, ...settings },
    { ...context, ...other },
  );

describe('the registry of drifts', () => {
  test('holds each kind once, with its source', () => {
    expect(new Set(DRIFTS.map(({ id }) => id)).size).toBe(DRIFTS.length);
    for (const drift of DRIFTS) {
      expect(definitionOf(drift.id)).toBe(drift);
      expect(drift.source.length).toBeGreaterThan(10);
    }
    expect(() => definitionOf('tilt' as DriftKind)).toThrow(RangeError);
  });
});

describe('data that cannot carry a drift is refused with the reason', () => {
  test('a second model that is missing, of other dimensions, or too short', () => {
    expect(() => prepare({ kind: 'model' })).toThrow(UnusableDriftError);
    expect(() => prepare({ kind: 'model' }, { target: matrix(6, 4) })).toThrow(/4 dimensions and this one 5/);
    expect(() => prepare({ kind: 'model' }, { target: matrix(5, 5) })).toThrow(/row 5 is missing/);
  });

  test('a class-mean direction without both classes, or a mean without rows', () => {
    const trainLabels = Uint8Array.of(1, 1, 1);
    const shift = { kind: 'directional', direction: 'class-mean' } as const;
    expect(() => prepare(shift, { trainLabels })).toThrow(/Class 0 has no training row/);
    const none = { trainRows: new Uint32Array(0), trainLabels: new Uint8Array(0) };
    expect(() => prepare({ kind: 'mean-shift' }, none)).toThrow(/no training rows/);
  });

  test('a probe without direction', () => {
    const weights = new Float64Array(5);
    expect(() => prepare({ kind: 'directional', direction: 'opposed' }, { weights })).toThrow(/has no direction/);
  });

  test('more planes than half the dimensions, or none', () => {
    expect(() => prepare({ kind: 'rotation', planes: 3 })).toThrow(/from 1 to 2/);
    expect(() => prepare({ kind: 'rotation', planes: 0 })).toThrow(UnusableDriftError);
  });

  test('noise of another shape', () => {
    const noise = givenNoise(new Float64Array(10), 2, 5);
    expect(() => prepare({ kind: 'gaussian' }, { noise })).toThrow(RangeError);
  });
});

describe('the random orthogonal matrix', () => {
  test('has orthonormal columns to rounding', () => {
    const dims = 101;
    const q = randomOrthogonal(9, dims, dims);
    let worst = 0;
    for (let a = 0; a < dims; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = a === b ? -1 : 0;
        for (let i = 0; i < dims; i++) sum += q[a * dims + i] * q[b * dims + i];
        worst = Math.max(worst, Math.abs(sum));
      }
    }
    expect(worst).toBeLessThan(1e-14);
  });

  test('has the same first columns however many are asked for', () => {
    expect(randomOrthogonal(9, 40, 7)).toEqual(randomOrthogonal(9, 40, 40).subarray(0, 7 * 40));
  });
});
