import { rocAuc } from '../metrics/auc.ts';
import { ScoreSorter } from '../metrics/rank.ts';
import { rootOfIncreasing } from './rootOfIncreasing.ts';
import { accuracyAt, opposedShift, randomTurn, worstTurn, type UnitNoise, type UnitRows } from './turns.ts';

/** What stays of the probe after a turn; null where undefined: one class, or no such turn. */
export interface TurnOutcome {
  readonly accuracy: number | null;
  readonly rocAuc: number | null;
}

export interface TurnOutcomes {
  /** Each row turned by exactly this angle, the worst way for it. */
  readonly worst: TurnOutcome;
  /** One shift of each class towards the other along the probe, at this mean angle; null where none turns rows so far. */
  readonly opposed: TurnOutcome;
  /** Isotropic noise at this mean angle: one draw; null where noise does not turn rows so far. */
  readonly random: TurnOutcome;
}

/** Longest shift and largest noise looked at: rows then have all but forgotten where they were. */
const LARGEST = 1e4;
const NONE: TurnOutcome = { accuracy: null, rocAuc: null };

/** What turns of one angle do to a probe with ŷ = [cosine ≥ level], on the same rows and the same draw of noise throughout. */
export function createTurnStudy(
  rows: UnitRows,
  noise: UnitNoise,
  level: number,
): { readonly at: (degrees: number) => TurnOutcomes } {
  const n = rows.cosines.length;
  const out = new Float64Array(n);
  const sorter = new ScoreSorter(n);
  let meanSquare = 0;
  for (let i = 0; i < n; i++) meanSquare += noise.ee[i] / n;
  const measure = (): TurnOutcome => ({
    accuracy: accuracyAt(rows.labels, out, level),
    rocAuc: rocAuc(rows.labels, out, sorter),
  });
  /** Measures after the turn of `place` whose mean angle is `degrees`. */
  const atAngle = (place: (x: number) => number, degrees: number, guess: number): TurnOutcome => {
    const x = degrees === 0 ? 0 : rootOfIncreasing(place, degrees, guess, LARGEST);
    if (x === null || Number.isNaN(place(x))) return NONE;
    return measure();
  };
  return {
    at(degrees) {
      if (n === 0) return { worst: NONE, opposed: NONE, random: NONE };
      const length = Math.tan((Math.min(degrees, 89.9) * Math.PI) / 180);
      worstTurn(rows, degrees, out);
      const worst = measure();
      const opposed = atAngle((x) => opposedShift(rows, x, out), degrees, length);
      const random = atAngle((x) => randomTurn(rows, noise, x, out), degrees, length / Math.sqrt(meanSquare));
      return { worst, opposed, random };
    },
  };
}

/** Degrees above which the spacing of {@link turnGrid} is about geometric, and below which it is about even. */
export const TURN_KNEE = 0.2;

/** `points` angles from 0 to 90°, evenly spaced in log(1 + θ/{@link TURN_KNEE}): most of them below 5°. */
export function turnGrid(points: number): Float64Array {
  const top = Math.log1p(90 / TURN_KNEE);
  return Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? 90 : TURN_KNEE * Math.expm1((top * i) / (points - 1)),
  );
}
