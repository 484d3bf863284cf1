import { expect, test } from 'vitest';
import type { DataSpec } from '../../spec/types.ts';
import { pairingOf, type MeasuredRows } from './pairing.ts';

const data: DataSpec = { id: 'tweets', version: 'base', normalize: true, synthetic: null, cone: null, own: null };
const rows: MeasuredRows = { data, rows: Uint32Array.of(4, 7, 9), labels: Uint8Array.of(0, 1, 1) };
const synthetic = { rows: 100, dims: 8, separation: 2, spectrum: 0, meanCosine: 0, seed: 1 };
const made = (patch: Partial<typeof synthetic>): MeasuredRows => ({
  ...rows,
  data: { ...data, id: 'synthetic', synthetic: { ...synthetic, ...patch } },
});

test('the same rows of a set are paired, whatever the encoder version or the cone', () => {
  const other = { ...rows, data: { ...data, version: 'int4-per-tensor', cone: { multiple: 2, seed: 1 } } };
  expect(pairingOf(rows, other)).toMatchObject({ paired: true });
  expect(pairingOf(rows, other).why).toContain('same 3 rows');
});

test('another set, other rows or other labels are not', () => {
  expect(pairingOf(rows, { ...rows, data: { ...data, id: 'prompts' } }).why).toContain('different datasets');
  expect(pairingOf(rows, { ...rows, rows: Uint32Array.of(4, 9, 7) }).why).toContain('different rows');
  expect(pairingOf(rows, { ...rows, labels: Uint8Array.of(1, 1, 1) }).why).toContain('labels');
});

test('synthetic rows pair where they are made of the same draws', () => {
  expect(pairingOf(made({}), made({ separation: 3 })).paired).toBe(true);
  expect(pairingOf(made({}), made({ seed: 2 }))).toMatchObject({ paired: false });
});
