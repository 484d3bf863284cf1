import { expect, test } from 'vitest';
import { runAnalysis } from '../../../engine/analyses/run.ts';
import { createCpuBackend } from '../../../engine/cpu/cpuBackend.ts';
import { Experiment } from '../../../engine/experiment.ts';
import { createSiteSource } from '../../../engine/siteSource.ts';
import { parseSpec } from '../../../spec/parseSpec.ts';
import type { WhyEntry } from '../../why/entry.ts';
import { driftConventionWords } from './driftConventions.ts';
import { WHY } from './index.ts';

const entries = Object.entries(WHY) as [string, WhyEntry][];

test('every entry says what, how, whence and where it misleads', () => {
  for (const [name, { title, definition, formula, source, misleads }] of entries) {
    for (const text of [title, definition, source, misleads, ...formula]) expect([name, text.length > 1]).toEqual([name, true]); // prettier-ignore
    expect([name, formula.length > 0]).toEqual([name, true]);
  }
});

test('every convention has words of its own', async () => {
  const experiment = new Experiment(createSiteSource('http://localhost/'), createCpuBackend());
  const synthetic = { rows: 300, dims: 8, separation: 2, spectrum: 0, meanCosine: 0.2, seed: 1 };
  const parsed = parseSpec({ data: { id: 'synthetic', synthetic }, metrics: { threshold: 0.4 } });
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  for (const [, { conventions }] of entries) {
    if (!conventions) continue;
    const { metric, words } = conventions;
    const { ofMetric, ofDrift } = await runAnalysis('conventions', experiment, parsed.spec, { metric }, async () => {});
    const rows = [...ofMetric.map((row) => [row.id, words(row).label]), ...ofDrift.map((row) => [row.id, driftConventionWords(row).label])]; // prettier-ignore
    for (const [id, label] of rows) expect([id, label !== id && !label.includes('{}')]).toEqual([id, true]);
    expect(new Set(rows.map(([, label]) => label)).size).toBe(rows.length);
  }
});
