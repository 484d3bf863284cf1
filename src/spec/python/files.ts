import type { ExperimentSpec } from '../types.ts';

/** The files that a script reads, by what they hold; null where the spec needs none. */
export interface ScriptFiles {
  readonly embeddings: string;
  readonly labels: string;
  /** The same rows in the encoder version that the drift leads to. */
  readonly target: string | null;
}

/** Shipped sets have the names that they have beside the page; own rows have names that a person gives them. */
export function scriptFiles({ data, drift }: ExperimentSpec): ScriptFiles | null {
  if (data.id === 'synthetic') return null;
  const towards = drift.kind === 'model' ? drift.to : null;
  if (data.id === 'own') {
    return {
      embeddings: data.version === 'target' ? 'target.npy' : 'embeddings.npy',
      labels: 'labels.csv',
      target: towards === null ? null : towards === 'target' ? 'target.npy' : 'embeddings.npy',
    };
  }
  return {
    embeddings: `${data.id}.${data.version}.npy`,
    labels: `${data.id}.labels.csv`,
    target: towards === null ? null : `${data.id}.${towards}.npy`,
  };
}

/** What stands in the folder, for the head of a script. */
export function folderWords(spec: ExperimentSpec): readonly string[] {
  const files = scriptFiles(spec);
  if (files === null) return [];
  const { own } = spec.data;
  if (spec.data.id !== 'own') {
    const names = [files.embeddings, files.target, files.labels].filter((name) => name !== null);
    return [
      `FOLDER holds ${[...new Set(names)].join(', ')}:`,
      'they are in public/data of the lab, and in data/ beside the page.',
    ];
  }
  const shape = own === null ? '' : ` (${own.rows} x ${own.dims})`;
  return [
    `FOLDER holds your own rows as the lab uses and saves them (Results), in its order${shape}: ${files.embeddings},`,
    ...(files.target === null ? [] : [`${files.target} (the same rows from the other encoder version),`]),
    'labels.csv with a column "label" of 0 and 1 (and "split", and columns to slice by, where there are such).',
  ];
}
