import type { Embeddings } from '../core/linalg/embeddings.ts';
import type { DataSpec } from '../spec/types.ts';
import type { Catalogue } from './api.ts';
import type { Checkpoint } from './backend.ts';

/** One encoder version of one set, ready to use. */
export interface Dataset {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly embeddings: Embeddings;
  readonly labels: Uint8Array;
  /** The split column of the labels file; it wins over the split of the spec. */
  readonly split: readonly string[] | null;
  /** Other columns of the labels file, to slice by. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** SHA-256 of the embeddings file; of the values for synthetic rows. */
  readonly sha256: string;
  /** What the rows of label 0 and label 1 are called. */
  readonly name0: string;
  readonly name1: string;
}

/** Where datasets come from: files beside the page, files on disk, a generator, or a person's own rows. */
export interface DataSource {
  catalogue(): Promise<Catalogue>;
  load(data: DataSpec, checkpoint: Checkpoint): Promise<Dataset>;
}
