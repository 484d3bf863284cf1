import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { options } from './options.ts';
import { note } from './table.ts';

export interface Figure {
  /** What was measured, on what size. */
  readonly name: string;
  /** The figure to hold, in words. */
  readonly hold: string;
  /** What was measured, in words. */
  readonly measured: string;
  /** Null where there is no figure to hold, or the size was cut down. */
  readonly held: boolean | null;
  /** The numbers behind it. */
  readonly numbers: Readonly<Record<string, number | string | null>>;
}

/** Figures of all benchmarks that one runner started, so that the last one can print them together. */
const KEPT = join(tmpdir(), `silent-failure-lab-bench-${process.ppid}.json`);

function readFigures(): Figure[] {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8')) as Figure[];
  } catch {
    return [];
  }
}

export const verdictOf = ({ held }: Figure): string => (held === null ? '–' : held ? 'hit' : 'MISS');

/** Prints a figure with its verdict, and keeps it for the summary and for `--json`. */
export function figure(result: Figure): void {
  note(`→ ${result.name}: ${result.measured}  (to hold: ${result.hold})  ${verdictOf(result)}`);
  const figures = [...readFigures().filter(({ name }) => name !== result.name), result];
  writeFileSync(KEPT, JSON.stringify(figures));
  if (options.json === null) return;
  const path = resolve(options.json);
  mkdirSync(dirname(path), { recursive: true });
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? '',
    load: loadavg()[0],
    node: process.version,
  };
  writeFileSync(path, `${JSON.stringify({ quick: options.quick, machine, figures }, null, 2)}\n`);
}

/** The figures kept so far; forgets them. */
export function takeFigures(): Figure[] {
  const figures = readFigures();
  rmSync(KEPT, { force: true });
  return figures;
}

/** Other work on the machine makes every time below too long: says so where there is some. */
export function sayLoad(): void {
  const [load] = loadavg();
  const cores = cpus().length;
  note(
    `${cores} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load.toFixed(1)}${load > 0.7 * cores ? ': the machine is busy with other work too, so times are too long' : ''}`,
  );
}
