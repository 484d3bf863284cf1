import type { ExperimentSpec } from '../../spec/types.ts';

/** What the files that are saved are named after; a lab says how its spec is found. */
export const naming: { shownSpec: () => ExperimentSpec | null } = { shownSpec: () => null };
