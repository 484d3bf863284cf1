/** Bytes that can be read piece by piece: a File of the browser, a file on disk, a buffer. */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The bytes start … end − 1; both lie within 0 … size. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * One value of a column that is not part of an embedding; null where the file has none. A format without types (csv, tsv)
 * gives text as written, also where the column's kind is 'number' or 'boolean'.
 */
export type Cell = string | number | boolean | null;

/** 'vector' holds an array of numbers a row; 'mixed' holds cells of several kinds. */
export type ColumnKind = 'vector' | 'number' | 'boolean' | 'text' | 'mixed';

export interface Column {
  /** Unique in its file; an array file has one column, named by the array or 'values'. */
  readonly name: string;
  readonly kind: ColumnKind;
  /** Numbers of a vector; null for any other kind. */
  readonly dims: number | null;
  /** As the file says it ("float16", "utf8", "list<float>"); "text" where a format has no types. */
  readonly type: string;
}

export type FormatId = 'npy' | 'npz' | 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'arrow' | 'safetensors';

/**
 * How a column is wanted. 'vector' and 'number' give numbers, float64 only where float32 would lose digits that the file
 * has; NaN, infinity, null and an empty cell come as they are (null and empty as NaN): what to do about them is the
 * person's choice, later. A column of booleans gives 0 and 1, and a
 * vector of one number passes for a number. Anything else that is no number throws DataError with its row.
 */
export interface WantedColumn {
  readonly name: string;
  readonly as: 'vector' | 'number' | 'cell';
}

/** Consecutive rows; the arrays belong to the receiver only until it returns. */
export interface RowBlock {
  /** 0-based number of the first row. */
  readonly first: number;
  readonly rows: number;
  /** By column name: rows × dims numbers, row-major, for 'vector'; one number a row for 'number'; cells for 'cell'. */
  readonly columns: ReadonlyMap<string, Float32Array | Float64Array | readonly Cell[]>;
}

export type RowSink = (block: RowBlock) => void | Promise<void>;

/** Awaited between blocks, so that work can be shown, and cancelled by throwing. `bytes` counts those of the file. */
export type ReadCheckpoint = (done: { readonly bytes: number; readonly rows: number }) => void | Promise<void>;

/** A file whose header, or whose first rows, have been read. */
export interface OpenedFile {
  readonly name: string;
  readonly format: FormatId;
  /** Size of the file. */
  readonly bytes: number;
  /** Null where only reading it all would tell (csv, tsv, jsonl). */
  readonly rows: number | null;
  readonly columns: readonly Column[];
  /** What of the file is no column, and why, a sentence each ("array ids: it has 3 dimensions"); often empty. */
  readonly leftOut?: readonly string[];
  /** The first rows, at most 8; vectors whole. */
  readonly preview: readonly Readonly<Record<string, Cell | readonly number[]>>[];
  /**
   * Reads these columns of all rows, in order, in blocks of at most about 16 MB, holding no more than a few blocks at a
   * time. Resolves to the number of rows. Throws DataError for what is wrong with the file, with row and remedy.
   */
  read(wanted: readonly WantedColumn[], sink: RowSink, checkpoint?: ReadCheckpoint): Promise<number>;
}

/** Opens a file of one format. Reads no more than the header or the first rows. Throws DataError. */
export type OpenFormat = (source: ByteSource) => Promise<OpenedFile>;
