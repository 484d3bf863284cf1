import { DataError } from '../src/data/errors.ts';
import { oneLine, UsageError } from './errors.ts';
import { inspectCommand, INSPECT_USAGE } from './inspect.ts';
import { pythonCommand, PYTHON_USAGE } from './python.ts';
import { runCommand, RUN_USAGE } from './run.ts';
import { snapshotCommand, SNAPSHOT_USAGE } from './snapshot.ts';
import { sweepCommand, SWEEP_USAGE } from './sweep.ts';

const USAGE = `Usage: npm run -s lab -- COMMAND

Commands
  ${RUN_USAGE}
  ${SWEEP_USAGE}
  ${INSPECT_USAGE}
  ${SNAPSHOT_USAGE}
  ${PYTHON_USAGE}

Results go to stdout as JSON (or CSV where asked for), progress to stderr. Bad input ends with exit code 2 and one line.`;

const COMMANDS = new Map([
  ['run', runCommand],
  ['sweep', sweepCommand],
  ['snapshot', snapshotCommand],
  ['python', pythonCommand],
  ['inspect', inspectCommand],
]);

async function dispatch([command, ...rest]: readonly string[]): Promise<number> {
  const names = [...COMMANDS.keys()].join(', ');
  if (command === undefined) throw new UsageError(`Name a command: ${names}, or help.`);
  if (command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const run = COMMANDS.get(command);
  if (run && (rest.includes('--help') || rest.includes('-h'))) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (!run) throw new UsageError(`There is no command "${command}". Commands: ${names}, help.`);
  return run(rest);
}

const isBadInput = (error: unknown): error is Error => error instanceof UsageError || error instanceof DataError;

/** Runs one command line and returns its exit code: 0, or 2 for bad input, told in one line on stderr. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    if (!isBadInput(error)) throw error;
    process.stderr.write(`lab: ${oneLine(error.message)}\n`);
    return 2;
  }
}
