import type { AxisMarks, Box } from './axis.ts';
import { set, setText, svgChild, textPool } from './svg.ts';

export interface Axes {
  /** `leftGap` is the distance from the box to the left title: room for its tick labels. */
  draw(box: Box, bottom: AxisMarks, left: AxisMarks, leftGap?: number): void;
  setTitles(bottom: string, left: string): void;
}

/** Grid, ticks, tick labels and titles of two axes. Titles carry the unit. */
export function createAxes(svg: SVGSVGElement, bottomTitle: string, leftTitle: string): Axes {
  const grid = svgChild(svg, 'path', 'axis-grid');
  const lines = svgChild(svg, 'path', 'axis-line');
  const labels = textPool(svgChild(svg, 'g'), 'axis-label');
  const bottomText = svgChild(svg, 'text', 'axis-title');
  const leftText = svgChild(svg, 'text', 'axis-title');
  setText(bottomText, bottomTitle);
  setText(leftText, leftTitle);
  return {
    draw(box, bottom, left, leftGap = 34) {
      set(grid, { d: left.grid + bottom.grid });
      set(lines, { d: `M${box.left},${box.top}V${box.bottom}H${box.right}${left.ticks}${bottom.ticks}` });
      labels([...left.labels, ...bottom.labels]);
      set(bottomText, { x: (box.left + box.right) / 2, y: box.bottom + 38, 'text-anchor': 'middle' });
      const [x, y] = [box.left - leftGap, (box.top + box.bottom) / 2];
      set(leftText, { x, y, 'text-anchor': 'middle', transform: `rotate(-90 ${x} ${y})` });
    },
    setTitles(bottom, left) {
      setText(bottomText, bottom);
      setText(leftText, left);
    },
  };
}
