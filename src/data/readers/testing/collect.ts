import { DataError } from '../../errors.ts';
import { bytesSource } from '../byteSource.ts';
import type { ByteSource, Cell, OpenedFile, WantedColumn } from '../reading.ts';

/** What a file gave: by column, the numbers or cells of all rows, and whether any block came as float64. */
export interface Collected {
  readonly rows: number;
  readonly values: ReadonlyMap<string, readonly Cell[]>;
  readonly wide: boolean;
}

/** Reads columns of all rows; throws a plain Error where blocks do not follow one another. */
export async function collect(file: OpenedFile, wanted: readonly WantedColumn[]): Promise<Collected> {
  const values = new Map<string, Cell[]>(wanted.map(({ name }) => [name, []]));
  let next = 0;
  let wide = false;
  const rows = await file.read(wanted, (block) => {
    if (block.first !== next) throw new Error(`a block starts at ${block.first}, not ${next}`);
    next += block.rows;
    for (const { name, as } of wanted) {
      const column = block.columns.get(name);
      const dims = as === 'vector' ? (file.columns.find((c) => c.name === name)?.dims ?? 1) : 1;
      if (column === undefined || column.length !== block.rows * dims) throw new Error(`${name} has another length`);
      wide ||= column instanceof Float64Array;
      for (const value of column) values.get(name)?.push(value);
    }
  });
  if (rows !== next) throw new Error(`${rows} rows were promised, ${next} came`);
  return { rows, values, wide };
}

/** All columns as they suggest themselves: vectors, numbers, cells. */
export function everyColumn(file: OpenedFile): WantedColumn[] {
  return file.columns.map(({ name, kind }) => ({
    name,
    as: kind === 'vector' || kind === 'number' ? kind : 'cell',
  }));
}

export function textSource(text: string, name: string): ByteSource {
  return bytesSource(new TextEncoder().encode(text), name);
}

/** The message of the DataError that `run` ends in; any other error is thrown on. */
export async function dataErrorOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'no error';
}
