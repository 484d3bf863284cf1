import { DataError } from '../../data/errors.ts';
import type { OwnDigests, OwnTable } from '../../data/own/own.ts';
import type { ByteSource } from '../../data/readers/reading.ts';

/** What is said of a kept dataset; small enough to read for a list. */
export interface OwnAbout {
  readonly digests: OwnDigests;
  readonly dtype: 'float32' | 'float64';
  /** File names, and "n of N" where rows were left out. */
  readonly title: string;
  readonly files: readonly string[];
  readonly name0: string;
  readonly name1: string;
  /** Rows that the files hold. */
  readonly of: number;
  /** Why rows were left out; null where all were taken. */
  readonly leftOut: string | null;
  /** When it was kept: ISO 8601, given by the page. */
  readonly date: string;
  /** Of all that is kept of it. */
  readonly bytes: number;
}

export interface OwnRecord {
  readonly about: OwnAbout;
  readonly table: OwnTable;
}

interface Head {
  readonly format: 1;
  readonly about: OwnAbout;
  readonly kept: boolean;
  readonly split: number | null;
  readonly columns: readonly { readonly name: string; readonly bytes: number }[];
}

const PREFIX = 4;
const DAMAGED = 'Remove it from the library and open the files again';

/**
 * A dataset without its numbers, as parts of one file: length of the head (uint32, little-endian), head as JSON, labels
 * (one byte a row), the rows kept (uint32 each, where some were left out), split and columns as JSON.
 */
export function encodeTable({ about, table }: OwnRecord): Uint8Array[] {
  const text = (values: readonly string[]) => new TextEncoder().encode(JSON.stringify(values));
  const split = table.split && text(table.split);
  const columns = [...table.columns].map(([name, values]) => ({ name, body: text(values) }));
  const kept = table.kept && Uint8Array.from(new Uint8Array(table.kept.slice().buffer));
  const head: Head = {
    format: 1,
    about,
    kept: kept !== null,
    split: split?.length ?? null,
    columns: columns.map(({ name, body }) => ({ name, bytes: body.length })),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const prefix = new Uint8Array(PREFIX);
  new DataView(prefix.buffer).setUint32(0, json.length, true);
  const parts = [prefix, json, table.labels, kept, split, ...columns.map(({ body }) => body)];
  return parts.filter((part): part is Uint8Array => part !== null);
}

/** The head alone. Throws DataError where the file is damaged. */
export async function readAbout(file: ByteSource): Promise<OwnAbout> {
  return (await readHead(file)).head.about;
}

export async function readTable(file: ByteSource): Promise<OwnRecord> {
  const { head, end } = await readHead(file);
  const { about } = head;
  const { rows, dims } = about.digests;
  let at = end;
  const next = async (bytes: number): Promise<Uint8Array> => {
    if (at + bytes > file.size) throw damaged(about.title);
    const part = await file.read(at, at + bytes);
    at += bytes;
    return part;
  };
  const texts = async (bytes: number): Promise<string[]> => JSON.parse(new TextDecoder().decode(await next(bytes)));
  const labels = (await next(rows)).slice();
  const kept = head.kept ? new Uint32Array((await next(4 * rows)).slice().buffer) : null;
  const split = head.split === null ? null : await texts(head.split);
  const columns = new Map<string, readonly string[]>();
  for (const { name, bytes } of head.columns) columns.set(name, await texts(bytes));
  const { dtype, name0, name1, of } = about;
  return { about, table: { rows, dims, dtype, labels, name0, name1, split, columns, kept, of } };
}

async function readHead(file: ByteSource): Promise<{ readonly head: Head; readonly end: number }> {
  if (file.size < PREFIX) throw damaged('Own data');
  const prefix = await file.read(0, PREFIX);
  const length = new DataView(prefix.buffer, prefix.byteOffset).getUint32(0, true);
  if (PREFIX + length > file.size) throw damaged('Own data');
  try {
    const head = JSON.parse(new TextDecoder().decode(await file.read(PREFIX, PREFIX + length))) as Head;
    if (head.format !== 1) throw damaged('Own data');
    return { head, end: PREFIX + length };
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged('Own data');
    throw error;
  }
}

const damaged = (title: string) => new DataError(title, null, 'what the browser kept of it is damaged', DAMAGED);
