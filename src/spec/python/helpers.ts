import type { Helper } from './literals.ts';

/** Small functions that pieces of a script share, in the order in which they are written. */
export const HELPERS: Readonly<Record<Helper, readonly string[]>> = {
  stream: [
    'def stream(seed, name):  # random numbers of their own for each purpose',
    '    key = (zlib.crc32(name.encode()),)',
    '    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))',
  ],
  lengths: ['def lengths(rows):', '    return np.linalg.norm(rows, axis=1, keepdims=True)'],
  unit: ['def unit(v):', '    return v / np.linalg.norm(v)'],
};
