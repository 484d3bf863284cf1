/** What a chart draws beside the present state: the same rows without drift, or a state that a person kept as A. */
export type Beside = 'clean' | 'A';

/** How it is named: in the key of a drawing, within a sentence, and where its numbers stand. */
export function besideWords(beside: Beside = 'clean') {
  return beside === 'A'
    ? { short: 'A', name: 'A', where: 'in A' }
    : { short: 'clean', name: 'without drift', where: 'on clean embeddings' };
}
