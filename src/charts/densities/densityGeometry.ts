import type { GaussianLogits } from '../../core/theory/masterFormula.ts';
import type { Box } from '../axis.ts';
import { px } from '../svg.ts';

export interface DensityPair {
  readonly now: GaussianLogits;
  readonly clean: GaussianLogits;
}

const STOPS = 241;
const REACH = 3.5;

export function densityBox(width: number): Box {
  return { left: 58, top: 22, right: width - 14, bottom: 22 + Math.min(220, Math.max(150, Math.round(width * 0.3))) };
}

/** Logits that the drawing spans: both states to 3.5 standard deviations, and 0; rounded out so that the axis rests. */
export function densityDomain({ now, clean }: DensityPair): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const { mu0, sd0, mu1, sd1 } of [now, clean]) {
    low = Math.min(low, mu0 - REACH * sd0, mu1 - REACH * sd1);
    high = Math.max(high, mu0 + REACH * sd0, mu1 + REACH * sd1);
  }
  const step = 10 ** Math.floor(Math.log10(high - low)) / 2;
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step];
}

/** Share of all rows per unit of logit, for one class. */
export function classDensity(g: GaussianLogits, label: 0 | 1, logit: number): number {
  const [mu, sd, share] = label === 1 ? [g.mu1, g.sd1, g.pi1] : [g.mu0, g.sd0, 1 - g.pi1];
  const z = (logit - mu) / sd;
  return (share * Math.exp((-z * z) / 2)) / (sd * Math.sqrt(2 * Math.PI));
}

export function largestDensity({ pi1, sd0, sd1 }: GaussianLogits): number {
  return Math.max((1 - pi1) / sd0, pi1 / sd1) / Math.sqrt(2 * Math.PI);
}

/** The curve of one class; closed along the base line where it is to be filled. Stops lie closer around the mean. */
export function densityPath(
  g: GaussianLogits,
  label: 0 | 1,
  box: Box,
  [low, high]: readonly [number, number],
  top: number,
  closed: boolean,
): string {
  const [mu, sd] = label === 1 ? [g.mu1, g.sd1] : [g.mu0, g.sd0];
  const x = (logit: number) => box.left + ((logit - low) / (high - low)) * (box.right - box.left);
  const y = (density: number) => box.bottom - (density / top) * (box.bottom - box.top);
  let path = '';
  for (let k = 0; k < STOPS; k++) {
    const logit = mu + sd * 4 * ((2 * k) / (STOPS - 1) - 1);
    if (logit < low || logit > high) continue;
    path += `${path === '' ? 'M' : 'L'}${px(x(logit))},${px(y(classDensity(g, label, logit)))}`;
  }
  if (!closed || path === '') return path;
  const ends = [Math.max(low, mu - 4 * sd), Math.min(high, mu + 4 * sd)];
  return `${path}L${px(x(ends[1]))},${px(box.bottom)}H${px(x(ends[0]))}Z`;
}
