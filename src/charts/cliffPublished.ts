/** What the paper and its reading notes print about AUC along σ (arXiv 2603.01297), quoted, not recomputed. */
export interface PublishedAuc {
  readonly sigma: number;
  readonly auc: number;
  /** Short, for the mark. */
  readonly mark: string;
  /** Where it stands. */
  readonly source: string;
}

export const PUBLISHED_AUC: readonly PublishedAuc[] = [
  { sigma: 0, auc: 0.85, mark: '.85', source: 'AUC .85 without drift (abstract; Fig. 2 has .90)' },
  { sigma: 0.02, auc: 0.5, mark: '.50', source: 'AUC .50 at σ = .02 (abstract)' },
  { sigma: 0.028, auc: 0.4975, mark: '.4975', source: 'AUC .4975 at σ = .028, checkpoint 1 (text)' },
  { sigma: 0.028, auc: 0.51, mark: '.51', source: 'AUC .51 at σ = .028, checkpoint 1 (Fig. 2)' },
];

/** "50–52 % even up to σ = .10". */
export const PUBLISHED_PLATEAU = { from: 0.028, to: 0.1, low: 0.5, high: 0.52 } as const;

/** The drift kinds that the paper measured: Gaussian, directional (a random direction) and its subspace kind. */
export function paperMeasured(kind: string, direction: string): boolean {
  return kind === 'gaussian' || kind === 'subspace' || (kind === 'directional' && direction === 'random');
}
