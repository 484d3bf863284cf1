import type { ExperimentSpec } from '../../spec/types.ts';

/** Larger files hold data. */
const MOST_BYTES = 5e6;
/** What a spec, or a result with its spec, has at its top. */
const SPEC_KEYS = ['spec', 'v', 'lab', 'data', 'split', 'probe', 'drift', 'metrics', 'view'];

/** The spec that a .json file holds; null for a file of data. Throws DataError where it is a spec and something of it is wrong. */
export async function readSpecFile(file: File): Promise<ExperimentSpec | null> {
  if (!file.name.toLowerCase().endsWith('.json') || file.size > MOST_BYTES) return null;
  const text = await file.text();
  if (!looksLikeSpec(text)) return null;
  const { readDroppedSpec } = await import('../export/droppedSpec.ts');
  return readDroppedSpec(text, file.name);
}

function looksLikeSpec(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
    return SPEC_KEYS.some((key) => {
      const value = (json as Readonly<Record<string, unknown>>)[key];
      return value !== undefined && !Array.isArray(value);
    });
  } catch {
    return false;
  }
}
