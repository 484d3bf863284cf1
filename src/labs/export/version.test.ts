import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BIBTEX } from './citations.ts';
import { LAB_VERSION } from './version.ts';

const file = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');

test('exports name the version of the package', () => {
  expect(LAB_VERSION).toBe((JSON.parse(file('package.json')) as { version: string }).version);
  expect(BIBTEX).toContain(`version = {${LAB_VERSION}}`);
});

test('the BibTeX has the papers, authors and numbers of CITATION.cff', () => {
  const cff = file('CITATION.cff');
  for (const [, family, given] of cff.matchAll(/family-names: (.+)\n\s+given-names: (.+)/g)) {
    expect(BIBTEX).toContain(`${family}, ${given}`);
  }
  const numbers = [...cff.matchAll(/arXiv:(\d{4}\.\d{5})/g)].map(([, number]) => number);
  expect(numbers).toEqual(['2603.01297', '2606.11949']);
  for (const number of numbers) expect(BIBTEX).toContain(`eprint = {${number}}`);
  expect(BIBTEX.match(/^@/gm)).toHaveLength(3);
});
