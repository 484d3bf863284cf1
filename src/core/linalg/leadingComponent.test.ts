import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { norm } from './dot.ts';
import { leadingComponentSteps, type LeadingComponent } from './leadingComponent.ts';
import { createKernels } from './kernels.ts';
import { allocateEmbeddings } from './simdKernels.ts';

function leading(rows: number[][], without: Float64Array | null, seed = 1): LeadingComponent {
  const dims = rows[0].length;
  const embeddings = allocateEmbeddings(rows.length, dims);
  rows.forEach((row, i) => embeddings.values.set(row, i * dims));
  embeddings.scale.fill(1);
  const all = Uint32Array.from(rows, (_, i) => i);
  const steps = leadingComponentSteps(createKernels(embeddings), all, without, seed);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    expect(step.value).toBeLessThan(1);
  }
}

/** Rows with standard deviation `spreads[j]` along coordinate j, around a mean that is not zero. */
function cloud(spreads: readonly number[], count: number, seed: number): number[][] {
  const generator = stream(seed, 'cloud');
  return Array.from({ length: count }, () => {
    const draws = generator.standardNormal(new Float64Array(spreads.length));
    return spreads.map((spread, j) => Math.fround(3 - j + spread * draws[j]));
  });
}

describe('the leading component', () => {
  test('is the direction of most variance of the centred rows', () => {
    const rows = cloud([0.5, 4, 1, 0.2], 4000, 2);
    const { direction, share, settled, variance } = leading(rows, null);
    expect(direction[1]).toBeGreaterThan(0.999);
    expect(share).toBeCloseTo(16 / (16 + 1 + 0.25 + 0.04), 1);
    expect(variance).toBeGreaterThan(14);
    expect(settled).toBe(true);
  });

  test('is orthogonal to what is taken out, and then the direction of most variance among the rest', () => {
    const { direction } = leading(cloud([0.5, 4, 1, 0.2], 4000, 2), Float64Array.of(0, 2, 0, 0));
    expect(Math.abs(direction[1])).toBeLessThan(1e-15);
    expect(direction[2]).toBeGreaterThan(0.99);
  });

  test('has at least the variance of any other direction orthogonal to what is taken out', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 2, max: 9 }), (seed, dims) => {
        const generator = stream(seed, 'property');
        const spreads = Array.from({ length: dims }, (_, j) => 1 + j * j);
        const rows = cloud(spreads, 60, seed);
        const without = generator.standardNormal(new Float64Array(dims));
        const found = leading(rows, without);
        const other = generator.standardNormal(new Float64Array(dims));
        const k = norm(without);
        const along = other.reduce((sum, v, j) => sum + (v * without[j]) / k, 0);
        const left = other.map((v, j) => v - (along * without[j]) / k);
        const length = norm(left);
        const scores = rows.map((row) => row.reduce((sum, v, j) => sum + (v * left[j]) / length, 0));
        const mean = scores.reduce((sum, v) => sum + v, 0) / scores.length;
        const variance = scores.reduce((sum, v) => sum + (v - mean) ** 2, 0) / scores.length;
        expect(found.variance).toBeGreaterThan(variance * (1 - 1e-3));
        expect(Math.abs(norm(found.direction) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 100 },
    );
  });

  test('is the same to the last bit each time, and has a sign that no seed decides', () => {
    const rows = cloud([0.5, 4, 1, 0.2], 500, 3);
    expect(leading(rows, null, 7).direction).toEqual(leading(rows, null, 7).direction);
    expect(leading(rows, null, 8).direction[1]).toBeGreaterThan(0.99);
    expect(leading(rows, null, 9).direction[1]).toBeGreaterThan(0.99);
  });

  test('is zero where nothing varies', () => {
    const same = leading(
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      null,
    );
    expect([...same.direction]).toEqual([0, 0]);
    expect(same.share).toBeNull();
    const onLine = leading(
      [
        [1, 2],
        [2, 2],
        [4, 2],
      ],
      Float64Array.of(1, 0),
    );
    expect([...onLine.direction]).toEqual([0, 0]);
  });
});
