import { decompress } from 'fzstd';

/**
 * Decodes one Zstandard frame (RFC 8878) into exactly `size` bytes. The checksum is passed over. Throws an Error for
 * broken data and for any other length.
 */
export function zstdFrame(bytes: Uint8Array, size: number): Uint8Array {
  const promised = contentSize(bytes);
  if (promised !== null && promised !== size) throw new RangeError(`it holds ${promised} bytes, not ${size}`);
  return size === 0 ? new Uint8Array(0) : decompress(bytes, new Uint8Array(size));
}

/** The length that the frame's header gives; null where it gives none. */
function contentSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0xfd2fb528) throw new RangeError('no Zstandard frame');
  const descriptor = view.getUint8(4);
  const single = (descriptor & 32) !== 0;
  const at = 5 + (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  switch (descriptor >> 6) {
    case 0:
      return single ? view.getUint8(at) : null;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
