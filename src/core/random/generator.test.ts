import { chisquare, standardGamma } from './distributions.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeedSequence } from './seedSequence.ts';
import { Sfc64 } from './sfc64.ts';
import { stream } from './streams.ts';
import { fillStandardNormal, standardNormal } from './ziggurat.ts';

const seeds = fc.maxSafeNat();

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(seeds, fc.nat({ max: 3000 }), (seed, n) => {
      const order = stream(seed, 'p').permutation(n);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
});

test('normals drawn one at a time, in parts and all at once are the same', () => {
  fc.assert(
    fc.property(seeds, fc.nat({ max: 20_000 }), fc.nat({ max: 2000 }), (seed, bulk, singles) => {
      const whole = stream(seed, 'n').standardNormal(new Float64Array(bulk + singles + 100));
      const g = stream(seed, 'n');
      const parts = [...g.standardNormal(new Float64Array(bulk))];
      for (let i = 0; i < singles; i++) parts.push(g.standardNormal1());
      parts.push(...g.standardNormal(new Float64Array(100)));
      expect(parts).toEqual([...whole]);
    }),
    { numRuns: 30 },
  );
});

test('uniforms drawn one at a time and at once are the same', () => {
  const all = stream(3, 'u').random(new Float64Array(50));
  const g = stream(3, 'u');
  expect(Array.from({ length: 50 }, () => g.random1())).toEqual([...all]);
});

test('integers stay inside their range', () => {
  const range = fc.tuple(fc.maxSafeInteger(), fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.maxSafeNat()));
  fc.assert(
    fc.property(seeds, range, (seed, [low, span]) => {
      const high = low + span;
      fc.pre(span > 0 && Number.isSafeInteger(high));
      for (const value of stream(seed, 'i').integers(low, high, 20)) {
        expect(Number.isSafeInteger(value) && value >= low && value < high).toBe(true);
      }
    }),
  );
});

test('the counter of SFC64 carries from its low half to its high half', () => {
  const bits = () => {
    const at = new Sfc64(new SeedSequence(9));
    at.state[6] = -2;
    at.state[7] = 5;
    return at;
  };
  const wide = (at: Sfc64) =>
    [0, 2, 4, 6].map((i) => (BigInt(at.state[i + 1] >>> 0) << 32n) | BigInt(at.state[i] >>> 0));
  const at = bits();
  let [a, b, c, d] = wide(at);
  for (let i = 0; i < 6; i++) {
    at.next64();
    const drawn = BigInt.asUintN(64, a + b + d);
    [a, b, c, d] = [
      b ^ (b >> 11n),
      BigInt.asUintN(64, c + (c << 3n)),
      BigInt.asUintN(64, ((c << 24n) | (c >> 40n)) + drawn),
      d + 1n,
    ];
    expect((BigInt(at.high >>> 0) << 32n) | BigInt(at.low >>> 0)).toBe(drawn);
    expect(wide(at)).toEqual([a, b, BigInt.asUintN(64, c), d]);
  }
  expect(at.state[7]).toBe(6);

  const filled = new Float64Array(8);
  fillStandardNormal(bits(), filled);
  const single = bits();
  expect([...filled]).toEqual(Array.from(filled, () => standardNormal(single)));
});

test.each([-1, 1.5, NaN, Infinity, 2 ** 53])('a stream refuses the seed %s', (seed) => {
  expect(() => stream(seed, 'noise')).toThrow(/whole number from 0 to 2\^53/);
});

test('the largest seed and the smallest are taken', () => {
  expect(stream(Number.MAX_SAFE_INTEGER, 'x').random1()).not.toBe(stream(0, 'x').random1());
});

test('settings that no distribution has are refused', () => {
  const g = stream(1, 'x');
  const out = new Float64Array(1);
  for (const df of [0, -1, NaN, Infinity]) expect(() => chisquare(g, df, out)).toThrow(RangeError);
  for (const shape of [-1, NaN, Infinity]) expect(() => standardGamma(g, shape, out)).toThrow(RangeError);
  for (const n of [-1, 0.5, 2 ** 32]) expect(() => g.permutation(n)).toThrow(RangeError);
  for (const [low, high] of [
    [0, 0],
    [5, 4],
    [0.5, 3],
    [-(2 ** 52), 2 ** 52 + 1],
    [-(2 ** 53), 0],
    [0, Infinity],
  ]) {
    expect(() => g.integers(low, high, 1)).toThrow(RangeError);
  }
  expect(standardGamma(g, 0, out)[0]).toBe(0);
});
