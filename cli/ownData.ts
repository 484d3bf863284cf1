import { basename } from 'node:path';
import { allocateEmbeddings } from '../src/core/linalg/simdKernels.ts';
import type { Embeddings } from '../src/core/linalg/embeddings.ts';
import { checkBothClasses } from '../src/data/checks.ts';
import { DataError, grouped } from '../src/data/errors.ts';
import { rowScale } from '../src/data/normalize.ts';
import { assemble, chooseRows, type Assembled } from '../src/data/own/assemble.ts';
import type { OwnDigests, RowChoices } from '../src/data/own/own.ts';
import { memoryRows, type RowShape, type RowStore } from '../src/data/own/rows.ts';
import { surveyFiles, type OwnCheckpoint, type Survey } from '../src/data/own/survey.ts';
import { LIMIT_BYTES } from '../src/data/report/dataReport.ts';
import { openFile } from '../src/data/readers/openFile.ts';
import type { OpenedFile } from '../src/data/readers/reading.ts';
import type { Checkpoint } from '../src/engine/backend.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import { compareOwn } from '../src/engine/own/compareOwn.ts';
import type { OwnSpec } from '../src/spec/types.ts';
import { oneLine } from './errors.ts';
import { fileSource, type FileSource } from './fileSource.ts';
import { mappingOf } from './mapping.ts';

export interface OwnFiles {
  readonly embeddings: string;
  readonly labels: string;
  /** The same rows from another encoder version. */
  readonly target: string | null;
  /** JSON of the parts of a mapping that are not to be guessed. */
  readonly map: string | null;
  readonly choices: RowChoices;
}

/** The version names under which own files are known to a spec. */
export const OWN_VERSIONS = { base: 'base', target: 'target' } as const;

/** Opens files of any format, and closes them when the work is done. A path given twice is opened once. */
export async function withFiles<R>(
  paths: readonly string[],
  work: (files: readonly OpenedFile[], indexOf: (path: string) => number) => Promise<R>,
): Promise<R> {
  const distinct = [...new Set(paths)];
  const sources: FileSource[] = [];
  try {
    const files: OpenedFile[] = [];
    for (const path of distinct) {
      const source = await fileSource(path);
      sources.push(source);
      files.push(await openFile(source));
    }
    return await work(files, (path) => distinct.indexOf(path));
  } finally {
    for (const source of sources) await source.close();
  }
}

/** What the command line tells of reading, as the engine's progress. */
export function ownCheckpoint(checkpoint: Checkpoint): OwnCheckpoint {
  return ({ doing, file, bytes, ofBytes }) => {
    const what = { reading: 'Reading', writing: 'Taking in', checking: 'Checking' }[doing];
    return checkpoint(ofBytes > 0 ? Math.min(1, bytes / ofBytes) : 0, `${what} ${file ?? 'the rows'}`);
  };
}

/** Throws DataError where the rows that are taken do not fit in memory. */
export function checkFits(survey: Survey, choices: RowChoices, limitBytes: number): void {
  const { dims, dtype, files, mapping } = survey;
  const { rows } = chooseRows(survey, choices).table;
  const most = Math.floor(limitBytes / (dims * (dtype === 'float64' ? 8 : 4) + 8));
  if (rows <= most) return;
  throw new DataError(
    files[mapping.embeddings.file].name,
    null,
    `${grouped(rows)} rows of ${grouped(dims)} ${dtype} numbers do not fit in the memory that one set of embeddings may take`,
    `Take a sample: --sample ${most}`,
  );
}

export interface OwnSource extends DataSource {
  /** Of the rows as used. */
  digests(): Promise<OwnDigests>;
}

interface Ready {
  readonly assembled: Assembled;
  readonly embeddings: Readonly<Record<'base' | 'target', Embeddings | null>>;
}

/** A person's own rows, from files of any format, put together once and kept. */
export function ownSource(own: OwnFiles): OwnSource {
  let ready: Promise<Ready> | null = null;
  const get = (checkpoint: Checkpoint) => (ready ??= readOwn(own, ownCheckpoint(checkpoint)));
  return {
    catalogue: async () => ({ sets: [], encoders: [], presets: [] }),
    digests: async () => (await get(async () => undefined)).assembled.digests,
    async load(data, checkpoint) {
      await checkpoint(0, 'Reading files');
      const { assembled, embeddings } = await get(checkpoint);
      const { table, digests } = assembled;
      const isTarget = data.version === OWN_VERSIONS.target && own.target !== null;
      const path = isTarget && own.target !== null ? own.target : own.embeddings;
      const rows = isTarget ? embeddings.target : embeddings.base;
      if (!rows) throw new Error('The newer version was not read.');
      // Messages count rows as they are used where some were left out.
      const title = table.kept ? `${path} (rows as used)` : path;
      rows.scale.set(rowScale(rows.values, rows.rows, rows.dims, data.normalize, title));
      return {
        id: basename(path),
        version: data.version,
        title,
        embeddings: rows,
        labels: table.labels,
        split: table.split,
        columns: table.columns,
        sha256: isTarget && digests.target !== null ? digests.target : digests.embeddings,
        name0: table.name0,
        name1: table.name1,
      };
    },
  };
}

function readOwn(own: OwnFiles, checkpoint: OwnCheckpoint): Promise<Ready> {
  const paths = [own.embeddings, own.labels, ...(own.target === null ? [] : [own.target])];
  return withFiles(paths, async (files, indexOf) => {
    const { mapping, guess } = await mappingOf(files, own.map, {
      embeddings: indexOf(own.embeddings),
      label: indexOf(own.labels),
      ...(own.target === null ? {} : { target: indexOf(own.target) }),
    });
    for (const { level, message } of guess.notes) if (level === 'look') process.stderr.write(`${oneLine(message)}\n`);
    const survey = await surveyFiles(files, mapping, checkpoint);
    checkFits(survey, own.choices, LIMIT_BYTES);
    const embeddings: { base: Embeddings | null; target: Embeddings | null } = { base: null, target: null };
    const open = (version: 'base' | 'target', shape: RowShape): RowStore => {
      const { rows, dims, dtype } = shape;
      const room: Embeddings =
        dtype === 'float64'
          ? { rows, dims, values: new Float64Array(rows * dims), scale: new Float64Array(rows).fill(1) }
          : allocateEmbeddings(rows, dims);
      embeddings[version] = room;
      return memoryRows(shape, room.values);
    };
    const assembled = await assemble(survey, own.choices, open, checkpoint);
    checkBothClasses(assembled.table.labels, files[mapping.label.file].name);
    return { assembled, embeddings };
  });
}

/** What the output says of own data: its digests and, where the spec names some, whether they are the same. */
export async function ownFacts(
  source: OwnSource | null,
  wanted: OwnSpec | null,
): Promise<{ own?: OwnDigests; same?: boolean }> {
  if (!source) return {};
  const own = await source.digests();
  if (!wanted) return { own };
  const differences = compareOwn(wanted, own);
  for (const difference of differences)
    process.stderr.write(`Warning: other data than the link names. ${difference}\n`);
  if (differences.length === 0) process.stderr.write('Same data as the link names.\n');
  return { own, same: differences.length === 0 };
}
