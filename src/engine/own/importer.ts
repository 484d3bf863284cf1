import { DataError, grouped } from '../../data/errors.ts';
import { assemble, chooseRows, type Assembled, type Chosen } from '../../data/own/assemble.ts';
import { vectorCandidates } from '../../data/own/candidates.ts';
import { guessMapping } from '../../data/own/guessMapping.ts';
import { guessUnsafe, labelValues } from '../../data/own/labels.ts';
import type { ColumnRef, Mapping, RowChoices } from '../../data/own/own.ts';
import { nonFiniteError, surveyFiles, type OwnCheckpoint, type Survey } from '../../data/own/survey.ts';
import { dataReport, LIMIT_BYTES } from '../../data/report/dataReport.ts';
import { blobSource } from '../../data/readers/byteSource.ts';
import { openFile } from '../../data/readers/openFile.ts';
import type { OpenedFile } from '../../data/readers/reading.ts';
import { Cancelled } from '../backend.ts';
import { breathe, createPacer } from '../pacer.ts';
import { DiskFull, type Disk, type Locks } from './disk.ts';
import type {
  CheckReply,
  ImportApi,
  ImportEvents,
  LabelChoices,
  LibraryReply,
  Opened,
  NeedsChoice,
} from './importApi.ts';
import { Library, type Draft, type OwnEntry } from './library.ts';
import { rowFile } from './rowFile.ts';
import type { OwnRecord } from './tableFile.ts';

interface Place {
  readonly disk: Disk;
  readonly locks: Locks;
}

const DOING = { reading: 'Reading', writing: 'Taking in', checking: 'Checking' } as const;

/** Reads a person's files and puts their rows where the engine finds them; what the import worker exposes. */
export class Importer implements ImportApi {
  private place: Promise<{ readonly disk: Disk; readonly library: Library }> | null = null;
  private turn = 0;
  private files: readonly OpenedFile[] = [];
  private survey: { readonly key: string; readonly survey: Survey } | null = null;
  private waiting: { readonly draft: Draft; readonly record: OwnRecord } | null = null;

  constructor(
    private readonly openPlace: () => Promise<Place>,
    private readonly newName: () => string = () => crypto.randomUUID(),
  ) {}

  async open(given: readonly File[], events: ImportEvents): Promise<Opened> {
    const checkpoint = this.next(events);
    const files: OpenedFile[] = [];
    const places: number[] = [];
    const problems: { given: number; message: string }[] = [];
    for (let k = 0; k < given.length; k++) {
      await checkpoint({ doing: 'reading', file: given[k].name, bytes: 0, ofBytes: given[k].size, rows: 0 });
      try {
        files.push(await openFile(blobSource(given[k], given[k].name)));
        places.push(k);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        problems.push({ given: k, message: error.message });
      }
    }
    await checkpoint({ doing: 'reading', file: null, bytes: 0, ofBytes: 0, rows: 0 });
    this.files = files;
    this.survey = null;
    return {
      files: files.map(({ name, format, bytes, rows, columns, preview, leftOut }, k) => ({
        ...{ name, format, bytes, rows, columns, preview, leftOut },
        given: places[k],
      })),
      problems,
      guess: guessMapping(files),
      vectors: files.flatMap((file, index) => vectorCandidates(file, index, new Set())),
    };
  }

  async labelValues({ file, column }: ColumnRef, events: ImportEvents): Promise<LabelChoices> {
    const checkpoint = this.next(events);
    const opened = this.files[file];
    const values = await labelValues(opened, column, ({ bytes, rows }) =>
      checkpoint({ doing: 'reading', file: opened.name, bytes, ofBytes: opened.bytes, rows }),
    );
    return { ...values, guess: guessUnsafe(values.values.map(({ text }) => text)) };
  }

  async check(mapping: Mapping, choices: RowChoices, events: ImportEvents): Promise<CheckReply> {
    const checkpoint = this.next(events);
    const turn = this.turn;
    await this.discard();
    const survey = await this.surveyOf(mapping, checkpoint);
    const { pairing } = survey;
    const bad = survey.unusable.reduce((sum, one) => sum + one, 0);
    const nonFinite: NeedsChoice | null = bad > 0 ? { rows: bad, message: nonFiniteError(survey).message } : null;
    const reply = { pairing, pairedRows: pairing.rows, nonFinite };
    if (nonFinite && choices.nonFinite === 'refuse') return { ...reply, checked: null };

    const chosen = chooseRows(survey, choices);
    const { disk, library } = await this.opened();
    await checkRoom(survey, chosen, disk);
    const draft = await library.begin(this.newName());
    try {
      const assembled = await assemble(
        survey,
        choices,
        async (version, shape) => rowFile(await draft.rows(version), shape),
        checkpoint,
      );
      const report = await dataReport({ survey, choices, assembled }, checkpoint);
      if (turn !== this.turn) throw new Cancelled();
      const { dtype, name0, name1, of, rows } = assembled.table;
      const about = {
        ...{ dtype, name0, name1, of, digests: assembled.digests },
        title: titleOf(survey, assembled),
        leftOut: leftOutOf(survey, assembled, choices),
        bytes: bytesOf(survey, rows),
      };
      this.waiting = {
        draft,
        record: { table: assembled.table, about: { ...about, files: survey.files.map(({ name }) => name), date: '' } },
      };
      return { ...reply, checked: { ...about, report } };
    } catch (error) {
      await draft.abandon();
      throw await explained(error, survey, chosen, disk);
    }
  }

