import { expect, test } from 'vitest';
import { commonSource, type ComparisonRow } from './comparison.ts';

const row = (where: string | null): ComparisonRow => ({
  ...{ metric: 'm', what: 'w', recomputed: 1, decimals: 3 },
  published: where === null ? null : { value: 1, about: false, where },
});

test('the source that most rows share is named once; one that stands alone is not common', () => {
  expect(commonSource([row('abstract'), row('text'), row(null), row('text')])).toBe('text');
  expect(commonSource([row('abstract'), row(null)])).toBeNull();
  expect(commonSource([])).toBeNull();
});
