import type { ByteSource } from '../../data/readers/reading.ts';

/** A new file that is being written, piece by piece in any order, and read back meanwhile. */
export interface NewFile {
  /** From byte `at` on, also ahead of what is written so far. The bytes are the caller's again when it resolves. Throws {@link DiskFull}. */
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Fills `into` from byte `at` on; all of that has been written. */
  read(into: Uint8Array, at: number): Promise<void>;
  /** The file is whole on disk when this resolves. */
  close(): Promise<void>;
}

/** A file on disk. */
export interface StoredFile extends ByteSource {
  /** The same bytes, still on disk: a file to save is made of it without reading it. */
  readonly blob: Blob;
}

/** Folders of files that outlast the page: one level deep, private to this origin. */
export interface Disk {
  folders(): Promise<string[]>;
  files(folder: string): Promise<string[]>;
  /** The file, or null where there is none. */
  open(folder: string, file: string): Promise<StoredFile | null>;
  /** Makes the folder where it is missing; a file of that name is emptied. */
  create(folder: string, file: string): Promise<NewFile>;
  /** Into another folder, in place of a file of that name; whole or not at all. */
  move(from: string, file: string, to: string): Promise<void>;
  /** No error where it is missing. */
  remove(folder: string): Promise<void>;
  /** Bytes that may still be written; null where the browser does not say. */
  free(): Promise<number | null>;
}

/** Names held by one tab or worker at a time, across all of this origin. */
export interface Locks {
  /** Waits for its turn. */
  hold<R>(name: string, work: () => Promise<R>): Promise<R>;
  /** Does the work where nobody holds the name; false where somebody does. */
  ifFree(name: string, work: () => Promise<void>): Promise<boolean>;
}

/** There is no room left for what is being written. */
export class DiskFull extends Error {
  constructor() {
    super('The browser gives this page no more room on disk.');
    this.name = 'DiskFull';
  }
}
