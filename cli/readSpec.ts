import { parseSpec } from '../src/spec/parseSpec.ts';
import type { ExperimentSpec } from '../src/spec/types.ts';
import { UsageError } from './errors.ts';
import { readBytes } from './files.ts';
import { OWN_VERSIONS, type OwnFiles } from './ownData.ts';

/** Reads and checks a spec file; own files take the place of its dataset. Throws UsageError naming file and field. */
export async function readSpec(path: string | undefined, own: OwnFiles | null): Promise<ExperimentSpec> {
  let json: unknown = {};
  if (path !== undefined) {
    const bytes = await readBytes(path);
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      throw new UsageError(`${path}: it is not JSON (${(error as Error).message}). Write the spec as one JSON object.`);
    }
  }
  const result = parseSpec(own ? withOwnData(json, own) : json);
  if (result.ok) return result.spec;
  const messages = result.problems.map((problem) => problem.message).join(' ');
  throw new UsageError(`${path ?? 'the spec'}: ${messages}`);
}

/** Files given on the command line take the place of the spec's dataset. */
function withOwnData(json: unknown, own: OwnFiles): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const { data, drift, ...rest } = json as { data?: object; drift?: object };
  const isModel = (drift as { kind?: unknown } | undefined)?.kind === 'model';
  if (isModel && !own.target) {
    throw new UsageError('A drift of kind model on your own data needs the new rows: add --target NEW.npy.');
  }
  return {
    ...rest,
    data: { ...data, id: 'own', version: OWN_VERSIONS.base },
    ...(drift === undefined ? {} : { drift: isModel ? { ...drift, to: OWN_VERSIONS.target } : drift }),
  };
}
