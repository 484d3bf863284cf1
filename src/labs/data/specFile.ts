import { parseSpec } from '../../spec/parseSpec.ts';
import type { ExperimentSpec } from '../../spec/types.ts';

/** Larger files hold data. */
const MOST_BYTES = 1e6;

/** The spec that a .json file holds, by itself or as the `spec` of a result; null where it holds none. */
export async function readSpecFile(file: File): Promise<ExperimentSpec | null> {
  if (!file.name.toLowerCase().endsWith('.json') || file.size > MOST_BYTES) return null;
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return null;
  }
  const inner = typeof json === 'object' && json !== null && 'spec' in json ? json.spec : json;
  // Every field of a spec is optional: without one of its own it is some other JSON.
  if (typeof inner !== 'object' || inner === null || !('v' in inner || 'lab' in inner)) return null;
  const parsed = parseSpec(inner);
  return parsed.ok ? parsed.spec : null;
}
