import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reviveSnapshot } from '../../state/snapshot.ts';
import type { Exported } from './exported.ts';
import { inWords } from './inWords.ts';
import { reportHtml } from './report.ts';
import { resultJson } from './resultJson.ts';

/** The state that the page opens with. */
function state(): Exported {
  const text = readFileSync(new URL('../drift/defaultResult.json', import.meta.url), 'utf8');
  const { spec, step, clean, context, sweep } = reviveSnapshot(JSON.parse(text));
  return { spec, step, clean, context, sweep, link: 'https://lab.example/#', aucChange: null };
}

test('a result file holds spec, hash, intervals and the whole cliff, with every digit', () => {
  const { step, clean, sweep, context } = state();
  const result = JSON.parse(resultJson(state()));
  expect(result.metrics.rocAuc).toBe(step.headline.rocAuc);
  expect(result.metrics.intervals.accuracy).toEqual(step.accuracyInterval);
  expect(result.clean).toEqual(clean.headline);
  expect(result.data.sha256).toBe(context.data.sha256);
  expect(result.sweep.amounts).toEqual(Array.from(sweep?.sigmas ?? []));
  expect(result.sweep.silentFailureRate).toHaveLength(sweep?.sigmas.length ?? -1);
  expect(result.link).toBe('https://lab.example/#');
});

test('the same state gives the same file, and an undefined number is null', () => {
  const { sweep, ...rest } = state();
  if (!sweep) throw new Error('The first picture has a sweep.');
  const silentFailureRate = sweep.silentFailureRate.slice();
  silentFailureRate[3] = Number.NaN;
  expect(
    JSON.parse(resultJson({ ...rest, sweep: { ...sweep, silentFailureRate } })).sweep.silentFailureRate[3],
  ).toBeNull();
  expect(resultJson(state())).toBe(resultJson(state()));
});

test('the words say what was run', () => {
  const words = inWords(state()).join(' ');
  for (const part of [
    '2,800 of 4,000 rows',
    'C = 1',
    'Gaussian noise (per coordinate), σ = 0.02, seed 42',
    '24.3°',
    '15 bins',
  ]) {
    expect(words).toContain(part);
  }
});

test('a report escapes what data are called, gives drawings ids of their own, and asks for nothing', () => {
  const { context, ...rest } = state();
  const data = { ...context.data, title: '<b>mine</b> & yours', name1: '"quoted"' };
  const svg =
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><pattern id="p"/><rect fill="url(#p)"/></svg>';
  const picture = { svg, width: 9, height: 9 };
  const charts = [
    { kind: 'roc', picture },
    { kind: 'cliff', picture },
  ];
  const html = reportHtml({ ...rest, context: { ...context, data } }, charts);
  expect(html).toContain('&lt;b&gt;mine&lt;/b&gt; &amp; yours');
  expect(html).not.toMatch(/<script|<link|<b>mine|src=|url\((?!#)/);
  expect(html).toContain('<pattern id="c0-p"/><rect fill="url(#c0-p)"/>');
  expect(html).toContain('<pattern id="c1-p"/>');
  expect(html.indexOf('class="cliff"')).toBeLessThan(html.indexOf('class="roc"'));
});
