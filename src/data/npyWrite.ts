/** NumPy leaves room in the header for the first axis to grow to this many digits. */
const GROWTH_DIGITS = 21;

/** What stands before the little-endian numbers of a rows × dims array in C order, in a .npy file of format 1.0. */
export function npyHeader(dtype: 'float32' | 'float64', rows: number, dims: number): Uint8Array<ArrayBuffer> {
  const descr = dtype === 'float64' ? '<f8' : '<f4';
  let text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${rows}, ${dims}), }`;
  text += ' '.repeat(GROWTH_DIGITS - String(rows).length);
  text += ' '.repeat(64 - ((10 + text.length + 1) % 64)) + '\n';
  const bytes = new Uint8Array(10 + text.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 0xff, text.length >> 8]);
  for (let i = 0; i < text.length; i++) bytes[10 + i] = text.charCodeAt(i);
  return bytes;
}

/**
 * A .npy file (format 1.0) of a rows × dims float64 array in C order, byte for byte what numpy.save writes
 * (NumPy 1.24; numpy.lib.format).
 */
export function writeNpy(values: Float64Array, rows: number, dims: number): Uint8Array {
  if (values.length !== rows * dims) throw new RangeError(`${values.length} numbers are not ${rows} × ${dims}`);
  const header = npyHeader('float64', rows, dims);
  const start = header.length;
  const bytes = new Uint8Array(start + values.length * 8);
  bytes.set(header);
  const view = new DataView(bytes.buffer, start);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return bytes;
}
