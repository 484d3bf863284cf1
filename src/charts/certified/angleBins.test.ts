import { describe, expect, test } from 'vitest';
import { angleBins, binsSentence, binsTable } from './angleBins.ts';

describe('bins of certified angles', () => {
  test('count every row once, right and wrong apart, the largest in the last bin', () => {
    const bins = angleBins(Float64Array.of(0, 1, 1.5, 4, 3.9), Uint8Array.of(1, 1, 0, 1, 0), 4);
    expect([...bins.right]).toEqual([2, 0, 0, 1]);
    expect([...bins.wrong]).toEqual([0, 1, 0, 1]);
    expect([...bins.edges]).toEqual([0, 1, 2, 3, 4]);
    expect(binsTable(bins).rows).toHaveLength(4);
    expect(binsSentence(bins, 0.47, 1.15)).toMatch(/3 are right without drift and 2 wrong.*0\.47°.*1\.15°/);
  });
});
