import { crc32 } from './crc32.ts';
import { Generator } from './generator.ts';
import { SeedSequence } from './seedSequence.ts';
import { Sfc64 } from './sfc64.ts';

export { crc32 };

/**
 * The named stream of a seed. In NumPy:
 * `Generator(SFC64(SeedSequence(seed, spawn_key=(zlib.crc32(name.encode()),))))`.
 *
 * Streams of different names or seeds are independent for all practical purposes. `seed` is a whole number from 0 to
 * 2^53 − 1; anything else throws a RangeError.
 */
export function stream(seed: number, name: string): Generator {
  return new Generator(new Sfc64(new SeedSequence(seed, [crc32(name)])));
}
