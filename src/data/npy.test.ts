import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from './errors.ts';
import { float16Table } from './float16.ts';
// Written by NumPy 1.24 through fixtures/makeNpyFixtures.py.
import fixtures from './fixtures/npyFixtures.json';
import { parseNpyHeader, readNpy } from './npy.ts';
import { writeNpy } from './npyWrite.ts';

const decode = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
};
const small = (): Uint8Array => writeNpy(new Float64Array([1, 2, 3, 4, 5, 6]), 2, 3);
const withHeader = (header: string, data = new Uint8Array(0)): Uint8Array => {
  const text = new TextEncoder().encode(header);
  return new Uint8Array([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...text,
    ...data,
  ]);
};

describe('files that NumPy wrote', () => {
  test.each(fixtures.read)('are read to the last bit: $name', (fixture) => {
    const array = readNpy(decode(fixture.base64), 'x.npy');
    expect([array.rows, array.dims, array.dtype]).toEqual([fixture.rows, fixture.dims, fixture.dtype]);
    expect(array.values).toBeInstanceOf(fixture.dtype === 'float64' ? Float64Array : Float32Array);
    expect(array.values.length).toBe(fixture.values.length);
    array.values.forEach((value, i) => expect(Object.is(value, fixture.values[i])).toBe(true));
  });

  test.each(fixtures.read)('are read alike from an odd address into memory that the caller gives: $name', (fixture) => {
    const bytes = decode(fixture.base64);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const room = new Float32Array(fixture.values.length + 2);
    const array = readNpy(shifted, 'x.npy', (rows, dims) => room.subarray(1, 1 + rows * dims));
    expect(Array.from(array.values)).toEqual(fixture.values);
    if (fixture.dtype === 'float64') expect(room.every((v) => v === 0)).toBe(true);
    else expect(array.values.buffer).toBe(room.buffer);
    expect([room[0], room[room.length - 1]]).toEqual([0, 0]);
  });

  const said: Readonly<Record<string, string>> = {
    objects:
      'x.npy: it holds Python objects, which can run code when read, so it is not opened. Save it again with numpy.save(file, x.astype("float32")).',
    structured: 'x.npy: it holds a structured array (named fields). Save one plain two-dimensional array.',
    'three dimensions':
      'x.npy: it has 3 dimensions, shape (2, 3, 4), not two (rows × numbers). Reshape to two first: x.reshape(len(x), -1).',
    'no dimensions': 'x.npy: it has 0 dimensions, shape (), not two (rows × numbers). Save an array of rows.',
    'no rows': 'x.npy: it is an empty array of shape (0, 4). Save at least one row.',
    int64:
      'x.npy: it holds numbers of type "<i8", not float16, float32, float64, int8 or uint8. Save it again with numpy.save(file, x.astype("float32")).',
    complex:
      'x.npy: it holds numbers of type "<c8", not float16, float32, float64, int8 or uint8. Save it again with numpy.save(file, x.astype("float32")).',
    text: 'x.npy: it holds numbers of type "<U2", not float16, float32, float64, int8 or uint8. Save it again with numpy.save(file, x.astype("float32")).',
    NaN: 'x.npy, row 2: column 2 is NaN. Remove the row from embeddings and labels, or embed it again.',
    infinity: 'x.npy, row 2: column 3 is minus infinite. Remove the row from embeddings and labels, or embed it again.',
  };
  test.each(fixtures.refuse)('are refused in words where they cannot be used: $name', ({ name, base64 }) => {
    expect(messageOf(() => readNpy(decode(base64), 'x.npy'))).toBe(said[name]);
  });
});

