import { expect, test } from 'vitest';
import { plainKernels } from '../linalg/plainKernels.ts';
import { orthogonalColumns, orthogonalSteps } from '../linalg/qr.ts';
import { allocateEmbeddings } from '../linalg/simdKernels.ts';
import { stream } from '../random/streams.ts';
import type { LabDrift } from './definition.ts';
import { drawnOnce, randomOrthogonal, randomOrthogonalSteps } from './randomOrthogonal.ts';
import { rotationDrift } from './rotation.ts';
import { computeScalars, scalarSteps } from './scalars.ts';
import { subspaceDrift } from './subspace.ts';

/** FNV-1a over the bytes of arrays: the numbers below were taken from the same code in one piece. */
function digest(...arrays: (Float64Array | null)[]): string {
  let hash = 0x811c9dc5;
  for (const array of arrays) {
    if (array === null) continue;
    for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
  }
  return hash.toString(16);
}

test.each([
  [1, 1, '99accce'],
  [5, 5, 'd7c34898'],
  [64, 64, 'b2cecfca'],
  [300, 300, '83ba0cd8'],
  [300, 77, 'fb99c3e7'],
  [1100, 80, '2b16bfcc'],
])(
  '%i dimensions, %i columns: drawn in pieces, the matrix is to the last bit what it was in one',
  (dims, columns, bits) => {
    expect(digest(randomOrthogonal(11, dims, columns))).toBe(bits);
  },
);

const DIMS = 1501;
const ROWS = 6;

function wide() {
  const embeddings = allocateEmbeddings(ROWS, DIMS);
  embeddings.values.set(stream(3, 'test').standardNormal(new Float64Array(ROWS * DIMS)));
  embeddings.scale.fill(1);
  const context = {
    embeddings,
    rows: Uint32Array.from({ length: ROWS }, (_, k) => k),
    labels: new Uint8Array(ROWS),
    weights: stream(4, 'test').standardNormal(new Float64Array(DIMS)),
    trainRows: new Uint32Array(0),
    trainLabels: new Uint8Array(0),
    target: null,
  };
  // The pass does not ask whether the matrix is orthogonal.
  const matrix = stream(5, 'test').standardNormal(new Float64Array(DIMS * DIMS));
  const given = { get: () => matrix, *steps() {} };
  return {
    context,
    subspace: subspaceDrift(given, true, context),
    rotation: rotationDrift({ columns: given, count: DIMS }, 750, context),
  };
}

test('a pass in pieces gives to the last bit the numbers of one in one piece', () => {
  const { context, subspace, rotation } = wide();
  const bits = (drift: LabDrift): string => {
    const { wd, xd, dd, wp, pp } = computeScalars(drift, context, plainKernels(context.embeddings));
    const d = new Float64Array(DIMS);
    const p = drift.hasSecondComponent ? new Float64Array(DIMS) : null;
    drift.components(4, d, p);
    return digest(wd, xd, dd, wp, pp, d, p);
  };
  expect(bits(subspace)).toBe('3d195df3');
  expect(bits(rotation)).toBe('2461fce1');
});

test('a pass of the subspace kind looks up often, however few its rows', () => {
  const { context, subspace } = wide();
  const shares = [...scalarSteps(subspace, context, plainKernels(context.embeddings))];
  // 1,501² / 2 products for each of four rows together, and a matrix of 1,501² to add up.
  expect(shares.length).toBeGreaterThan(8);
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

test('no piece of a factorisation is larger than a few million products', () => {
  const n = 420;
  const normal = stream(1, 'test').standardNormal(new Float64Array(n * n));
  const steps = orthogonalSteps(normal, n);
  const shares: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(step.value).toEqual(orthogonalColumns(normal, n));
  // 2/3 n³ products in the first half, as many and half as many again in the second.
  expect(shares.length).toBeGreaterThan(((4 / 3) * n ** 3) / 4_000_000 / 2);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('what is drawn in pieces is not drawn again, and what was given up is', () => {
  let begun = 0;
  const drawn = drawnOnce(() => {
    begun++;
    return randomOrthogonalSteps(2, 9, 9);
  });
  const first = drawn.steps();
  first.next();
  first.return();
  const shares = [...drawn.steps()];
  expect(shares.length).toBeGreaterThan(0);
  expect([...drawn.steps()]).toEqual([]);
  expect(drawn.get()).toEqual(randomOrthogonal(2, 9, 9));
  expect(begun).toBe(2);
});
