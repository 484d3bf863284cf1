import { grouped } from '../../data/errors.ts';
import type { OwnDigests } from '../../data/own/own.ts';

/**
 * What keeps rows from being those that a spec names, a sentence each; empty where they are the same data. A newer version
 * that the spec does not name is no difference.
 */
export function compareOwn(wanted: OwnDigests, found: OwnDigests): string[] {
  if (wanted.rows !== found.rows || wanted.dims !== found.dims) {
    const shape = ({ rows, dims }: OwnDigests) => `${grouped(rows)} × ${grouped(dims)}`;
    return [`The embeddings are ${shape(found)}; the link was made with ${shape(wanted)}.`];
  }
  if (wanted.target !== null && found.embeddings === wanted.target && found.target === wanted.embeddings) {
    return ['The old and the newer version are exchanged.'];
  }
  const differences: string[] = [];
  if (found.embeddings !== wanted.embeddings) {
    differences.push(
      found.embeddings === wanted.target
        ? 'The embeddings are those of the newer version; the old one is missing.'
        : 'The embeddings have the same shape and other numbers.',
    );
  }
  if (found.labels !== wanted.labels) {
    differences.push('The labels or the split differ; or the other value was chosen as unsafe.');
  }
  if (wanted.target !== null && found.target === null) differences.push('There is no newer version of the embeddings.');
  else if (wanted.target !== null && found.target !== wanted.target) {
    differences.push('The newer version of the embeddings has other numbers.');
  }
  return differences;
}
