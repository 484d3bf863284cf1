import type { Picture } from '../../charts/export/picture.ts';
import { formatNumber } from '../../charts/format.ts';
import { LINK_FIELDS } from '../../spec/linkKeys.ts';
import { pythonScript } from '../../spec/python/pythonScript.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { formatChange, formatHeadline, HEADLINES } from '../drift/headlines.ts';
import { CITATIONS } from './citations.ts';
import { specFile } from './droppedSpec.ts';
import type { Exported } from './exported.ts';
import { inWords } from './inWords.ts';
import { REPORT_STYLE } from './reportStyle.ts';
import { LAB_VERSION } from './version.ts';

/** A chart of the report, and whether it is one of those that always show. */
export interface ReportChart {
  readonly kind: string;
  readonly picture: Picture;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Charts that stand on the first sheet. */
const FIRST = ['cliff'];

/**
 * The state on screen as one HTML document: no script, no request, light, and laid out for sheets of A4 or Letter: words,
 * numbers, the cliff and how to reproduce them on the first, the other charts after it.
 */
export function reportHtml(state: Exported, charts: readonly ReportChart[]): string {
  const { spec, link, context } = state;
  const title = `${context.data.title}: probe under drift`;
  const drawn = charts.map((chart, k) => ({ kind: chart.kind, svg: inline(chart.picture.svg, `c${k}-`) }));
  const figures = (of: typeof drawn): string =>
    of.map(({ kind, svg }) => `<figure class="${escaped(kind)}">${svg}</figure>`).join('\n');
  const first = drawn.filter(({ kind }) => FIRST.includes(kind));
  const rest = drawn.filter(({ kind }) => !FIRST.includes(kind));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${inWords(state)
  .map((sentence) => `<p>${escaped(sentence)}</p>`)
  .join('\n')}
<h2>Headline numbers</h2>
${numbers(state)}
${figures(first)}
<h2>Reproduce</h2>
<p>Open the link; it holds every setting${spec.data.id === 'own' ? ', and asks for your rows, which it does not hold' : ''}:</p>
<p class="link"><a href="${escaped(link)}">${escaped(link)}</a></p>
<p>Data: ${escaped(context.data.title)}, SHA-256 <code>${escaped(context.data.sha256)}</code>. Silent Failure Lab ${LAB_VERSION}, computed on ${escaped(context.backend.name)}.</p>
<details><summary>The spec as JSON</summary><pre tabindex="0">${escaped(specFile(spec))}</pre></details>
<details><summary>The same in Python, with NumPy and scikit-learn</summary><pre tabindex="0">${escaped(pythonScript(spec))}</pre></details>
<h2>Settings</h2>
${settings(spec)}
<h2>Cite</h2>
<ul>
${CITATIONS.map(({ text }) => `<li>${escaped(text)}</li>`).join('\n')}
</ul>
<section class="charts" aria-label="More charts">
${figures(rest)}
</section>
</main>
</body>
</html>
`;
}

/** A drawing as part of a page: ids of its own, and no size but its shape. */
function inline(svg: string, prefix: string): string {
  return svg
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replace(/^(<svg[^>]*?) width="[^"]*" height="[^"]*"/, '$1')
    .replace(/ id="([^"]*)"/g, ` id="${prefix}$1"`)
    .replaceAll('url(#', `url(#${prefix}`)
    .trim();
}

function numbers({ step, clean }: Exported): string {
  const rows = HEADLINES.map(({ name, label, read, interval, format }) => {
    const [now, was] = [read(step), read(clean)];
    const ends = interval?.(step);
    const range =
      ends && ends.low !== null && ends.high !== null
        ? `${formatHeadline(ends.low, format)} to ${formatHeadline(ends.high, format)}`
        : '–';
    return `<tr><th scope="row">${escaped(label)}</th><td data-metric="${name}" data-value="${now ?? ''}">${formatHeadline(now, format)}</td><td>${range}</td><td>${formatHeadline(was, format)}</td><td>${escaped(formatChange(now, was, format))}</td></tr>`;
  });
  const { n, errors, highConfidenceErrors, brier } = step.headline;
  return `<table><thead><tr><th scope="col">Measure</th><th scope="col">With drift</th><th scope="col">95% interval</th><th scope="col">Without drift</th><th scope="col">Change</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<p class="note">${highConfidenceErrors} of ${errors} errors among ${n} rows were made with confidence above τ. Brier score ${formatNumber(brier)}. Intervals hold probe, split and noise fixed.</p>`;
}

/** Every setting by its name in links; those that differ from the default are marked by more than weight. */
function settings(spec: ExperimentSpec): string {
  const sections = spec as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const cells = LINK_FIELDS.filter(({ name }) => name !== 'panels').map(({ name, section, key, field }) => {
    const value = sections[section][key];
    const changed = !field.eq(value, field.fallback);
    return `<div${changed ? ' class="changed"' : ''}><dt>${escaped(name)}${changed ? ' *' : ''}</dt><dd>${escaped(field.serialize(value) || 'none')}</dd></div>`;
  });
  return `<dl>${cells.join('\n')}</dl>\n<p class="note">* not the default</p>`;
}
