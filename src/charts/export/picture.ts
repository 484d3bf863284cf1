import { plainColor } from './presentation.ts';
import { redraw, type Sheet } from './redraw.ts';
import './picture.css';

export type PictureTheme = 'light' | 'dark';

/** A standing picture of a chart: an SVG document, and its size in CSS pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 20;
/** Pixels of a canvas for each pixel on screen while a picture is taken. */
const SHARPER = '2';

/** Whether a part of the chart is drawn as pixels. */
export const hasPixels = (figure: Element): boolean => figure.querySelector('canvas') !== null;

/** The theme on screen. */
export function themeNow(): PictureTheme {
  return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light';
}

/**
 * A chart as it stands, in either theme, as one SVG document of its own: colours and fonts written out, heading, numbers
 * and key drawn, title and description inside. The page wears the theme while styles are read and never paints it.
 */
export async function figurePicture(figure: HTMLElement, title: string, theme: PictureTheme): Promise<Picture> {
  const root = document.documentElement;
  const before = root.getAttribute('data-theme');
  const plots = [...figure.querySelectorAll<HTMLElement>('.chart-plot')];
  for (const plot of plots) plot.dataset.sharper = SHARPER;
  root.setAttribute('data-theme', theme);
  figure.dataset.pictured = '';
  try {
    // Charts that paint pixels hear of the theme in a microtask, and paint at once; no frame comes between.
    await Promise.resolve();
    return taken(figure, title);
  } finally {
    delete figure.dataset.pictured;
    for (const plot of plots) delete plot.dataset.sharper;
    if (before === null) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', before);
  }
}

function taken(figure: HTMLElement, title: string): Picture {
  const style = getComputedStyle(figure);
  const rect = figure.getBoundingClientRect();
  const inner = Number.parseFloat(style.paddingLeft) || 0;
  const [left, top] = [rect.left + inner - MARGIN, rect.top + (Number.parseFloat(style.paddingTop) || 0) - MARGIN];
  const pen = document.createElement('canvas').getContext('2d');
  const sheet: Sheet = { left, top, pen, right: 0, bottom: 0, hatches: 0 };
  const root = document.createElementNS(SVG, 'svg');
  const name = root.appendChild(document.createElementNS(SVG, 'title'));
  name.textContent = title;
  const words = root.appendChild(document.createElementNS(SVG, 'desc'));
  const pixels = hasPixels(figure) ? ' The marks are a picture of pixels inside the drawing.' : '';
  words.textContent = `${figure.querySelector('.chart-sentence')?.textContent ?? ''}${pixels} Made with the Silent Failure Lab.`;
  const ground = root.appendChild(document.createElementNS(SVG, 'rect'));
  redraw(figure, root, sheet);
  // A key that stands beside the figure belongs to it.
  const key = figure.nextElementSibling;
  if (key?.matches('.row-key')) redraw(key, root, sheet);
  const width = Math.ceil(Math.max(rect.width - 2 * inner + 2 * MARGIN, sheet.right + MARGIN));
  const height = Math.ceil(sheet.bottom + MARGIN);
  const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'font-family': style.fontFamily };
  for (const [key, value] of Object.entries(attributes)) root.setAttribute(key, String(value).replaceAll('"', "'"));
  const color = background(figure);
  for (const [key, value] of Object.entries({ width, height, fill: color })) ground.setAttribute(key, String(value));
  return {
    svg: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`,
    width,
    height,
  };
}

/** The first colour behind an element that can be seen. */
function background(element: Element | null): string {
  for (let node = element; node !== null; node = node.parentElement) {
    const color = plainColor(getComputedStyle(node).backgroundColor);
    if (color && color.alpha === 1) return color.hex;
  }
  return '#ffffff';
}
