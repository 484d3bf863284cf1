import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Digest, labelsDigest, littleEndian, ownDigests, rowsDigest } from './digest.ts';
import { memoryRows } from './rows.ts';
import { patternLabels, patternValues } from './testing/pattern.ts';

interface Fixtures {
  readonly digests: readonly {
    readonly rows: number;
    readonly dims: number;
    readonly dtype: 'float32' | 'float64';
    readonly embeddings: string;
    readonly labels: string;
    readonly labelsAndSplit: string;
  }[];
  readonly pieces: readonly { readonly piece: number; readonly length: number; readonly digest: string }[];
}
/** Made by fixtures/make_own_fixtures.py with hashlib and NumPy. */
const fixtures: Fixtures = JSON.parse(readFileSync(new URL('./fixtures/ownFixtures.json', import.meta.url), 'utf8'));

describe.each(fixtures.digests)('$rows × $dims of $dtype', ({ rows, dims, dtype, ...digests }) => {
  const values = patternValues(rows, dims);
  const store = memoryRows({ rows, dims, dtype }, dtype === 'float32' ? Float32Array.from(values) : values);
  const labels = patternLabels(rows);
  const split = Array.from(labels, (_, row) => ['train', 'validation', 'test'][row % 3]);

  test('the digests are those of Python', async () => {
    expect(await rowsDigest(store)).toBe(digests.embeddings);
    expect(await labelsDigest({ labels, split: null })).toBe(digests.labels);
    expect(await labelsDigest({ labels, split })).toBe(digests.labelsAndSplit);
  });

  test('all digests together', async () => {
    const seen: number[] = [];
    const all = await ownDigests({ rows, dims, labels, split }, store, store, (done) => void seen.push(done));
    expect(all).toEqual({
      rows,
      dims,
      embeddings: digests.embeddings,
      labels: digests.labelsAndSplit,
      target: digests.embeddings,
    });
    expect(seen[seen.length - 1]).toBe(2 * rows);
  });
});

test.each(fixtures.pieces)('$length bytes in pieces of $piece', async ({ piece, length, digest }) => {
  const bytes = new TextEncoder().encode('The quick brown fox jumps over the lazy dog').subarray(0, length);
  for (const step of [1, 3, 100]) {
    const one = new Digest(piece);
    for (let at = 0; at < length; at += step) await one.update(bytes.subarray(at, Math.min(length, at + step)));
    expect(await one.hex()).toBe(digest);
  }
});

test('one changed number, one changed label and another shape of the same numbers change the digest', async () => {
  const values = Float32Array.from(patternValues(6, 4));
  const of = (rows: number, dims: number, numbers: Float32Array) =>
    rowsDigest(memoryRows({ rows, dims, dtype: 'float32' }, numbers));
  const digest = await of(6, 4, values);
  expect(await of(4, 6, values)).not.toBe(digest);
  expect(
    await of(
      6,
      4,
      values.map((v, i) => (i === 23 ? v + 1 : v)),
    ),
  ).not.toBe(digest);
  const labels = patternLabels(6);
  expect(await labelsDigest({ labels, split: null })).not.toBe(
    await labelsDigest({ labels: labels.map((v, i) => (i === 0 ? 1 - v : v)), split: null }),
  );
});

test('numbers are hashed as little-endian bytes', () => {
  expect([...littleEndian(Float32Array.of(1))]).toEqual([0, 0, 0x80, 0x3f]);
  expect([...littleEndian(Float64Array.of(-2))]).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
});

test('rows in memory refuse an array of another size or type', () => {
  expect(() => memoryRows({ rows: 2, dims: 2, dtype: 'float32' }, new Float32Array(3))).toThrow(RangeError);
  expect(() => memoryRows({ rows: 2, dims: 2, dtype: 'float32' }, new Float64Array(4))).toThrow(RangeError);
});
