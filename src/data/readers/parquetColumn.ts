import type { SchemaTree } from 'hyparquet';
import type { ParquetChunk, ParquetPage } from './parquetPages.ts';

/** Receives rows one by one. A plain value is a list of one. */
export interface RowReceiver {
  /** Value `place` of a row's list; null where it is missing. Both count from 0, rows from the first one asked for. */
  value(row: number, place: number, value: unknown): void;
  /** After the values of a row: how many came; null for a list that is itself missing. */
  end(row: number, length: number | null): void;
}

/** The rows of one column in one row group, in order. Holds one page. */
export interface ParquetColumn {
  /** Hands over the next rows; gives how many there were. Throws what {@link ParquetChunk.next} does. */
  take(rows: number, to: RowReceiver): Promise<number>;
  /** Whether no row is left. */
  ended(): Promise<boolean>;
}

/** `path` leads from the schema's root to the leaf, past one repeated node at most. */
export function parquetColumn(chunk: ParquetChunk, path: readonly SchemaTree[]): ParquetColumn {
  const nodes = path.slice(1).map(({ element }) => element.repetition_type);
  const most = nodes.filter((type) => type !== 'REQUIRED').length;
  const repeated = nodes.indexOf('REPEATED');
  /** From this level on, a list has an entry; one below it is empty, further below missing. */
  const listed = repeated < 0 ? 0 : nodes.slice(0, repeated + 1).filter((type) => type !== 'REQUIRED').length;
  let page: ParquetPage | null = null;
  let entry = 0;
  let value = 0;

  const load = async (): Promise<ParquetPage | null> => {
    if (page === null || entry >= page.entries) {
      // Let go of first, so that not two are held.
      page = null;
      page = await chunk.next();
      [entry, value] = [0, 0];
    }
    return page;
  };

  const take = async (rows: number, to: RowReceiver): Promise<number> => {
    let row = -1;
    let length: number | null = 0;
    for (let now = await load(); now !== null; now = await load()) {
      const { entries, repetition, definition, values } = now;
      for (; entry < entries; entry++) {
        if (repetition === null || repetition[entry] === 0) {
          if (row >= 0) to.end(row, length);
          if (row === rows - 1) return rows;
          row++;
          length = 0;
        } else if (row < 0 || length === null) throw new RangeError('a list begins in its middle');
        const level = definition === null ? most : definition[entry];
        if (repeated >= 0 && level < listed) {
          if (level < listed - 1) length = null;
          continue;
        }
        to.value(row, length, level === most ? values[value++] : null);
        length++;
      }
    }
    if (row >= 0) to.end(row, length);
    return row + 1;
  };
  return { take, ended: async () => (await load()) === null };
}
