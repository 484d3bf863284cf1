/** One file of several that a person gave, by its place among them: two may bear one name. */
export type FileIndex = number;

/** Where embeddings stand: one vector column, or one number column a dimension, in the order given. */
export interface VectorsRef {
  readonly file: FileIndex;
  readonly columns: readonly string[];
}

export interface ColumnRef {
  readonly file: FileIndex;
  readonly column: string;
}

/** What a person says about the columns of their files. {@link guessMapping} proposes one; nothing of it is hidden. */
export interface Mapping {
  readonly embeddings: VectorsRef;
  /** The same rows from the newer encoder version; null where there is one version. */
  readonly target: VectorsRef | null;
  /** `unsafe` is the cell, as text, that counts as label 1; the one other value counts as 0. */
  readonly label: ColumnRef & { readonly unsafe: string };
  /** The id column of each file that has one, by file; rows pair by id where every file in use has one, else by place. */
  readonly ids: readonly (string | null)[];
  readonly split: ColumnRef | null;
  readonly text: ColumnRef | null;
  /** Other columns to keep, to slice by. */
  readonly slices: readonly ColumnRef[];
}

/** Rows to leave out or take, chosen by a person; nothing is dropped otherwise. */
export interface RowChoices {
  /** 'drop' leaves out rows with NaN or infinity; 'refuse' makes them an error. */
  readonly nonFinite: 'refuse' | 'drop';
  /** Seeded and stratified by label; null for all rows. */
  readonly sample: { readonly rows: number; readonly seed: number } | null;
}

/** How rows of several files were joined. */
export interface Pairing {
  readonly by: 'id' | 'place';
  readonly rows: number;
  /** Rows of each file in use that found no partner, by file; they are named before anything is used. */
  readonly unpaired: readonly {
    readonly file: FileIndex;
    readonly count: number;
    readonly firstIds: readonly string[];
  }[];
  /** Why they were joined so, as a sentence. */
  readonly why: string;
}

/** A person's rows, ready for the engine, apart from the numbers themselves. */
export interface OwnTable {
  readonly rows: number;
  readonly dims: number;
  /** Of all versions: float64 where one of them has it. */
  readonly dtype: 'float32' | 'float64';
  readonly labels: Uint8Array;
  readonly name0: string;
  readonly name1: string;
  /** train, validation or test for each row; null where the data has no split. */
  readonly split: readonly string[] | null;
  /** Columns to slice by. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** 0-based rows of the file with the embeddings, where some were left out; null for all in order. */
  readonly kept: Uint32Array | null;
  /** Rows that the files hold, before any were left out. */
  readonly of: number;
}

/** Digests that a spec carries: 16 hex digits each; see digest.ts. Fits OwnSpec of the spec by structure. */
export interface OwnDigests {
  readonly rows: number;
  readonly dims: number;
  readonly embeddings: string;
  readonly labels: string;
  readonly target: string | null;
}
