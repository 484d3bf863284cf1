/**
 * SHA-256 as 64 lower-case hex digits. Through crypto.subtle where there is one; it is missing on pages served over http
 * from another machine, and there sha256Plain.ts, loaded then, computes the same digest, so a hash check is never skipped.
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return (await import('./sha256Plain.ts')).sha256Plain(bytes);
  return hex(new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

/** Bytes as lower-case hex digits, two each. */
export function hex(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += bytes[i].toString(16).padStart(2, '0');
  return out;
}
