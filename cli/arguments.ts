import { UnusableDriftError } from '../src/core/drift/definition.ts';
import { VanishedRowError } from '../src/core/drift/score.ts';
import { SliceError } from '../src/engine/slice.ts';
import { UsageError } from './errors.ts';

/** The spec's path among the arguments that are no option; at most one, "-" for standard input. Throws UsageError. */
export function onePath(args: readonly string[]): string | undefined {
  const option = args.find((arg) => arg.startsWith('-') && arg !== '-');
  if (option !== undefined) throw new UsageError(`Unknown option '${option}'. Name one SPEC.json, or - for stdin.`);
  if (args.length > 1) throw new UsageError(`One spec at a time: ${args.join(', ')}. Leave all but one out.`);
  if (args[0] === '') throw new UsageError('The path of the spec is empty. Name one SPEC.json, or - for stdin.');
  return args[0];
}

/** A spec that asks of its data what these cannot give, as bad input of that spec; null for any other error. */
export function badSettings(error: unknown, spec: string): UsageError | null {
  return error instanceof UnusableDriftError ||
    error instanceof VanishedRowError ||
    error instanceof SliceError ||
    error instanceof RangeError
    ? new UsageError(`${spec}: ${error.message}`)
    : null;
}
