import { htmlChild, set, setText, svgChild } from './svg.ts';

export interface KeyItem {
  readonly text: string;
  /** Class of the line of its swatch; null for none. */
  readonly line: string | null;
  /** Path of the mark of its swatch, within 26 × 12 pixels. */
  readonly mark: string;
  /** Class of that mark. */
  readonly tone: string;
}

/** The key of a chart: a swatch and a name for each line; hidden where there is nothing to name. */
export function createChartKey(parent: Element): (items: readonly KeyItem[]) => void {
  const list = htmlChild(parent, 'ul', 'chart-legend');
  let drawn = '';
  return (items) => {
    const state = JSON.stringify(items);
    if (state === drawn) return;
    drawn = state;
    list.replaceChildren();
    list.hidden = items.length === 0;
    for (const { text, line, mark, tone } of items) {
      const item = htmlChild(list, 'li', 'unit-key');
      const swatch = svgChild(item, 'svg', 'line-swatch');
      set(swatch, { width: 26, height: 12, viewBox: '0 0 26 12', 'aria-hidden': 'true' });
      if (line !== null) set(svgChild(swatch, 'path', line), { d: 'M0,6H26' });
      if (mark !== '') set(svgChild(swatch, 'path', line === null ? tone : `line-mark ${tone}`), { d: mark });
      setText(htmlChild(item, 'span'), text);
    }
  };
}
