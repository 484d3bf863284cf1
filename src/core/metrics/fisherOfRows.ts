import type { Embeddings } from '../linalg/embeddings.ts';
import { classMoments } from './classMoments.ts';
import { fisherRatios, type FisherRatios } from './separability.ts';

/**
 * Both multivariate Fisher ratios of all rows. The sample value of eq. 26 lies above the population's by about 2·dims/rows for
 * classes of equal size (noise in both means).
 */
export function fisherOfRows(embeddings: Embeddings, labels: Uint8Array): FisherRatios {
  const rows = Uint32Array.from({ length: embeddings.rows }, (_, i) => i);
  return fisherRatios(classMoments(embeddings, rows, labels));
}
