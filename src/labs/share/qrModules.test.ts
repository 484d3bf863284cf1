import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MOST_QR_BYTES, qrModules } from './qrModules.ts';

/** Codes of the first characters of TEXT as another encoder makes them (the npm package uqr 0.1.3, level L, given mask). */
const TEXT = 'https://lab.example/#v=1&lab=drift&sigma=0.02'.repeat(70);
const OTHERS = [
  { length: 1, mask: 0, version: 1, sha256: '346ea3dced9b582dd1256d3f79ca355a55b3454e2985197d98ee5b971401efb3' },
  { length: 17, mask: 1, version: 1, sha256: '9bf00a2db59e3f6889346acef8ccffa0bf237d37707c07dad70080f14de5e1d4' },
  { length: 18, mask: 2, version: 2, sha256: '408f9984bb7c244c570432bd3bcff5b5b6652acc36fffe4a84b1155045b6622e' },
  { length: 100, mask: 3, version: 5, sha256: 'feda44fb1ca83a7714b9c65c0aed5ad598280074fd60b955e8d5ee477ba3e8f4' },
  { length: 150, mask: 4, version: 7, sha256: 'e8301d357fb980409943a96191fdf6e96c40cc717c19ee622222dc9470ccc218' },
  { length: 271, mask: 5, version: 10, sha256: '76a8b623f3010a21f4fa42e0b21d3be070929b9edf7fae17bfb68102b1c01523' },
  { length: 272, mask: 6, version: 11, sha256: 'e0c6a1078af4cb0e5c16f9f3d3ea8c6be6dbd180b2bddd0fbc94af9972beaf5e' },
  { length: 800, mask: 7, version: 20, sha256: 'd6517223d15175148d2ee6ff71c44044d1b064cf4e767f49cc346f7535119ac7' },
  { length: 1500, mask: 0, version: 28, sha256: '0a9fa3451fe884adb98c049e5edc4c80e93f50016c1fa1fbd4cbe26d08727107' },
  { length: 2953, mask: 1, version: 40, sha256: '8c43beaf72fac180f7cb3649f77dfc096cdf2c8498c3c9262a01e0d039ae43cd' },
];

describe('a QR code', () => {
  test('is the one that another encoder makes, module by module, small and large', () => {
    for (const { length, mask, version, sha256 } of OTHERS) {
      const code = qrModules(TEXT.slice(0, length), mask);
      expect(code?.version).toBe(version);
      expect(
        createHash('sha256')
          .update(code?.dark ?? '')
          .digest('hex'),
        String(length),
      ).toBe(sha256);
    }
  });

  test('grows with its text and ends where the largest is full', () => {
    expect(qrModules('')?.version).toBe(1);
    expect(qrModules('x'.repeat(MOST_QR_BYTES))?.version).toBe(40);
    expect(qrModules('x'.repeat(MOST_QR_BYTES + 1))).toBe(null);
    expect(qrModules('ü'.repeat(9))?.version).toBe(2);
  });

  test('has about as many dark modules as light ones, whatever it says', () => {
    for (const text of ['0'.repeat(200), 'U'.repeat(500), TEXT.slice(0, 300)]) {
      const { dark, side } = qrModules(text) ?? { dark: new Uint8Array(), side: 1 };
      const share = dark.reduce((sum, value) => sum + value, 0) / (side * side);
      expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
    }
  });
});
