/**
 * The tables in docs/METHODS.md that the lab measures itself, on the shipped data: real updates of the encoder, and how
 * far the default experiment's numbers move when a convention changes.
 *
 *   node --import tsx scripts/realUpdatesTable.ts            prints them
 *   node --import tsx scripts/realUpdatesTable.ts --write    puts them into docs/METHODS.md (then: npm run format)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { shippedSource } from '../cli/files.ts';
import { createCpuBackend } from '../src/engine/cpu/cpuBackend.ts';
import { Experiment } from '../src/engine/experiment.ts';
import { amountOf } from '../src/engine/keys.ts';
import type { Headline } from '../src/engine/results.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import type { MetricsSpec } from '../src/spec/types.ts';
import { isMain } from './isMain.mjs';

const METHODS = new URL('../docs/METHODS.md', import.meta.url);
const TABLE_SEED = 42;
const SPREAD_SEEDS = Array.from({ length: 20 }, (_, k) => k + 1);

type Place = 'updates' | 'conventions';
type Cells = readonly string[];
type Table = readonly Cells[];

/** The numbers whose spread is shown, with the name `lab run` prints. */
const SPREAD = [
  ['rocAuc', 'AUC'],
  ['accuracy', 'accuracy'],
  ['meanConfidence', 'mean confidence'],
  ['silentFailureRate', 'share'],
  ['ece', 'ECE'],
] as const;

const CONVENTIONS: readonly Partial<MetricsSpec>[] = [
  {},
  { bins: 5 },
  { bins: 10 },
  { bins: 30 },
  { binning: 'mass' },
  { closed: 'left' },
  { target: 'positive-class' },
  { highConfidence: 0.9 },
  { threshold: 0.7 },
  { threshold: 0.7, confidence: 'predicted' },
];
const CONVENTION_COLUMNS = [
  'accuracy',
  'meanConfidence',
  'ece',
  'mce',
  'ace',
  'silentFailureRate',
  'highConfidenceErrorShare',
  'wrongGivenConfident',
] as const;

const source = shippedSource();
const experiment = new Experiment(source, createCpuBackend());

async function measure(json: object): Promise<Headline> {
  const parsed = parseSpec(json);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  const prepared = await experiment.prepare(parsed.spec, async () => {});
  return experiment.point(prepared, parsed.spec, amountOf(parsed.spec.drift));
}

/** A probe trained on one version and measured on another (null: on the same). */
const measureUpdate = (set: string, trainedOn: string, to: string | null, seed: number): Promise<Headline> =>
  measure({
    data: { id: set, version: trainedOn },
    split: { seed },
    probe: { standardize: false, classWeight: null },
    metrics: { bins: 10 },
    drift: to === null ? { sigma: 0 } : { kind: 'model', to },
  });

/** Sets and their versions in the order of the manifest; the base version is null. */
async function updates(): Promise<readonly { readonly set: string; readonly version: string | null }[]> {
  const { sets } = await source.catalogue();
  return sets.flatMap(({ id: set, defaultVersion, versions }) =>
    versions.map(({ id }) => ({ set, version: id === defaultVersion ? null : id })),
  );
}

function defined(value: number | null): number {
  if (value === null) throw new Error('A number of the table is undefined.');
  return value;
}

const fixed = (value: number | null, digits: number): string => defined(value).toFixed(digits);

/** Real updates at split seed 42, header first. */
export async function updateTable(): Promise<Table> {
  const rows: Cells[] = [
    ['set', 'version', 'mean angle', 'AUC', 'accuracy', 'mean confidence', 'share', 'ECE', 'AUC if retrained'],
  ];
  for (const { set, version } of await updates()) {
    const now = await measureUpdate(set, 'base', version, TABLE_SEED);
    const retrained = await measureUpdate(set, version ?? 'base', null, TABLE_SEED);
    const numbers = [...SPREAD.map(([name]) => now[name]), retrained.rocAuc];
    const angle = `${fixed(now.meanAngleDegrees, 1)}°`;
    rows.push([set, version ?? 'base', angle, ...numbers.map((value) => fixed(value, 5))]);
  }
  return rows;
}

function meanAndDeviation(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(3)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(3)}`;
}

/** The same over split seeds 1 … 20: mean ± standard deviation (n − 1). */
export async function spreadTable(): Promise<Table> {
  const all = await updates();
  const measured = all.map(() => SPREAD.map((): number[] => []));
  for (const seed of SPREAD_SEEDS) {
    for (const [k, { set, version }] of all.entries()) {
      const now = await measureUpdate(set, 'base', version, seed);
      SPREAD.forEach(([name], j) => measured[k][j].push(defined(now[name])));
    }
  }
  return [
    ['set', 'version', ...SPREAD.map(([, label]) => label)],
    ...all.map(({ set, version }, k) => [set, version ?? 'base', ...measured[k].map(meanAndDeviation)]),
  ];
}

/** The default experiment under one changed convention a row. */
export async function conventionTable(): Promise<Table> {
  const rows: Cells[] = [['changed in `metrics`', ...CONVENTION_COLUMNS]];
  for (const metrics of CONVENTIONS) {
    const now = await measure({ metrics });
    const changed = Object.entries(metrics).map(([key, value]) => `\`${key}: ${value}\``);
    rows.push([changed.join(', ') || 'nothing', ...CONVENTION_COLUMNS.map((name) => fixed(now[name], 4))]);
  }
  return rows;
}

const begin = (place: Place): string => `<!-- realUpdatesTable.ts: ${place} -->`;
const end = (place: Place): string => `<!-- realUpdatesTable.ts: end of ${place} -->`;

function between(text: string, place: Place): string {
  const from = text.indexOf(begin(place));
  const to = text.indexOf(end(place));
  if (from < 0 || to < from) throw new Error(`docs/METHODS.md has no place for the table of ${place}.`);
  return text.slice(from + begin(place).length, to);
}

/** The cells of the Markdown tables in one place of docs/METHODS.md. */
export function committedTables(place: Place): readonly Table[] {
  const tables: Cells[][] = [];
  let open = false;
  for (const line of between(readFileSync(METHODS, 'utf8'), place).split('\n')) {
    const isRow = line.startsWith('|');
    if (isRow && !open) tables.push([]);
    open = isRow;
    const cells = line.split('|').slice(1, -1);
    const isRule = cells.every((cell) => /^ *-+ *$/.test(cell));
    if (isRow && !isRule) tables.at(-1)?.push(cells.map((cell) => cell.trim()));
  }
  return tables;
}

function markdown([header, ...rows]: Table): string {
  const line = (cells: Cells): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

async function main(): Promise<void> {
  const note = `Mean ± standard deviation (n − 1) over split seeds 1 … ${SPREAD_SEEDS.length}:`;
  const tables: Record<Place, string> = {
    conventions: markdown(await conventionTable()),
    updates: `Split seed ${TABLE_SEED}:\n\n${markdown(await updateTable())}\n\n${note}\n\n${markdown(await spreadTable())}`,
  };
  if (!process.argv.includes('--write')) {
    process.stdout.write(`${tables.conventions}\n\n${tables.updates}\n`);
    return;
  }
  let text = readFileSync(METHODS, 'utf8');
  for (const place of ['conventions', 'updates'] as const) {
    const old = begin(place) + between(text, place) + end(place);
    text = text.replace(old, () => `${begin(place)}\n\n${tables[place]}\n\n${end(place)}`);
  }
  writeFileSync(METHODS, text);
}

if (isMain(import.meta.url)) await main();
