import type { ChartNames } from './plot.ts';
import { htmlChild, set } from './svg.ts';

/** Makes a drawing one that keys can read: focusable and named, with a line for what is read and one for screen readers. */
export function makeReadable(
  room: HTMLElement,
  plot: HTMLElement,
  names: ChartNames,
  description: string,
): { readonly reading: HTMLElement; readonly live: HTMLElement } {
  const reading = htmlChild(room, 'p', 'chart-reading');
  reading.setAttribute('aria-hidden', 'true');
  const live = htmlChild(room, 'p', 'visually-hidden');
  set(live, { role: 'status', 'aria-live': 'polite' });
  plot.tabIndex = 0;
  set(plot, { role: 'application', 'aria-roledescription': description });
  if (names.labelledBy !== undefined) plot.setAttribute('aria-labelledby', names.labelledBy);
  if (names.describedBy !== undefined) plot.setAttribute('aria-describedby', names.describedBy);
  return { reading, live };
}
