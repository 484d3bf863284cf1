const SVG = 'http://www.w3.org/2000/svg';

/** A line of text inside a drawing; x and y in pixels of the drawing. */
export interface TextMark {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly className?: string;
}

export function svgChild<K extends keyof SVGElementTagNameMap>(
  parent: Element,
  tag: K,
  className = '',
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  if (className !== '') node.setAttribute('class', className);
  parent.append(node);
  return node;
}

export function htmlChild<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  className = '',
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== '') node.className = className;
  parent.append(node);
  return node;
}

/** Sets attributes; a number is written with two decimals, enough for a pixel. */
export function set(node: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const name in attributes) {
    const value = attributes[name];
    const text = typeof value === 'number' ? String(px(value)) : value;
    // Writing an attribute costs style and layout even where it says the same.
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** Pixels with two decimals. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}

export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides an SVG element without taking it out of the tree. */
export function show(node: SVGElement, visible: boolean): void {
  const display = visible ? '' : 'none';
  if (node.style.display !== display) node.style.display = display;
}

/** A growing set of text elements that is written anew at each call, and keeps its nodes. */
export function textPool(parent: Element, className: string): (marks: readonly TextMark[]) => void {
  const nodes: SVGTextElement[] = [];
  return (marks) => {
    while (nodes.length < marks.length) nodes.push(svgChild(parent, 'text'));
    nodes.forEach((node, i) => {
      const mark = marks[i];
      show(node, mark !== undefined);
      if (mark === undefined) return;
      set(node, { x: mark.x, y: mark.y, 'text-anchor': mark.anchor ?? 'start' });
      set(node, { class: mark.className === undefined ? className : `${className} ${mark.className}` });
      setText(node, mark.text);
    });
  };
}

let made = 0;

/** An id that no other chart of this page has. */
export function uniqueId(name: string): string {
  made += 1;
  return `chart-${name}-${made}`;
}
