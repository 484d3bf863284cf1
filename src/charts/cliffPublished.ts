import {
  PUBLISHED_DRIFT,
  PUBLISHED_PLATEAU,
  PUBLISHED_SIGMA_1,
  PUBLISHED_SIGMA_ABSTRACT,
  type PublishedNumber,
} from '../data/publishedFigures.ts';
import { formatSigma } from './format.ts';

export { PUBLISHED_PLATEAU };

/** What the paper and its reading notes print about AUC along σ (arXiv 2603.01297), quoted, not recomputed. */
export interface PublishedAuc {
  readonly sigma: number;
  readonly auc: number;
  /** Short, for the mark. */
  readonly mark: string;
  /** Where it stands. */
  readonly source: string;
}

const { aucClean, aucDrifted, aucCheckpoint1 } = PUBLISHED_DRIFT;
const said = (value: number): string => formatSigma(value).replace(/^0/, '');
const [atAbstract, at1] = [PUBLISHED_SIGMA_ABSTRACT.value, PUBLISHED_SIGMA_1.value];

const point = (sigma: number, { value }: PublishedNumber, decimals: number, where: string): PublishedAuc => {
  const mark = value.toFixed(decimals).replace(/^0/, '');
  return { sigma, auc: value, mark, source: `AUC ${mark} ${where}` };
};

export const PUBLISHED_AUC: readonly PublishedAuc[] = [
  point(0, aucClean.abstract, 2, `without drift (abstract; Fig. 2 has ${aucClean.drawn.value.toFixed(2).slice(1)})`),
  point(atAbstract, aucDrifted, 2, `at σ = ${said(atAbstract)} (abstract)`),
  point(at1, aucCheckpoint1.text, 4, `at σ = ${said(at1)}, checkpoint 1 (text)`),
  point(at1, aucCheckpoint1.drawn, 2, `at σ = ${said(at1)}, checkpoint 1 (Fig. 2)`),
];

/** The drift kinds that the paper measured: Gaussian, directional (a random direction) and its subspace kind. */
export function paperMeasured(kind: string, direction: string): boolean {
  return kind === 'gaussian' || kind === 'subspace' || (kind === 'directional' && direction === 'random');
}