describe('damaged files', () => {
  test('a file cut short says how many bytes are missing', () => {
    expect(messageOf(() => readNpy(small().subarray(0, 150), 'a.npy'))).toBe(
      'a.npy: it is cut short: the header promises 2 × 3 float64 numbers, 48 bytes, but 22 follow. Copy or export it again.',
    );
  });
  test('a file cut short anywhere is refused, and never read in part', () => {
    const bytes = small();
    for (let n = 0; n < bytes.length; n++) {
      expect(messageOf(() => readNpy(bytes.subarray(0, n), 'a.npy'))).toMatch(n === 0 ? /is empty/ : /cut short/);
    }
  });
  test('bytes after the numbers are refused', () => {
    expect(messageOf(() => readNpy(new Uint8Array([...small(), 0]), 'a.npy'))).toMatch(
      /too long.*48 bytes, but 49 follow/,
    );
  });
  test('a file with another mark, an archive and an unknown version are told apart', () => {
    expect(messageOf(() => readNpy(new TextEncoder().encode('label\n1\n'), 'a.npy'))).toMatch(
      /does not start with the mark/,
    );
    expect(messageOf(() => readNpy(new Uint8Array([0x50, 0x4b, 3, 4]), 'a.npz'))).toMatch(/zip archive/);
    const bytes = small();
    bytes[6] = 4;
    expect(messageOf(() => readNpy(bytes, 'a.npy'))).toMatch(/format version 4\.0/);
  });
  test.each([
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), ", 'cannot be read'],
    ['[1, 2]', 'not a Python dict'],
    ["{'descr': '<f8', 'shape': (1,)}", 'fortran_order'],
    ["{'descr': '<f8', 'fortran_order': False}", 'no shape'],
    ["{'fortran_order': False, 'shape': (1,)}", 'no number type'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 2)}", 'not made of whole numbers'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': ('a', 2)}", 'not made of whole numbers'],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (9007199254740991, 9007199254740991)}", 'larger than any file'],
    ["{'descr': '=f8', 'fortran_order': False, 'shape': (1,)}", 'type "=f8"'],
    ["{'descr': '<constructor', 'fortran_order': False, 'shape': (1,)}", 'type "<constructor"'],
    ['['.repeat(5000), 'too deep'],
  ])('a header of %s is refused', (header, words) => {
    expect(messageOf(() => readNpy(withHeader(header), 'a.npy'))).toContain(words);
  });
  test('a promise of more rows than memory holds is refused before memory is asked for', () => {
    let asked = false;
    const header = "{'descr': '<f2', 'fortran_order': False, 'shape': (1000000000, 4096)}";
    const run = (): unknown =>
      readNpy(withHeader(header), 'a.npy', () => {
        asked = true;
        return new Float32Array(0);
      });
    expect(messageOf(run)).toMatch(/cut short/);
    expect(asked).toBe(false);
  });
});

describe('fuzzing', () => {
  const orDataError = (bytes: Uint8Array): void => {
    try {
      const array = readNpy(bytes, 'fuzz.npy');
      expect(array.values.length).toBe(array.rows * array.dims);
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
    }
  };
  test('random bytes throw nothing but a DataError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), orDataError), { numRuns: 500 });
  });
  test('random header text after a right mark throws nothing but a DataError', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '{',
      '}',
      '(',
      ')',
      ',',
      ':',
      '1',
      '0',
      'descr',
      'shape',
      'True',
      'None',
      '<f2',
      '\\',
      ' ',
      '-',
      '\n',
      'é',
    );
    const header = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 40 }), (h, data) => orDataError(withHeader(h, data))),
      { numRuns: 2000 },
    );
  });
  test('a good file with any bytes changed throws nothing but a DataError', () => {
    const edits = fc.array(fc.tuple(fc.nat({ max: 175 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(edits, (list) => {
        const bytes = small();
        for (const [at, byte] of list) bytes[at] = byte;
        orDataError(bytes);
      }),
      { numRuns: 2000 },
    );
  });
  test('what is written is read back to the bit', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([rows, dims]) =>
      fc.tuple(
        fc.constant(rows),
        fc.constant(dims),
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
          minLength: rows * dims,
          maxLength: rows * dims,
        }),
      ),
    );
    fc.assert(
      fc.property(matrix, ([rows, dims, values]) => {
        const array = readNpy(writeNpy(Float64Array.from(values), rows, dims), 'x.npy');
        expect([array.rows, array.dims, array.dtype]).toEqual([rows, dims, 'float64']);
        expect(Array.from(array.values).every((v, i) => Object.is(v, values[i]))).toBe(true);
      }),
    );
  });
});

test('the writer makes the header that numpy.save makes, byte for byte', () => {
  for (const { rows, dims, header } of fixtures.saved) {
    const written = writeNpy(new Float64Array(rows * dims), rows, dims);
    expect(Buffer.from(written.subarray(0, written.length - rows * dims * 8)).toString('base64')).toBe(header);
    expect(parseNpyHeader(written, 'x.npy')).toMatchObject({ rows, dims, dtype: 'float64', dataOffset: 128 });
  }
});

test('every finite float16 widens exactly', () => {
  const table = float16Table();
  // Values of IEEE 754 binary16: smallest subnormal, largest subnormal, smallest normal, 1, largest, negative zero.
  expect([0x0001, 0x03ff, 0x0400, 0x3c00, 0x7bff].map((bits) => table[bits])).toEqual([
    2 ** -24,
    1023 * 2 ** -24,
    2 ** -14,
    1,
    65504,
  ]);
  expect(Object.is(table[0x8000], -0)).toBe(true);
  expect([table[0x7c00], table[0xfc00], table[0x7e00]]).toEqual([Infinity, -Infinity, NaN]);
  for (let bits = 1; bits <= 0x7bff; bits++) {
    expect(table[bits] > table[bits - 1]).toBe(true);
    expect(table[bits | 0x8000]).toBe(-table[bits]);
  }
});