  async keep(date: string): Promise<OwnEntry> {
    const { waiting } = this;
    if (!waiting) throw new Error('Nothing was checked.');
    this.waiting = null;
    try {
      return await waiting.draft.commit({ ...waiting.record, about: { ...waiting.record.about, date } });
    } catch (error) {
      await waiting.draft.abandon();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.turn++;
    await this.discard();
  }

  async library(): Promise<LibraryReply> {
    const { disk, library } = await this.opened();
    return { entries: await library.list(), free: await disk.free() };
  }

  async remove(key: string): Promise<void> {
    await (await this.opened()).library.remove(key);
  }

  /** Opens the library once, clearing away what interrupted imports left; a failure is tried again. */
  private opened() {
    this.place ??= this.openPlace().then(async ({ disk, locks }) => {
      const library = new Library(disk, locks);
      await library.clean();
      return { disk, library };
    });
    this.place.catch(() => {
      this.place = null;
    });
    return this.place;
  }

  private async discard(): Promise<void> {
    const { waiting } = this;
    this.waiting = null;
    await waiting?.draft.abandon();
  }

  /** Ends the work before, and gives the new work its checkpoint. */
  private next(events: ImportEvents): OwnCheckpoint {
    const turn = ++this.turn;
    const pacer = createPacer();
    return async ({ doing, file, bytes, ofBytes, rows }) => {
      if (pacer.due()) {
        events.progress({ doing: `${DOING[doing]} ${file ?? 'the rows'}`, bytes, ofBytes, rows });
        await breathe();
        pacer.reset();
      }
      if (turn !== this.turn) throw new Cancelled();
    };
  }

  /** Choices of rows need no second look at the files. */
  private async surveyOf(mapping: Mapping, checkpoint: OwnCheckpoint): Promise<Survey> {
    const key = JSON.stringify(mapping);
    if (this.survey?.key !== key) {
      this.survey = null;
      this.survey = { key, survey: await surveyFiles(this.files, mapping, checkpoint) };
    }
    return this.survey.survey;
  }
}

const bytesOf = ({ dtype, dims, mapping }: Survey, rows: number) =>
  rows * dims * (dtype === 'float64' ? 8 : 4) * (mapping.target ? 2 : 1);

/** Throws DataError where the rows do not fit in memory or on disk, saying how many would. */
async function checkRoom(survey: Survey, { table: { rows } }: Chosen, disk: Disk): Promise<void> {
  const file = survey.files[survey.mapping.embeddings.file].name;
  const inMemory = bytesOf(survey, rows) / (survey.mapping.target ? 2 : 1);
  if (inMemory > LIMIT_BYTES) {
    const fit = Math.floor(LIMIT_BYTES / (inMemory / rows));
    const wrong = `${grouped(rows)} rows × ${grouped(survey.dims)} take ${gigabytes(inMemory)}, more than the 4 GiB that one set may take in a browser`;
    throw new DataError(file, null, wrong, `Take a sample of at most ${grouped(fit)} rows`);
  }
  const free = await disk.free();
  if (free !== null && bytesOf(survey, rows) > free) throw tooFull(file, survey, rows, free);
}

function tooFull(file: string, survey: Survey, rows: number, free: number): DataError {
  const fit = Math.floor((0.98 * free) / (bytesOf(survey, rows) / rows));
  const wrong = `its rows take ${gigabytes(bytesOf(survey, rows))}, and the browser gives this page ${gigabytes(free)} more`;
  const remedy = fit > 0 ? `take a sample of at most ${grouped(fit)} rows, or remove` : 'remove';
  return new DataError(file, null, wrong, sentence(`${remedy} data from the library below`));
}

async function explained(error: unknown, survey: Survey, { table: { rows } }: Chosen, disk: Disk): Promise<unknown> {
  if (!(error instanceof DiskFull)) return error;
  const file = survey.files[survey.mapping.embeddings.file].name;
  const free = (await disk.free()) ?? 0;
  if (free < bytesOf(survey, rows)) return tooFull(file, survey, rows, free);
  // Browsers only estimate what is free: the disk itself may be full.
  const wrong = 'the browser ran out of room while its rows were being written';
  return new DataError(file, null, wrong, 'Free space on the disk, or remove data from the library below');
}

const sentence = (text: string) => text[0].toUpperCase() + text.slice(1);
const gigabytes = (bytes: number) =>
  bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

/** What is kept, in words: the files of the rows, and how many were taken. */
export function titleOf({ files, mapping }: Survey, { table: { rows, of } }: Pick<Assembled, 'table'>): string {
  const base = files[mapping.embeddings.file].name;
  const target = mapping.target && files[mapping.target.file].name;
  const names = target !== null && target !== base ? `${base} → ${target}` : base;
  return rows === of ? names : `${names}, ${grouped(rows)} of ${grouped(of)} rows`;
}

/** Why rows were left out; null where all were taken. */
export function leftOutOf(
  { pairing, mapping, fileRows }: Survey,
  { dropped, sampledOf, table: { rows } }: Pick<Assembled, 'dropped' | 'sampledOf' | 'table'>,
  { sample }: RowChoices,
): string | null {
  const alone = fileRows[mapping.embeddings.file] - pairing.rows;
  const reasons = [
    ...(alone > 0 ? [`${grouped(alone)} without a partner`] : []),
    ...(dropped > 0 ? [`${grouped(dropped)} with NaN or infinity`] : []),
  ];
  const out = reasons.length > 0 ? [`left out: ${reasons.join(', ')}`] : [];
  if (sampledOf !== null && sample)
    out.push(`a sample of ${grouped(rows)} of ${grouped(sampledOf)}, seed ${sample.seed}`);
  return out.length === 0 ? null : out.join('; ');
}
