/** Degrees of the whole dial: a quarter circle where it holds all angles, else half a circle; NaN and null count for nothing. */
export function dialEnd(angles: readonly (number | null)[]): 90 | 180 {
  return angles.some((angle) => angle !== null && angle > 90) ? 180 : 90;
}

export interface Dial {
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
}

/** Pixel at a share of the radius and an angle as it is: 0° points right, 90° straight up, 180° left. */
export function dialPoint({ centreX, centreY, radius }: Dial, degrees: number, share = 1): [number, number] {
  const turn = (degrees * Math.PI) / 180;
  const round = (value: number): number => Math.round(value * 100) / 100;
  return [round(centreX + share * radius * Math.cos(turn)), round(centreY - share * radius * Math.sin(turn))];
}

/** An arc of the dial from one angle to another. */
export function dialArc(dial: Dial, from: number, to: number, share: number): string {
  const [x0, y0] = dialPoint(dial, from, share);
  const [x1, y1] = dialPoint(dial, to, share);
  const r = Math.round(dial.radius * share * 100) / 100;
  return `M${x0},${y0}A${r},${r} 0 0 0 ${x1},${y1}`;
}

/** Mean angles below this are hard to tell from none on a dial that shows angles as they are. */
const SMALL = 5;

/** How to read the dial, in plain words. */
export function dialNote(mean: number | null): string {
  return mean !== null && mean > 0 && mean < SMALL
    ? 'Angles are drawn as they are; so small a turn is hard to see: read the numbers.'
    : 'Angles are drawn as they are.';
}
