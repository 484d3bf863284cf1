import { figurePicture } from '../../charts/export/picture.ts';
import type { ReportChart } from './report.ts';

/** A picture in light of every chart on the page, in the order of the page. */
export async function reportCharts(): Promise<readonly ReportChart[]> {
  const charts: ReportChart[] = [];
  for (const figure of document.querySelectorAll<HTMLElement>('.chart-frame')) {
    const title = figure.querySelector('.chart-title')?.textContent ?? '';
    charts.push({ kind: figure.dataset.chart ?? '', picture: await figurePicture(figure, title, 'light') });
  }
  return charts;
}
