import type { VectorsCandidate } from '../../data/own/candidates.ts';
import type { MappingGuess } from '../../data/own/guessMapping.ts';
import type { LabelValues, UnsafeGuess } from '../../data/own/labels.ts';
import type { ColumnRef, Mapping, OwnDigests, Pairing, RowChoices } from '../../data/own/own.ts';
import type { DataReport } from '../../data/report/report.ts';
import type { OpenedFile } from '../../data/readers/reading.ts';
import type { OwnEntry } from './library.ts';

/** What is shown of a file that was opened. */
export type FileSummary = Omit<OpenedFile, 'read'> & {
  /** Its place among the files given. */
  readonly given: number;
};

export interface Opened {
  /** The files that can be read; mappings name them by their place here. */
  readonly files: readonly FileSummary[];
  readonly problems: readonly { readonly given: number; readonly message: string }[];
  readonly guess: MappingGuess;
  /** Everything that could be embeddings. */
  readonly vectors: readonly VectorsCandidate[];
}

export interface ImportProgress {
  /** As a person reads it: "Reading x.npy". */
  readonly doing: string;
  readonly bytes: number;
  readonly ofBytes: number;
  readonly rows: number;
}

export interface ImportEvents {
  progress(progress: ImportProgress): void;
}

export interface LabelChoices extends LabelValues {
  readonly guess: UnsafeGuess;
}

/** Rows that were read and checked; a person may now use them. */
export interface Checked {
  readonly digests: OwnDigests;
  readonly dtype: 'float32' | 'float64';
  readonly title: string;
  readonly name0: string;
  readonly name1: string;
  /** Rows that the file of the embeddings holds. */
  readonly of: number;
  readonly leftOut: string | null;
  /** On disk. */
  readonly bytes: number;
  readonly report: DataReport;
}

/** Rows that cannot be used as they are: the person chooses what becomes of them. */
export interface NeedsChoice {
  readonly rows: number;
  readonly message: string;
}

export interface CheckReply {
  readonly pairing: Pairing;
  /** Rows that pair, before any is left out. */
  readonly pairedRows: number;
  readonly nonFinite: NeedsChoice | null;
  readonly checked: Checked | null;
}

export interface LibraryReply {
  readonly entries: readonly OwnEntry[];
  /** Bytes that may still be written; null where the browser does not say. */
  readonly free: number | null;
}

/** What the import worker answers. One piece of work at a time: the newest takes the place of the one before. */
export interface ImportApi {
  /** Reads headers or first rows; a file that cannot be read is named and does not keep the others from it. */
  open(files: readonly File[], events: ImportEvents): Promise<Opened>;
  /** The values of a label column, and which of them seems to mean unsafe. */
  labelValues(column: ColumnRef, events: ImportEvents): Promise<LabelChoices>;
  /** Reads all rows, pairs them, writes them where nobody sees them yet, and reports on them. */
  check(mapping: Mapping, choices: RowChoices, events: ImportEvents): Promise<CheckReply>;
  /** Keeps what was checked last; `date` is ISO 8601. */
  keep(date: string): Promise<OwnEntry>;
  /** Ends the work under way with `Cancelled`, and drops what was checked and not kept. */
  stop(): Promise<void>;
  library(): Promise<LibraryReply>;
  remove(key: string): Promise<void>;
}
