import { DataError } from '../../data/errors.ts';
import type { OwnDigests } from '../../data/own/own.ts';
import type { Disk, NewFile, Locks, StoredFile } from './disk.ts';
import { encodeTable, readAbout, readTable, type OwnAbout, type OwnRecord } from './tableFile.ts';

export type OwnVersion = 'base' | 'target';

export interface OwnEntry extends OwnAbout {
  readonly key: string;
}

/** A dataset that is kept, with its rows: little-endian numbers, row-major. */
export interface Kept extends OwnRecord {
  readonly rows: (version: OwnVersion) => Promise<StoredFile>;
}

/** A dataset that is being written; nobody sees it before `commit`, and nothing is left of it after `abandon`. */
export interface Draft {
  /** Where the rows of a version go; empty at first. */
  rows(version: OwnVersion): Promise<NewFile>;
  commit(record: OwnRecord): Promise<OwnEntry>;
  abandon(): Promise<void>;
}

const DRAFT = 'draft-';
const TABLE = 'table';
const LIBRARY_LOCK = 'own-data-library';
const draftLock = (folder: string) => `own-data-${folder}`;

/** Where a dataset lies: its digests say all of it. */
export function keyOf({ rows, dims, embeddings, labels, target }: OwnDigests): string {
  return [`${rows}x${dims}`, embeddings, labels, ...(target === null ? [] : [target])].join('-');
}

/**
 * The datasets that a person brought: a folder each, named by its digests. Its table is put there last, so a folder with
 * a table is whole; several tabs can read and write at the same time.
 */
export class Library {
  constructor(
    private readonly disk: Disk,
    private readonly locks: Locks,
  ) {}

  /** Removes what imports left that ended half-way; those that another tab is writing stay. */
  async clean(): Promise<void> {
    for (const folder of await this.disk.folders()) {
      if (folder.startsWith(DRAFT)) await this.locks.ifFree(draftLock(folder), () => this.disk.remove(folder));
    }
    await this.locks.hold(LIBRARY_LOCK, async () => {
      for (const folder of await this.disk.folders()) {
        if (folder.startsWith(DRAFT) || (await this.disk.open(folder, TABLE))) continue;
        await this.disk.remove(folder);
      }
    });
  }

  /** Newest first. A dataset that cannot be read any more is listed with its key as its title, so that it can be removed. */
  async list(): Promise<OwnEntry[]> {
    const entries: OwnEntry[] = [];
    for (const key of await this.disk.folders()) {
      if (key.startsWith(DRAFT)) continue;
      const file = await this.disk.open(key, TABLE);
      if (file) entries.push({ ...(await readAbout(file).catch(() => unreadable(key))), key });
    }
    return entries.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.key < b.key ? -1 : 1));
  }

  async remove(key: string): Promise<void> {
    await this.locks.hold(LIBRARY_LOCK, () => this.disk.remove(key));
  }

  /** The dataset of these digests, also where it has a newer version beside them that they do not name; null where there is none. */
  async find(digests: OwnDigests): Promise<Kept | null> {
    const exact = keyOf(digests);
    const also = (key: string) => digests.target === null && key.startsWith(`${exact}-`);
    const key = (await this.disk.files(exact)).includes(TABLE)
      ? exact
      : (await this.disk.folders()).find((folder) => also(folder));
    const file = key === undefined ? null : await this.disk.open(key, TABLE);
    if (key === undefined || !file) return null;
    const record = await readTable(file);
    return {
      ...record,
      rows: async (version) => {
        const rows = await this.disk.open(key, version);
        const { rows: count, dims } = record.about.digests;
        const bytes = count * dims * (record.about.dtype === 'float64' ? 8 : 4);
        if (rows?.size === bytes) return rows;
        throw new DataError(
          record.about.title,
          null,
          rows === null && version === 'target' ? 'it has no newer version' : 'what the browser kept of it is damaged',
          'Remove it from the library and open the files again',
        );
      },
    };
  }

  /** `name` is unlike that of any other draft. */
  async begin(name: string): Promise<Draft> {
    const folder = `${DRAFT}${name}`;
    let release = () => {};
    const ended = new Promise<void>((resolve) => {
      release = resolve;
    });
    await new Promise<void>((held, failed) => {
      const holding = this.locks.hold(draftLock(folder), async () => {
        held();
        await ended;
      });
      holding.catch(failed);
    });
    const written = new Map<OwnVersion, NewFile>();
    const abandon = async () => {
      try {
        for (const file of written.values()) await file.close().catch(() => {});
        await this.disk.remove(folder);
      } finally {
        release();
      }
    };
    return {
      abandon,
      rows: async (version) => {
        const file = await this.disk.create(folder, version);
        written.set(version, file);
        return file;
      },
      commit: async (record) => {
        const table = await this.disk.create(folder, TABLE);
        try {
          let at = 0;
          for (const part of encodeTable(record)) {
            await table.write(part, at);
            at += part.length;
          }
        } finally {
          await table.close();
        }
        for (const file of written.values()) await file.close();
        const key = keyOf(record.about.digests);
        await this.locks.hold(LIBRARY_LOCK, async () => {
          // Rows of the same digest stay: another tab may be reading them.
          for (const version of written.keys()) {
            const [mine, there] = [await this.disk.open(folder, version), await this.disk.open(key, version)];
            if (mine?.size !== there?.size) await this.disk.move(folder, version, key);
          }
          await this.disk.move(folder, TABLE, key);
        });
        written.clear();
        await abandon();
        return { ...record.about, key };
      },
    };
  }
}

function unreadable(key: string): OwnAbout {
  const [shape = '', embeddings = '', labels = '', target = null] = key.split('-');
  const [rows, dims] = shape.split('x').map(Number);
  return {
    digests: { rows: rows || 0, dims: dims || 0, embeddings, labels, target },
    ...{
      dtype: 'float32',

      title: `Unreadable: ${key}`,
      files: [],
      name0: '',
      name1: '',
      of: rows || 0,
      leftOut: null,
    },
    ...{ date: '', bytes: 0 },
  };
}
