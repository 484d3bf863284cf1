import type { Assembled } from '../own/assemble.ts';
import type { RowChoices } from '../own/own.ts';
import type { OwnCheckpoint, Survey } from '../own/survey.ts';
import { findingsOf } from './findings.ts';
import type { DataReport } from './report.ts';
import { VersionScan, VersionsScan, type VersionScanned } from './versionScan.ts';

/** Rows that were put together, with what is known of how. */
export interface ReportSubject {
  readonly survey: Survey;
  /** What the person chose; rows that were refused are reported as an error even where the rest was put together. */
  readonly choices: RowChoices;
  readonly assembled: Assembled;
}

/** What one version of the embeddings may take in the engine: a WebAssembly memory of 4 GiB, less room for its own work. */
export const LIMIT_BYTES = 2 ** 32 - 2 ** 26;
const BLOCK_NUMBERS = 1 << 19;

/** Most bytes that a session takes for rows of this size: the figure of the design, for each version. */
export function memoryNeed(rows: number, dims: number, dtype: 'float32' | 'float64', versions: number): number {
  return versions * (1.5 * rows * dims * (dtype === 'float64' ? 8 : 4) + 40 * rows);
}

/**
 * Reports on rows before anything trains. Reads each version twice from its store, block by block, and awaits the checkpoint
 * between blocks, which ends it by throwing. `budget` bounds the products of the effective dimension.
 */
export async function dataReport(
  { survey, choices, assembled }: ReportSubject,
  checkpoint?: OwnCheckpoint,
  budget?: number,
): Promise<DataReport> {
  const { table, base, target } = assembled;
  const { rows, dims, dtype, labels, split } = table;
  const stores = target ? [base, target] : [base];
  const scans = stores.map((_, k) => new VersionScan(rows, dims, labels, k === 0 ? split : null, budget));
  const between = target ? new VersionsScan(dims) : null;
  const bytesOfRow = dims * (dtype === 'float64' ? 8 : 4);
  const ofBytes = 2 * rows * bytesOfRow;
  const step = Math.max(1, Math.floor(BLOCK_NUMBERS / dims));
  const say = (done: number) =>
    checkpoint?.({ doing: 'checking', file: null, bytes: done * bytesOfRow, ofBytes, rows: Math.min(done, rows) });
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    // A store may use its buffer again for the next read, also of another version.
    const old = await base.read(first, count);
    scans[0].block(first, old);
    if (target && between) {
      const held = old.slice();
      const newer = await target.read(first, count);
      scans[1].block(first, newer);
      between.block(held, newer);
    }
    await say(first + count);
  }
  for (let first = 0; first < rows; first += step) {
    const count = Math.min(step, rows - first);
    for (const [k, store] of stores.entries()) scans[k].again(first, await store.read(first, count));
    await say(rows + first + count);
  }
  const scanned: VersionScanned[] = [];
  for (const scan of scans) scanned.push(await scan.finish(() => say(2 * rows)));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const part = (name: string) => split?.reduce((sum, word) => sum + (word === name ? 1 : 0), 0) ?? 0;
  const facts = {
    ...{ rows, dims, dtype },
    of: table.of,
    classes: [
      { name: table.name0, count: rows - positives },
      { name: table.name1, count: positives },
    ],
    split: split && { train: part('train'), validation: part('validation'), test: part('test') },
    versions: between?.finish() ?? null,
    memory: {
      bytes: memoryNeed(rows, dims, dtype, stores.length),
      limitBytes: LIMIT_BYTES,
      mostRows: Math.floor(LIMIT_BYTES / (bytesOfRow + 8)),
    },
  };
  return {
    ...facts,
    base: published(scanned[0]),
    target: target ? published(scanned[1]) : null,
    findings: findingsOf({ survey, choices, assembled }, facts, scanned[0], target ? scanned[1] : null),
  };
}

function published({
  norms,
  zeroRows,
  duplicates,
  constantDims,
  meanCosine,
  effectiveDimension,
  separability,
}: VersionScanned) {
  const { groups, rows, acrossLabels, acrossSplits } = duplicates;
  return {
    ...{ norms, zeroRows, constantDims, meanCosine, effectiveDimension, separability },
    duplicates: { groups, rows, acrossLabels, acrossSplits },
  };
}
