import type { FormatId } from './reading.ts';

/** What the bytes of a file say that it is, of what the lab does not read. */
export interface Foreign {
  /** "a gzip archive" */
  readonly what: string;
  readonly remedy: string;
}

export type Sniffed = { readonly format: FormatId } | { readonly foreign: Foreign } | 'zip' | 'text' | 'unknown';

const ARRAY = 'Save the embeddings with numpy.save(file, x.astype("float32"))';
const TABLE = 'Save the table as .csv, .parquet or .jsonl';
const UNPACK = 'Unpack it first, and give the file inside';
const TORCH = 'Save the tensor with numpy.save(file, x.float().cpu().numpy())';

/** First bytes (hex, ?? for any) of formats that people are likely to drop. */
const MAGIC: readonly (readonly [string, FormatId | 'zip' | Foreign])[] = [
  ['934e554d5059', 'npy'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['50415231', 'parquet'],
  ['4152524f5731', 'arrow'],
  ['ffffffff??????00', 'arrow'],
  ['50415245', { what: 'an encrypted Parquet file', remedy: 'Save it without encryption' }],
  ['46454131', { what: 'a Feather file of version 1', remedy: 'Save it again with df.to_feather(file), version 2' }],
  ['1f8b', { what: 'a gzip archive', remedy: UNPACK }],
  ['28b52ffd', { what: 'a Zstandard archive', remedy: UNPACK }],
  ['425a68', { what: 'a bzip2 archive', remedy: UNPACK }],
  ['fd377a585a00', { what: 'an xz archive', remedy: UNPACK }],
  ['377abcaf271c', { what: 'a 7-Zip archive', remedy: UNPACK }],
  ['526172211a07', { what: 'a RAR archive', remedy: UNPACK }],
  ['04224d18', { what: 'an LZ4 archive', remedy: UNPACK }],
  ['8002', { what: 'a Python pickle, which can run code when read, so it is not opened', remedy: ARRAY }],
  ['8003', { what: 'a Python pickle, which can run code when read, so it is not opened', remedy: ARRAY }],
  ['8004', { what: 'a Python pickle, which can run code when read, so it is not opened', remedy: ARRAY }],
  ['8005', { what: 'a Python pickle, which can run code when read, so it is not opened', remedy: ARRAY }],
  ['25504446', { what: 'a PDF document', remedy: TABLE }],
  ['894844460d0a1a0a', { what: 'an HDF5 file', remedy: ARRAY }],
  ['53514c69746520666f726d6174', { what: 'an SQLite database', remedy: TABLE }],
  ['????????????????4455434b', { what: 'a DuckDB database', remedy: TABLE }],
  ['d0cf11e0a1b11ae1', { what: 'an old Office document (.xls?)', remedy: TABLE }],
  ['4f626a01', { what: 'an Avro file', remedy: TABLE }],
  ['4f5243', { what: 'an ORC file', remedy: TABLE }],
  ['89504e470d0a1a0a', { what: 'a PNG picture', remedy: 'Give embeddings, not pictures' }],
  ['ffd8ff', { what: 'a JPEG picture', remedy: 'Give embeddings, not pictures' }],
  ['47475546', { what: 'a GGUF model', remedy: 'Give embeddings, not a model' }],
  ['4d41544c41422035', { what: 'a MATLAB file', remedy: ARRAY }],
  ['7f454c46', { what: 'a program', remedy: ARRAY }],
  ['ffd8', { what: 'a JPEG picture', remedy: 'Give embeddings, not pictures' }],
];

/** Tells a format by the first bytes of a file of `size` bytes. Give at least 64 of them, or all. */
export function sniff(head: Uint8Array, size: number): Sniffed {
  for (const [pattern, found] of MAGIC) {
    if (!startsWith(head, pattern)) continue;
    if (found === 'zip') return 'zip';
    return typeof found === 'string' ? { format: found } : { foreign: found };
  }
  if (isSafetensors(head, size)) return { format: 'safetensors' };
  const text = textOf(head);
  if (text === null) return 'unknown';
  if (/^\s*<(!doctype html|html|head|body)\b/i.test(text)) {
    const remedy = 'Download the file itself: this may be the page about it, or a page that asks to sign in';
    return { foreign: { what: 'an HTML page', remedy } };
  }
  if (/^\s*<\?xml/i.test(text)) return { foreign: { what: 'an XML file', remedy: TABLE } };
  if (text.startsWith('version https://git-lfs.github.com')) {
    return { foreign: { what: 'a Git LFS pointer, not the file itself', remedy: 'Fetch it with git lfs pull' } };
  }
  if (/^\s*(\{\s*"|\[\s*[{[\d-])/.test(text)) return { format: 'jsonl' };
  return 'text';
}

/** What a zip archive is, by the names of its members. */
export function zipKind(names: readonly string[]): 'npz' | Foreign {
  if (names.some((name) => name.endsWith('.npy'))) return 'npz';
  if (names.some((name) => /(^|\/)data\.pkl$/.test(name))) return { what: 'a PyTorch file', remedy: TORCH };
  if (names.some((name) => name.startsWith('xl/'))) return { what: 'an Excel workbook (.xlsx)', remedy: TABLE };
  if (names.includes('[Content_Types].xml')) return { what: 'an Office document', remedy: TABLE };
  if (names.includes('META-INF/manifest.xml')) return { what: 'an OpenDocument file', remedy: TABLE };
  return { what: 'a zip archive without .npy members', remedy: UNPACK };
}

function startsWith(head: Uint8Array, pattern: string): boolean {
  if (head.length * 2 < pattern.length) return false;
  for (let i = 0; i < pattern.length; i += 2) {
    const byte = pattern.slice(i, i + 2);
    if (byte !== '??' && parseInt(byte, 16) !== head[i / 2]) return false;
  }
  return true;
}

function isSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  return length <= BigInt(size) && head.subarray(0, 8).includes(0);
}

/** The bytes as text; null where they are none. A character may be cut at the end. */
function textOf(head: Uint8Array): string | null {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  // What is wrong with UTF-16 text is said where text is read.
  if (utf16) return '';
  if (head.some((byte) => byte === 0 || (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)))) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
}
