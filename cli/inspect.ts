import { assemble } from '../src/data/own/assemble.ts';
import type { RowChoices } from '../src/data/own/own.ts';
import { memoryRows } from '../src/data/own/rows.ts';
import { surveyFiles } from '../src/data/own/survey.ts';
import { dataReport, LIMIT_BYTES } from '../src/data/report/dataReport.ts';
import { ROW_OPTIONS, readArguments, rowChoices } from './arguments.ts';
import { UsageError } from './errors.ts';
import { mappingOf } from './mapping.ts';
import { checkFits, ownCheckpoint, withFiles } from './ownData.ts';
import { stderrProgress } from './progress.ts';

export const INSPECT_USAGE = `inspect FILE… [--map JSON] [--non-finite drop] [--sample N:SEED]
         Prints what your files hold: what was guessed of their columns, how rows pair, and the data report, as JSON.`;

const OPTIONS = ROW_OPTIONS;
/** Columns of a file that are listed; a wide table has thousands. */
const MOST_COLUMNS = 50;

export async function inspectCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS, INSPECT_USAGE);
  if (positionals.length === 0) throw new UsageError('Name the files to inspect, such as: inspect x.npy y.csv');
  if (positionals.includes('-')) throw new UsageError('-: standard input cannot be inspected. Save it as a file.');
  const choices = rowChoices(values);
  // Rows with NaN are reported, and the rest with them; refusing them is for a run.
  const read: RowChoices = { ...choices, nonFinite: 'drop' };
  const checkpoint = ownCheckpoint(stderrProgress());
  const report = await withFiles(positionals, async (files) => {
    const { mapping, guess } = await mappingOf(files, values.map ?? null);
    const survey = await surveyFiles(files, mapping, checkpoint);
    checkFits(survey, read, LIMIT_BYTES);
    const assembled = await assemble(survey, read, (_, shape) => memoryRows(shape), checkpoint);
    return {
      files: files.map(({ name, format, bytes, columns, leftOut }, index) => ({
        name,
        format,
        bytes,
        rows: survey.fileRows[index] > 0 ? survey.fileRows[index] : files[index].rows,
        columns: columns.slice(0, MOST_COLUMNS),
        columnsInAll: columns.length,
        leftOut: leftOut ?? [],
      })),
      mapping,
      guesses: guess.notes,
      labels: survey.labelValues.values.map(({ text, count }) => ({
        value: text,
        count,
        means: text === mapping.label.unsafe ? 'unsafe' : 'safe',
      })),
      pairing: survey.pairing,
      own: assembled.digests,
      report: await dataReport({ survey, choices, assembled }, checkpoint),
    };
  });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}
