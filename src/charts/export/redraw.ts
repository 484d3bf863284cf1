import { plainColor, presentation } from './presentation.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Parts of a chart that a picture has no use for: what is pressed, read aloud, or moves with the pointer. */
const LEFT_OUT =
  '.chart-actions, .chart-sentence, .chart-reading, .chart-table-scroll, .chart-cursor, .visually-hidden, .why-button, ' +
  '[hidden], [aria-live], button:not([aria-pressed="true"], [role="radio"]), input, select, textarea, defs:empty';
const NOT_COPIED = /^(class|style|role|tabindex|focusable|aria-.*|data-.*)$/;

/** What a redrawing needs besides the node: where its corner is on screen, and how far its content reaches. */
export interface Sheet {
  readonly left: number;
  readonly top: number;
  readonly pen: CanvasRenderingContext2D | null;
  right: number;
  bottom: number;
  hatches: number;
}

const make = (parent: Element, tag: string, attributes: Readonly<Record<string, string | number>>): Element => {
  const node = document.createElementNS(SVG, tag);
  for (const name in attributes) node.setAttribute(name, String(attributes[name]));
  parent.append(node);
  return node;
};
const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * Draws what HTML shows below `from` as SVG into `into`: text line by line where it stands, boxes with their colours and
 * borders, drawings with what CSS made of them, canvases as pictures.
 */
export function redraw(from: Element, into: Element, sheet: Sheet): void {
  const above: Element[] = [];
  for (const child of from.childNodes) {
    if (child instanceof Text) text(child, into, sheet);
    else if (!(child instanceof Element) || child.matches(LEFT_OUT)) continue;
    else if (Number(getComputedStyle(child).zIndex) > 0) above.push(child);
    else element(child, into, sheet);
  }
  for (const child of above) element(child, into, sheet);
}

function element(node: Element, into: Element, sheet: Sheet): void {
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return;
  const rect = node.getBoundingClientRect();
  const at = { x: round(rect.left - sheet.left), y: round(rect.top - sheet.top) };
  const size = { width: round(rect.width), height: round(rect.height) };
  if (node instanceof SVGSVGElement) {
    if (rect.width === 0 || rect.height === 0) return;
    reach(sheet, rect);
    const copy = drawing(node, null);
    for (const [name, value] of Object.entries({ ...at, ...size })) copy.setAttribute(name, String(value));
    copy.setAttribute('overflow', 'visible');
    into.append(copy);
    return;
  }
  if (node instanceof HTMLCanvasElement) {
    reach(sheet, rect);
    make(into, 'image', { ...at, ...size, preserveAspectRatio: 'none', href: node.toDataURL('image/png') });
    return;
  }
  box(style, { ...at, ...size }, into, sheet);
  redraw(node, into, sheet);
}

function reach(sheet: Sheet, { right, bottom }: { readonly right: number; readonly bottom: number }): void {
  sheet.right = Math.max(sheet.right, right - sheet.left);
  sheet.bottom = Math.max(sheet.bottom, bottom - sheet.top);
}

/** An SVG element as it is drawn: its attributes, and in place of classes what CSS makes of them. */
function drawing(node: Element, parent: CSSStyleDeclaration | null): Element {
  const copy = document.createElementNS(SVG, node.localName);
  for (const { name, value } of node.attributes)
    if (!NOT_COPIED.test(name) && name !== 'xmlns') copy.setAttribute(name, value);
  const style = getComputedStyle(node);
  presentation(node, style, parent, copy);
  for (const child of node.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement && !child.matches(LEFT_OUT) && isDrawn(child))
      copy.append(drawing(child, style));
  }
  return copy;
}

