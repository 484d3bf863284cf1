import type { PageSettings } from '../../spec/linkPage.ts';
import './embed.css';

/** Shows the page as a link asks: as a frame, for a room, with some parts only. Null is the whole page. */
export function arrangePage(page: PageSettings | null): void {
  const { dataset } = document.documentElement;
  const put = (name: string, value: string | null) => {
    if (value === null) delete dataset[name];
    else dataset[name] = value;
  };
  put('embed', page?.embed ? '' : null);
  put('present', page?.present ? '' : null);
  put('only', page?.only?.join(' ') ?? null);
  put('hide', page?.hide.join(' ') || null);
}
