const TABLE = new Int32Array(256);
for (let i = 0; i < 256; i++) {
  let rest = i;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  TABLE[i] = rest;
}

/** CRC-32 (IEEE 802.3) of the text's UTF-8 bytes, 0 … 2^32 − 1: Python's `zlib.crc32(text.encode())`. */
export function crc32(text: string): number {
  let rest = -1;
  for (const byte of new TextEncoder().encode(text)) rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 255];
  return ~rest >>> 0;
}