function isDrawn(node: Element): boolean {
  const { display, visibility } = getComputedStyle(node);
  // What a drawing only refers to (patterns) is never displayed itself.
  return node.closest('defs') !== null || (display !== 'none' && visibility !== 'hidden');
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function box(style: CSSStyleDeclaration, place: Place, into: Element, sheet: Sheet): void {
  const { x, y, width, height } = place;
  if (width === 0 || height === 0) return;
  const corner = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const around = { x, y, width, height, ...(corner > 0 ? { rx: corner } : {}) };
  const filled = plainColor(style.backgroundColor);
  if (filled && filled.alpha > 0) {
    sheet.right = Math.max(sheet.right, x + width);
    sheet.bottom = Math.max(sheet.bottom, y + height);
    make(into, 'rect', { ...around, fill: filled.hex, ...(filled.alpha < 1 ? { 'fill-opacity': filled.alpha } : {}) });
  }
  const striped = /repeating-linear-gradient\([^,]*, ((?:rgb|color)[^)]*\))/.exec(style.backgroundImage);
  const stripe = striped && plainColor(striped[1]);
  if (stripe) make(into, 'rect', { ...around, fill: `url(#${hatch(stripe.hex, into, sheet)})` });
  border(style, place, around, into);
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
const DASHES: Readonly<Record<string, string>> = { dashed: '4 3', dotted: '1.5 2.5' };

/** A border all round as one rectangle, one of some sides as lines. */
function border(
  style: CSSStyleDeclaration,
  { x, y, width, height }: Place,
  around: Readonly<Record<string, number>>,
  into: Element,
): void {
  const lines = SIDES.map((side) => {
    const kind = style.getPropertyValue(`border-${side}-style`);
    const color = plainColor(style.getPropertyValue(`border-${side}-color`));
    const thick = kind === 'none' ? 0 : Number.parseFloat(style.getPropertyValue(`border-${side}-width`)) || 0;
    return { thick: color === null || color.alpha === 0 ? 0 : thick, stroke: color?.hex ?? '', dash: DASHES[kind] };
  });
  const drawn = (node: Element, dash: string | undefined): void => {
    if (dash !== undefined) node.setAttribute('stroke-dasharray', dash);
  };
  const [top] = lines;
  if (lines.every(({ thick, stroke }) => thick > 0 && thick === top.thick && stroke === top.stroke)) {
    const { thick, stroke, dash } = top;
    const inner = { x: x + thick / 2, y: y + thick / 2, width: width - thick, height: height - thick };
    drawn(make(into, 'rect', { ...around, ...inner, fill: 'none', stroke, 'stroke-width': thick }), dash);
    return;
  }
  lines.forEach(({ thick, stroke, dash }, side) => {
    if (thick === 0) return;
    const half = thick / 2;
    const ends = [
      { x1: x, y1: y + half, x2: x + width, y2: y + half },
      { x1: x + width - half, y1: y, x2: x + width - half, y2: y + height },
      { x1: x, y1: y + height - half, x2: x + width, y2: y + height - half },
      { x1: x + half, y1: y, x2: x + half, y2: y + height },
    ][side];
    drawn(make(into, 'line', { ...ends, stroke, 'stroke-width': thick }), dash);
  });
}

/** Stripes in a colour; the id of their pattern. */
function hatch(color: string, into: Element, sheet: Sheet): string {
  const id = `hatch-${++sheet.hatches}`;
  const pattern = make(into, 'pattern', {
    ...{ id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(25)' },
  });
  make(pattern, 'rect', { width: 4, height: 7, fill: color });
  return id;
}

/** Each line of a text where it stands. */
function text(node: Text, into: Element, sheet: Sheet): void {
  const parent = node.parentElement;
  if (parent === null || node.data.trim() === '') return;
  const style = getComputedStyle(parent);
  const color = plainColor(style.color);
  const lines: { words: string[]; left: number; top: number; bottom: number; right: number }[] = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const rect = range.getClientRects()[0];
    if (rect === undefined || rect.width === 0) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.top - rect.top) < 2) {
      line.words.push(word[0]);
      line.right = rect.right;
    } else lines.push({ words: [word[0]], left: rect.left, top: rect.top, bottom: rect.bottom, right: rect.right });
  }
  for (const line of lines) {
    reach(sheet, line);
    const written = make(into, 'text', {
      x: round(line.left - sheet.left),
      y: round(line.top - sheet.top + (line.bottom - line.top) * ascentShare(style, sheet)),
      'font-size': Number.parseFloat(style.fontSize),
      ...(style.fontWeight === '400' ? {} : { 'font-weight': style.fontWeight }),
      fill: color?.hex ?? '#000000',
    });
    written.textContent = line.words.join(' ');
  }
}

/** Where the baseline of a line stands in its box, as a share of the box from its top. */
function ascentShare({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration, { pen }: Sheet): number {
  if (pen === null) return 0.8;
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText('x');
  return up + down > 0 ? up / (up + down) : 0.8;
}
