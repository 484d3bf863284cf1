/** CSS properties that SVG knows as attributes and that children take from their parent, with their initial values. */
const INHERITED: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'font-family': '',
  'font-size': '16px',
  'font-weight': '400',
  'font-style': 'normal',
  'text-anchor': 'start',
  'letter-spacing': 'normal',
  'paint-order': 'normal',
  'shape-rendering': 'auto',
};
const OWN: Readonly<Record<string, string>> = { opacity: '1', 'dominant-baseline': 'auto', overflow: 'visible' };
/** Those of {@link OWN} that only some elements have a use for. */
const ONLY: Readonly<Record<string, RegExp>> = { overflow: /^svg$/, 'dominant-baseline': /^(text|tspan)$/ };

const byte = (value: number): string => Math.round(value).toString(16).padStart(2, '0');

/** A colour as every SVG reader knows it, and its opacity; null for one that is not spelled as CSS computes colours. */
export function plainColor(value: string): { readonly hex: string; readonly alpha: number } | null {
  const rgb = /^rgba?\(([^)]*)\)$/.exec(value);
  const srgb = /^color\(srgb ([^)]*)\)$/.exec(value);
  const parts = (rgb ?? srgb)?.[1].split(/[\s,/]+/).map(Number);
  if (!parts || parts.length < 3 || parts.some(Number.isNaN)) return null;
  const scale = rgb ? 1 : 255;
  const [r, g, b] = parts.slice(0, 3).map((part) => Math.min(255, Math.max(0, part * scale)));
  return { hex: `#${byte(r)}${byte(g)}${byte(b)}`, alpha: parts[3] ?? 1 };
}

/** Writes what CSS made of an SVG element into attributes of its copy; what the copy's parent has already is left out. */
export function presentation(
  from: Element,
  style: CSSStyleDeclaration,
  parent: CSSStyleDeclaration | null,
  to: Element,
): void {
  for (const name in INHERITED) {
    const value = style.getPropertyValue(name);
    to.removeAttribute(name);
    if (value === (parent?.getPropertyValue(name) ?? INHERITED[name])) continue;
    if (name === 'fill' || name === 'stroke') paint(to, name, value);
    else to.setAttribute(name, value.replaceAll('"', "'"));
  }
  for (const name in OWN) {
    const value = style.getPropertyValue(name);
    if (value === '' || value === OWN[name] || (ONLY[name] && !ONLY[name].test(from.localName))) continue;
    to.setAttribute(name, value);
  }
}

function paint(to: Element, name: 'fill' | 'stroke', value: string): void {
  const reference = /url\("?(#[^")]+)"?\)/.exec(value);
  const color = plainColor(value);
  if (reference) to.setAttribute(name, `url(${reference[1]})`);
  else if (color === null) to.setAttribute(name, value);
  else {
    to.setAttribute(name, color.hex);
    if (color.alpha < 1) to.setAttribute(`${name}-opacity`, String(color.alpha));
  }
}
