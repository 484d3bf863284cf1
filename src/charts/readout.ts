import { exact } from './format.ts';
import { htmlChild, setText } from './svg.ts';

export interface Metric {
  /** `text` is shown; `value` goes into data-value with every digit; `note` stands behind it in small type. */
  set(value: number | null, text: string, note?: string): void;
}

/** One labelled number above a drawing: `<span data-metric data-value>`. */
export function createMetric(parent: Element, metric: string, label: string, className = ''): Metric {
  const item = htmlChild(parent, 'p', `chart-metric ${className}`);
  if (label !== '') setText(htmlChild(item, 'span', 'chart-metric-label'), label);
  const number = htmlChild(item, 'span', 'chart-metric-value');
  number.dataset.metric = metric;
  const small = htmlChild(item, 'span', 'chart-metric-note');
  return {
    set(value, text, note = '') {
      const digits = exact(value);
      if (number.dataset.value !== digits) number.dataset.value = digits;
      setText(number, text);
      setText(small, note);
    },
  };
}
