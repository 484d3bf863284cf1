import { DataError } from '../../data/errors.ts';
import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The file that a spec is saved as. */
export const specFile = (spec: ExperimentSpec): string => `${JSON.stringify(spec, null, 2)}\n`;

/**
 * The spec in a file that this lab saved: a spec, or a result with the spec that it belongs to. Throws DataError, naming
 * the file and every field that is wrong.
 */
export function readDroppedSpec(text: string, name: string): ExperimentSpec {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DataError(
      name,
      null,
      `it is not JSON (${(error as Error).message})`,
      'Give a spec or a result saved here',
    );
  }
  const result = parseSpec(isObject(json) && isObject(json.lab) && 'spec' in json ? json.spec : json);
  if (result.ok) return result.spec;
  const wrong = result.problems.map(({ message }) => message.replace(/\.$/, '')).join('; ');
  throw new DataError(name, null, wrong, 'Mend the file, or give a spec or a result saved here');
}
