import { FIELDS, SECTIONS, type Field } from './fields.ts';
import type { ExperimentSpec } from './types.ts';

function defaults(): ExperimentSpec {
  const sections = SECTIONS.map((section) => {
    const fields = Object.entries(FIELDS[section] as Record<string, Field<unknown>>);
    return [section, Object.fromEntries(fields.map(([key, { fallback }]) => [key, fallback]))];
  });
  return { v: 1, lab: 'drift', ...Object.fromEntries(sections) };
}

/** The experiment of an empty spec, which the page opens with. */
export const DEFAULT_SPEC: ExperimentSpec = defaults();
