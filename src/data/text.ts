import { DataError } from './errors.ts';

/** Bytes as UTF-8 text, a byte order mark dropped. Throws DataError for UTF-16 and for bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const [a, b] = [bytes[0], bytes[1]];
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new DataError(file, null, 'it is UTF-16 text', 'Save it as UTF-8 ("CSV UTF-8" in a spreadsheet)');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(file, null, 'it is not UTF-8 text', 'Save it as UTF-8 ("CSV UTF-8" in a spreadsheet)');
  }
}
