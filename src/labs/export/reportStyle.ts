/** The report's own style: system fonts, black on white, sheets of A4 and Letter alike. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
@page { margin: 11mm; }
body { margin: 0; background: #fff; color: #14181d; font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0 0 .4em; font-size: 1.5em; line-height: 1.2; }
h2 { margin: 1.2em 0 .4em; font-size: 1.1em; break-after: avoid; }
p { margin: .4em 0; max-width: 75ch; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25em .5em; border-bottom: 1px solid #dde1e6; text-align: right; }
th:first-child { text-align: left; font-weight: 600; }
thead th { color: #525c68; }
.note, dt { color: #525c68; font-size: .87em; }
figure { margin: .8em 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
.link { overflow-wrap: anywhere; max-width: none; }
a { color: #0b5cad; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; overflow-wrap: anywhere; }
pre { max-height: 26em; margin: .4em 0; padding: .8em; overflow: auto; border: 1px solid #dde1e6; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .2em 1.2em; margin: 0; font-size: .87em; }
dl div { display: flex; justify-content: space-between; gap: .6em; border-bottom: 1px solid #dde1e6; }
dt, dd { margin: 0; font-size: 1em; }
dd { text-align: right; overflow-wrap: anywhere; }
.changed dd { font-weight: 650; }
ul { margin: .3em 0; padding-left: 1.2em; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(25rem, 100%), 1fr)); gap: .5em 1.5em; align-items: start; }
figure.errors { grid-column: 1 / -1; }
@media screen and (max-width: 40rem) {
  main { padding: 1rem; }
  table { font-size: .8em; }
  th, td { padding: .25em .3em; }
}
@media print {
  body { font-size: 8.5pt; line-height: 1.35; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 1.35em; }
  h2 { margin: .6em 0 .15em; }
  p { max-width: none; margin: .25em 0; }
  th, td { padding: .12em .5em; }
  figure { margin: .3em 0; }
  figure svg { max-height: 88mm; }
  figure.cliff svg { max-height: 56mm; }
  figure.errors svg { max-height: 50mm; }
  dl { grid-template-columns: repeat(5, 1fr); gap: .1em 1em; }
  details { display: none; }
  .charts { grid-template-columns: 1fr 1fr; gap: 0 1.2em; break-before: page; }
}
`;
