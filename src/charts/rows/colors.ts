import type { Rgb } from './marks.ts';

/** The colours of marks as they are on screen now, read through an element that CSS has coloured. */
export interface LiveColors {
  get(): { readonly background: Rgb; readonly class0: Rgb; readonly class1: Rgb; readonly silent: Rgb };
  destroy(): void;
}

const VARIABLES = {
  background: '--color-surface-raised',
  class0: '--color-ece',
  class1: '--color-accent',
  silent: '--color-silent',
} as const;

const CHANGES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/** Follows theme, system theme and forced colours; calls `changed` when they do. */
export function liveColors(parent: HTMLElement, changed: () => void): LiveColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  parent.append(probe);
  const read = (variable: string): Rgb => {
    probe.style.color = `var(${variable})`;
    const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b];
  };
  const readAll = () => ({
    background: read(VARIABLES.background),
    class0: read(VARIABLES.class0),
    class1: read(VARIABLES.class1),
    silent: read(VARIABLES.silent),
  });
  let colors = readAll();
  const renew = (): void => {
    colors = readAll();
    changed();
  };
  const queries = CHANGES.map((query) => window.matchMedia(query));
  queries.forEach((query) => query.addEventListener('change', renew));
  const observer = new MutationObserver(renew);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return {
    get: () => colors,
    destroy() {
      queries.forEach((query) => query.removeEventListener('change', renew));
      observer.disconnect();
      probe.remove();
    },
  };
}
