import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { sha256Hex } from './sha256.ts';
import { sha256Plain } from './sha256Plain.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the digests are those of FIPS 180-4', async () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const two = '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1';
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  for (const [text, digest] of [
    ['abc', abc],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', two],
    ['', empty],
  ]) {
    expect(sha256Plain(ascii(text))).toBe(digest);
    expect(await sha256Hex(ascii(text))).toBe(digest);
  }
});

test('the plain digest equals the platform’s on random bytes of every length near a block', async () => {
  for (let n = 0; n <= 200; n++) {
    const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 167 + n * 31) & 255);
    expect(sha256Plain(bytes)).toBe(await sha256Hex(bytes));
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      expect(sha256Plain(bytes)).toBe(await sha256Hex(bytes));
    }),
  );
});

test('without crypto.subtle the hash is still computed', async () => {
  const bytes = ascii('not a secure context');
  const expected = await sha256Hex(bytes);
  vi.stubGlobal('crypto', {});
  try {
    expect(globalThis.crypto.subtle).toBeUndefined();
    expect(await sha256Hex(bytes)).toBe(expected);
  } finally {
    vi.unstubAllGlobals();
  }
});
