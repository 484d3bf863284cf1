import { chisquare, standardExponential } from './distributions.ts';
import { expect, test } from 'vitest';
import { type Drawn, numpy, sha256 } from './fixtures/numpy.ts';
import { SeedSequence } from './seedSequence.ts';
import { crc32, stream } from './streams.ts';

function expectDrawn(values: Float64Array, drawn: Drawn): void {
  expect([...values.subarray(0, 16)]).toEqual(drawn.first);
  expect(drawn.later.map(([i]) => [i, values[i]])).toEqual(drawn.later);
  expect(sha256(values)).toBe(drawn.sha256);
}

for (const row of numpy.streams) {
  const { seed, name } = row;
  const label = `stream(${seed}, '${name}')`;

  test(`${label} hashes its name and seeds SFC64 as NumPy does`, () => {
    expect(crc32(name)).toBe(row.crc32);
    expect([...new SeedSequence(seed, [crc32(name)]).generateUint32(9)]).toEqual(row.state32);
  });

  test(`${label}: the first million uniforms equal NumPy’s`, () => {
    expectDrawn(stream(seed, name).random(new Float64Array(row.random.count)), row.random);
  });

  test(`${label}: the first million normals equal NumPy’s`, () => {
    expect(row.tailDraws).toBeGreaterThan(100);
    expectDrawn(stream(seed, name).standardNormal(new Float64Array(row.standardNormal.count)), row.standardNormal);
  });

  test(`${label}: the first million exponentials equal NumPy’s`, () => {
    const out = new Float64Array(row.standardExponential.count);
    expectDrawn(standardExponential(stream(seed, name), out), row.standardExponential);
  });
}

test.each(numpy.integers)('integers from $low below $high equal NumPy’s', (row) => {
  expectDrawn(stream(42, 'integers').integers(row.low, row.high, row.count), row);
});

test.each(numpy.permutations)('the permutation of $n equals NumPy’s', (row) => {
  const order = stream(42, 'permutation').permutation(row.n);
  expect([...order.subarray(0, 16)]).toEqual(row.first);
  expect(sha256(order)).toBe(row.sha256);
});

test.each(numpy.chisquares.filter((row) => row.df >= 2))('chi-squares of $df degrees equal NumPy’s', (row) => {
  expectDrawn(chisquare(stream(42, 'chisquare'), row.df, new Float64Array(row.count)), row);
});

test.each(numpy.chisquares.filter((row) => row.df < 2))(
  'chi-squares of $df degrees equal NumPy’s but for the last digits of a power',
  (row) => {
    const values = chisquare(stream(42, 'chisquare'), row.df, new Float64Array(row.count));
    row.every500.forEach((expected, i) => {
      // One unit in the last place of the logarithm is multiplied by the power 2 / df.
      expect(Math.abs(values[500 * i] - expected)).toBeLessThanOrEqual((2 + 2 / row.df) * 4.5e-16 * expected);
    });
  },
);

test('calls of several kinds on one stream equal NumPy’s, the spare 32 bits waiting through 64-bit draws', () => {
  const { mixed } = numpy;
  const g = stream(42, 'mixed');
  expect([...g.integers(0, 1000, 3)]).toEqual(mixed.integers3);
  expect([...g.random(new Float64Array(2))]).toEqual(mixed.random2);
  expect([...g.integers(0, 1000, 2)]).toEqual(mixed.integers2);
  expect([...g.standardNormal(new Float64Array(5))]).toEqual(mixed.normal5);
  expect([...g.permutation(8)]).toEqual(mixed.permutation8);
  expect([...g.integers(0, 2 ** 45, 2)]).toEqual(mixed.wide2);
  expect([...standardExponential(g, new Float64Array(2))]).toEqual(mixed.exponential2);
  expect([...chisquare(g, 5, new Float64Array(2))]).toEqual(mixed.chisquare2);
  expect([...g.permutation(5)]).toEqual(mixed.permutation5);
  expect(g.random1()).toBe(mixed.random1);
});
