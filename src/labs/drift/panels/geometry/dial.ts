/** Full scales of the dial, degrees: the smallest that holds everything is taken. */
const SCALES = [1, 2, 5, 10, 20, 45, 90, 180];

/** The smallest full scale that holds all angles; NaN and null count for nothing. */
export function dialScale(angles: readonly (number | null)[]): number {
  const largest = Math.max(0, ...angles.filter((angle) => angle !== null && Number.isFinite(angle)).map(Number));
  return SCALES.find((scale) => largest <= scale) ?? 180;
}

export interface Dial {
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
  /** Degrees that the whole quarter stands for. */
  readonly scale: number;
}

/** Pixel at a share of the radius and an angle; 0 points right, the full scale straight up. */
export function dialPoint({ centreX, centreY, radius, scale }: Dial, degrees: number, share = 1): [number, number] {
  const turn = ((degrees / scale) * Math.PI) / 2;
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

/** The angle, in plain words, that a dial magnifies: nothing where it shows a quarter turn as it is. */
export function dialNote(scale: number): string {
  if (scale === 90) return 'The quarter circle is 90°: angles as they are.';
  return scale < 90
    ? `Magnified: the whole quarter circle is ${scale}°.`
    : `Compressed: the whole quarter circle is ${scale}°.`;
}
