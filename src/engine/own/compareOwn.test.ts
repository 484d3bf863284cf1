import { describe, expect, it } from 'vitest';
import { compareOwn } from './compareOwn.ts';

const ones = { rows: 2000, dims: 384, embeddings: 'aa', labels: 'bb', target: null };
const two = { ...ones, target: 'cc' };

describe('rows held against those that a link names', () => {
  it('are the same data where every digest agrees, also with a newer version that the link does not name', () => {
    expect(compareOwn(ones, ones)).toEqual([]);
    expect(compareOwn(two, two)).toEqual([]);
    expect(compareOwn(ones, two)).toEqual([]);
  });

  it('are told what differs', () => {
    expect(compareOwn(ones, { ...ones, rows: 1990 })).toEqual([
      'The embeddings are 1,990 × 384; the link was made with 2,000 × 384.',
    ]);
    expect(compareOwn(ones, { ...ones, embeddings: 'x', labels: 'y' })).toHaveLength(2);
    expect(compareOwn(two, { ...two, target: null })[0]).toContain('no newer version');
    expect(compareOwn(two, { ...two, target: 'x' })[0]).toContain('other numbers');
    expect(compareOwn(two, { ...two, embeddings: 'cc', target: 'aa' })).toEqual([
      'The old and the newer version are exchanged.',
    ]);
    expect(compareOwn(two, { ...ones, embeddings: 'cc' })[0]).toContain('those of the newer version');
  });
});
