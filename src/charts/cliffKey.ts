import { SERIES, type SeriesId } from './cliffSeries.ts';
import { exact } from './format.ts';
import { htmlChild, set, setText, svgChild } from './svg.ts';

export interface CliffKey {
  /** Shows the value of a series at the handle. */
  set(id: SeriesId, value: number | null, text: string): void;
}

/** Buttons that show or hide each line; they are the key of the chart and carry the values at the handle. */
export function createCliffKey(parent: Element, visible: Set<SeriesId>, changed: () => void): CliffKey {
  const group = htmlChild(parent, 'div', 'cliff-key');
  set(group, { role: 'group', 'aria-label': 'Lines shown, with their values at the handle' });
  const values = new Map<SeriesId, HTMLElement>();
  for (const { id, name } of SERIES) {
    const button = htmlChild(group, 'button', 'cliff-toggle');
    button.type = 'button';
    button.setAttribute('aria-pressed', String(visible.has(id)));
    const mark = svgChild(button, 'svg', 'cliff-toggle-mark');
    set(mark, { width: 26, height: 10, viewBox: '0 0 26 10', 'aria-hidden': 'true' });
    set(svgChild(mark, 'path', `series series-${id}`), { d: 'M0,5H26' });
    setText(htmlChild(button, 'span', 'cliff-toggle-name'), name);
    const value = htmlChild(button, 'span', 'cliff-toggle-value');
    value.dataset.metric = id;
    values.set(id, value);
    button.addEventListener('click', () => {
      if (visible.has(id)) visible.delete(id);
      else visible.add(id);
      button.setAttribute('aria-pressed', String(visible.has(id)));
      changed();
    });
  }
  return {
    set(id, value, text) {
      const node = values.get(id);
      if (node === undefined) return;
      node.dataset.value = exact(value);
      setText(node, text);
    },
  };
}
