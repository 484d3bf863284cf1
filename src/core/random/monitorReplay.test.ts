import { expect, test } from 'vitest';
// Golden vectors 01 and 02 of the monitor paper's re-implementation: what CPython and NumPy draw. Tolerance 0.
import { CPythonRandom } from './cpython.ts';
import cpython from './fixtures/cpythonRandom.json';
import numpy from './fixtures/numpyPcg64.json';
import { Mt19937 } from './mt19937.ts';
import { NumpyDefaultRng } from './numpyChoice.ts';

test.each(cpython.cases)('draws what random.Random($seed) draws, to the last bit', (golden) => {
  const words = new CPythonRandom(golden.seed);
  expect(golden.u32.map(() => words.nextUint32())).toEqual(golden.u32);
  const uniform = new CPythonRandom(golden.seed);
  expect(golden.random.map(() => uniform.random())).toEqual(golden.random);
  expect([...new CPythonRandom(golden.seed).shuffledRange(10)]).toEqual(golden.shuffle10);
  const r = new CPythonRandom(golden.seed);
  const order = r.shuffle(Array.from({ length: 500 }, (_, i) => i));
  expect(order.slice(0, 12)).toEqual(golden.shuffle500_first12);
  expect(order.slice(-3)).toEqual(golden.shuffle500_last3);
  expect(order.reduce((sum, v, i) => sum + i * v, 0)).toBe(golden.shuffle500_checksum_sum_i_times_perm_i);
  expect(r.random()).toBe(golden.random_after_shuffle500);
});

test.each(numpy.cases)('draws what default_rng($seed) draws, to the last bit', (golden) => {
  const g = new NumpyDefaultRng(golden.seed);
  const words = golden.u64_hex.map(() => {
    g.bits.next64();
    return `0x${((BigInt(g.bits.high >>> 0) << 32n) | BigInt(g.bits.low >>> 0)).toString(16)}`;
  });
  expect(words).toEqual(golden.u64_hex);
  const uniform = new NumpyDefaultRng(golden.seed);
  expect(golden.random.map(() => uniform.random())).toEqual(golden.random);
  const filled = new NumpyDefaultRng(golden.seed).indices(500, new Float64Array(golden.integers_0_500.length));
  expect([...filled]).toEqual(golden.integers_0_500);
  const turns = new NumpyDefaultRng(golden.seed);
  expect(golden.alternating_random_then_choice500.map((_, i) => (i % 2 ? turns.index(500) : turns.random()))).toEqual(
    golden.alternating_random_then_choice500,
  );
});

test('PCG64 on 32-bit limbs agrees with 128-bit arithmetic over 20,000 draws', () => {
  const at = new NumpyDefaultRng(3).bits;
  const { state, increment } = at as unknown as { state: Uint32Array; increment: Uint32Array };
  const wide = (limbs: Uint32Array) => limbs.reduceRight((sum, limb) => (sum << 32n) | BigInt(limb), 0n);
  let s = wide(state);
  const inc = wide(increment);
  for (let i = 0; i < 20_000; i++) {
    s = BigInt.asUintN(128, s * 0x2360ed051fc65da44385df649fccf645n + inc);
    const x = BigInt.asUintN(64, s ^ (s >> 64n));
    const turn = s >> 122n;
    const expected = BigInt.asUintN(64, (x >> turn) | (x << (64n - turn)));
    at.next64();
    if (((BigInt(at.high >>> 0) << 32n) | BigInt(at.low >>> 0)) !== expected) expect.fail(`draw ${i} differs`);
  }
  expect(wide(state)).toBe(s);
});

test('a seed of two words, and its sign, seed as Python does', () => {
  // print(random.Random(2**40 + 5).random()), and the same of its negative
  expect(new CPythonRandom(2 ** 40 + 5).random()).toBe(0.5043802970418443);
  expect(new CPythonRandom(-(2 ** 40) - 5).random()).toBe(0.5043802970418443);
});

test('seeds, ranges and keys that cannot be used are refused', () => {
  expect(() => new CPythonRandom(0.5)).toThrow(RangeError);
  expect(() => new CPythonRandom(2 ** 53)).toThrow(RangeError);
  for (const n of [0, -1, 1.5, 2 ** 32]) expect(() => new CPythonRandom(1).below(n)).toThrow(RangeError);
  for (const n of [0, -1, 1.5, NaN]) expect(() => new NumpyDefaultRng(1).index(n)).toThrow(RangeError);
  expect(() => new NumpyDefaultRng(-1)).toThrow(RangeError);
  expect(() => new Mt19937([])).toThrow(RangeError);
});
