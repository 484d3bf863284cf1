import { createStore } from 'zustand/vanilla';
import type { MappingParts } from '../data/own/guessMapping.ts';
import type { Mapping, RowChoices } from '../data/own/own.ts';
import type { CheckReply, ImportProgress, LabelChoices, LibraryReply, Opened } from '../engine/own/importApi.ts';
import type { ImportClient } from '../engine/own/importClient.ts';
import type { OwnEntry } from '../engine/own/library.ts';

/** Files up to so many bytes in all are read and checked without being asked. */
const AUTOMATIC_BYTES = 200e6;

export interface OwnImport {
  readonly files: readonly File[];
  readonly opened: Opened | null;
  /** What the columns are taken for: the guess, as changed by a person. */
  readonly parts: MappingParts | null;
  readonly labels: LabelChoices | null;
  readonly choices: RowChoices;
  readonly reply: CheckReply | null;
  /** What is under way; null while nothing is. */
  readonly work: { readonly what: 'opening' | 'reading' | 'keeping'; readonly progress: ImportProgress | null } | null;
  readonly problem: string | null;
  readonly library: LibraryReply | null;
  /** Why the library cannot be read; null where it can. */
  readonly libraryProblem: string | null;

  add(files: readonly File[]): Promise<void>;
  removeFile(place: number): Promise<void>;
  map(patch: Partial<MappingParts>): Promise<void>;
  choose(choices: Partial<RowChoices>): Promise<void>;
  check(): Promise<void>;
  cancel(): void;
  /** Keeps what was checked; null where it could not be kept. */
  keep(): Promise<OwnEntry | null>;
  list(): Promise<void>;
  remove(key: string): Promise<void>;
  /** Says what went wrong with something that was brought and never became a file of the import. */
  fail(error: unknown): void;
}

/** The mapping, where it is whole. */
export function wholeMapping(parts: MappingParts | null): Mapping | null {
  if (!parts?.embeddings || !parts.label) return null;
  return { ...parts, embeddings: parts.embeddings, label: parts.label };
}

const EMPTY = {
  ...{ files: [], opened: null, parts: null, labels: null, reply: null, work: null, problem: null },
  choices: { nonFinite: 'refuse', sample: null },
} as const;

const sameFile = (a: File, b: File) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
const isCancelled = (error: unknown) => error instanceof Error && error.name === 'Cancelled';
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const labelKey = (parts: MappingParts | null) => JSON.stringify(parts?.label && [parts.label.file, parts.label.column]);

/** Files on their way into the lab: opened, mapped, checked, kept. `now` gives the time that is written beside data kept. */
export function createOwnImport(client: Pick<ImportClient, 'call'>, now: () => Date = () => new Date()) {
  return createStore<OwnImport>()((set, get) => {
    // Work that a newer change has overtaken may still answer.
    let round = 0;

    const work = async <R>(what: 'opening' | 'reading' | 'keeping', ask: Parameters<typeof client.call<R>>[0]) => {
      const mine = round;
      set({ work: { what, progress: null }, problem: null });
      try {
        const answer = await client.call<R>(ask, (progress) => {
          if (mine === round && get().work) set({ work: { what, progress } });
        });
        return mine === round ? { answer } : null;
      } catch (error) {
        if (mine === round && !isCancelled(error)) set({ problem: messageOf(error) });
        return null;
      } finally {
        if (mine === round) set({ work: null });
      }
    };

    const open = async (files: readonly File[]) => {
      round++;
      set({ ...EMPTY, files, choices: EMPTY.choices });
      if (files.length === 0) return void client.call((api) => api.stop()).catch(() => {});
      const opened = await work('opening', (api, events) => api.open(files, events) as Promise<Opened>);
      if (!opened) return;
      set({ opened: opened.answer, parts: opened.answer.guess.parts });
      await label();
    };

    /** Reads the values of the label column where it is another, then goes on to the check. */
    const label = async () => {
      const { parts } = get();
      if (!parts?.label) return;
      const { file, column } = parts.label;
      const read = await work(
        'reading',
        (api, events) => api.labelValues({ file, column }, events) as Promise<LabelChoices>,
      );
      if (!read) return;
      const { answer: labels } = read;
      const known = labels.values.some(({ text }) => text === parts.label?.unsafe);
      const unsafe = known && get().labels !== null ? parts.label.unsafe : labels.guess.unsafe;
      set({ labels, parts: { ...parts, label: { file, column, unsafe } } });
      await automatic();
    };

    const automatic = async () => {
      const bytes = get().opened?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
      if (bytes <= AUTOMATIC_BYTES) await check();
    };

    const check = async () => {
      const mapping = wholeMapping(get().parts);
      if (!mapping) return;
      round++;
      set({ reply: null });
      const { choices } = get();
      const reply = await work('reading', (api, events) => api.check(mapping, choices, events) as Promise<CheckReply>);
      if (reply) set({ reply: reply.answer });
    };

    return {
      ...EMPTY,
      library: null,
      libraryProblem: null,
      async add(more) {
        const { files } = get();
        const fresh = more.filter((file) => !files.some((one) => sameFile(one, file)));
        if (fresh.length > 0) await open([...files, ...fresh]);
      },
      removeFile: (place) => open(get().files.filter((_, k) => k !== place)),
      fail: (error) => set({ problem: messageOf(error) }),
      async map(patch) {
        const { parts } = get();
        if (!parts) return;
        const next = { ...parts, ...patch };
        const again = labelKey(next) !== labelKey(parts);
        round++;
        set({ parts: next, reply: null, work: null, problem: null, ...(again ? { labels: null } : {}) });
        await (again ? label() : automatic());
      },
      async choose(choices) {
        round++;
        set({ choices: { ...get().choices, ...choices }, reply: null, work: null });
        await automatic();
      },
      check,
      cancel() {
        round++;
        set({ work: null, reply: null });
        void client.call((api) => api.stop()).catch(() => {});
      },
      async keep() {
        const kept = await work('keeping', (api) => api.keep(now().toISOString()) as Promise<OwnEntry>);
        set({ reply: null });
        if (kept) await get().list();
        return kept?.answer ?? null;
      },
      async list() {
        try {
          const library = await client.call((api) => api.library() as Promise<LibraryReply>);
          set({ library, libraryProblem: null });
        } catch (error) {
          if (!isCancelled(error)) set({ libraryProblem: messageOf(error) });
        }
      },
      async remove(key) {
        try {
          await client.call((api) => api.remove(key));
        } catch (error) {
          set({ libraryProblem: messageOf(error) });
        }
        await get().list();
      },
    };
  });
}

export type OwnImportStore = ReturnType<typeof createOwnImport>;
