/** Slicing tables for the polynomial 0xEDB88320 (ISO 3309), four bytes at a time. */
const TABLES = Array.from({ length: 4 }, () => new Int32Array(256));
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  TABLES[0][n] = c;
}
for (let t = 1; t < 4; t++) {
  for (let n = 0; n < 256; n++) TABLES[t][n] = (TABLES[t - 1][n] >>> 8) ^ TABLES[0][TABLES[t - 1][n] & 255];
}

/** The CRC-32 of zip and gzip, of bytes that come in pieces. */
export class Crc32 {
  private state = -1;

  add(bytes: Uint8Array): void {
    const [t0, t1, t2, t3] = TABLES;
    let c = this.state;
    let i = 0;
    for (const whole = bytes.length - 3; i < whole; i += 4) {
      c ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
      c = t3[c & 255] ^ t2[(c >>> 8) & 255] ^ t1[(c >>> 16) & 255] ^ t0[c >>> 24];
    }
    for (; i < bytes.length; i++) c = (c >>> 8) ^ t0[(c ^ bytes[i]) & 255];
    this.state = c;
  }

  get value(): number {
    return ~this.state >>> 0;
  }
}
