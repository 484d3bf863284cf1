import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.ts';
import { openFile } from './openFile.ts';
import type { ByteSource } from './reading.ts';
import { collect, everyColumn } from './testing/collect.ts';
import { FIXTURES, fixtureBytes } from './testing/fixtureFiles.ts';

const SLOWEST_MS = 5_000;

/** A source that throws where more is read than there is. */
function guarded(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(start, end) {
      const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
      if (!whole || start < 0 || start > end || end > bytes.length) {
        throw new Error(`bytes ${start} to ${end} of ${bytes.length} were asked for`);
      }
      return bytes.slice(start, end);
    },
  };
}

/** Rows, or the message of a DataError; throws for any other error. */
async function readAll(bytes: Uint8Array, name: string): Promise<number | string> {
  try {
    const file = await openFile(guarded(bytes, name));
    return (await collect(file, everyColumn(file))).rows;
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}

const edit = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.nat(255),
  }),
  fc.record({ kind: fc.constant('huge' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let out = bytes.slice();
  for (const { kind, at, byte } of edits) {
    const place = Math.floor(at * out.length);
    if (kind === 'flip') out[place] = byte;
    else if (kind === 'cut') out = out.slice(0, place);
    else if (kind === 'insert') out = new Uint8Array([...out.subarray(0, place), byte, ...out.subarray(place)]);
    // Lengths and offsets live in aligned words: the largest values are the likeliest to hurt.
    else out.fill(byte > 127 ? 255 : 127, place & ~3, (place & ~3) + 4);
  }
  return out;
}

describe('a damaged file ends in rows or in a DataError of one line', () => {
  test.each(FIXTURES)('%s', async (name) => {
    const sound = fixtureBytes(name);
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const start = performance.now();
        const result = await readAll(edited(sound, edits), name);
        if (typeof result === 'string') expect(result).not.toMatch(/[\r\n]/);
        expect(performance.now() - start).toBeLessThan(SLOWEST_MS);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

test('a file that is cut anywhere is never read as if it were whole, text apart', async () => {
  for (const name of FIXTURES.filter((file) => /\.(npy|npz|safetensors|feather)$/.test(file))) {
    const sound = fixtureBytes(name);
    for (const length of [1, 7, 8, 9, 64, sound.length >> 1, sound.length - 9, sound.length - 1]) {
      if (length >= sound.length) continue;
      expect(typeof (await readAll(sound.slice(0, length), name)), `${name} cut to ${length}`).toBe('string');
    }
  }
});
