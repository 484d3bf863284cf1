import { placeOnAxis, renormalisation } from '../../core/drift/positions.ts';
import type { Coefficients } from '../../core/drift/types.ts';
import type { GeometryReport } from '../../engine/analyses/geometry.ts';
import type { MetricsSpec } from '../../spec/types.ts';

/** What a scatter of rows shows: where rows can go, and where the present amount of drift puts them. */
export interface RowScene {
  readonly geometry: GeometryReport;
  readonly coefficients: Coefficients;
  /** Logits of the rows at this amount, where the probe is a network; null for a linear probe, whose logits follow. */
  readonly logits: Float32Array | null;
  /** The same without drift; null for a linear probe. */
  readonly cleanLogits: Float32Array | null;
  readonly metrics: Pick<MetricsSpec, 'threshold' | 'highConfidence' | 'confidence'>;
}

/** The two edges of confidence and the decision, in units of the horizontal axis. */
export interface Edges {
  /** ŷ = [x ≥ decision]. */
  readonly decision: number;
  /** A row is confident where x > above, or x < below; or, with confidence of ŷ, on its own side only. */
  readonly above: number;
  readonly below: number;
  /** Confidence is the probability of ŷ, not the larger of both. */
  readonly ofAnswer: boolean;
}

const logit = (p: number): number => Math.log(p / (1 - p));

/** Logits per unit of the horizontal axis: ‖w‖ where it is a distance, 1 where it is the logit itself. */
export function logitsPerUnit({ geometry, logits }: RowScene): number {
  return logits === null ? (geometry.probe?.weightNorm ?? 1) : 1;
}

export function edgesOf(scene: RowScene): Edges {
  const { threshold, highConfidence, confidence } = scene.metrics;
  const unit = logitsPerUnit(scene);
  const edge = logit(highConfidence) / unit;
  return { decision: logit(threshold) / unit, above: edge, below: -edge, ofAnswer: confidence === 'predicted' };
}

/** What became of a row: 0 right and unsure, 1 right and confident, 2 wrong and unsure, 3 wrong and confident. */
export function outcome(x: number, label: number, { decision, above, below, ofAnswer }: Edges): number {
  const answer = x >= decision ? 1 : 0;
  const confident = ofAnswer ? (answer === 1 ? x > above : x < below) : x > above || x < below;
  return (answer === label ? 0 : 2) + (confident ? 1 : 0);
}

export interface Placement {
  /** Signed distance to the plane p = ½ along ŵ, or the logit; NaN for a row without a place. */
  readonly x: Float64Array;
  /** Along the second axis, from the mean of the training rows. */
  readonly y: Float64Array;
}

/** Places rows again and again into the same arrays. */
export function createPlacer(): (
  scene: RowScene,
  coefficients: Coefficients,
  logits: Float32Array | null,
) => Placement {
  let x = new Float64Array(0);
  let y = new Float64Array(0);
  let factors = new Float64Array(0);
  return ({ geometry }, coefficients, logits) => {
    const { rows, gram, norm, probe, second } = geometry;
    if (x.length !== rows) [x, y, factors] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
    renormalisation(gram, coefficients, norm, factors);
    if (logits !== null) x.set(logits);
    else if (probe !== null) placeOnAxis(probe.axis, coefficients, factors, probe.origin, x);
    else x.fill(Number.NaN);
    placeOnAxis(second.axis, coefficients, factors, second.origin, y);
    return { x, y };
  };
}

export const CLEAN: Coefficients = { alpha: 1, beta: 0, gamma: 0 };

/** Ranges of the axes, in their units. */
export interface Domain {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

const PADDING = 0.04;

/** Room for all rows of a placement and for what `also` holds, with a margin. */
export function fitDomain({ x, y }: Placement, decision: number, also: Domain | null = null): Domain {
  const range = (values: Float64Array, start: readonly number[]): readonly [number, number] => {
    let low = Math.min(...start, Infinity);
    let high = Math.max(...start, -Infinity);
    for (let i = 0; i < values.length; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
    if (!(low <= high)) return [-1, 1];
    const margin = low === high ? Math.max(1e-9, Math.abs(low) * 0.1) : (high - low) * PADDING;
    return [low - margin, high + margin];
  };
  // At threshold 0 or 1 every row has one answer, and the decision lies at no place.
  const across = range(x, Number.isFinite(decision) ? [decision] : []);
  const up = range(y, []);
  if (also === null) return { x: across, y: up };
  return {
    x: [Math.min(across[0], also.x[0]), Math.max(across[1], also.x[1])],
    y: [Math.min(up[0], also.y[0]), Math.max(up[1], also.y[1])],
  };
}

/** Counts, means and spreads of one class. */
export interface ClassSummary {
  readonly rows: number;
  /** Rows by {@link outcome}. */
  readonly outcomes: readonly [number, number, number, number];
  /** Null without rows that have a place. */
  readonly meanX: number | null;
  readonly meanY: number | null;
  readonly deviationX: number | null;
  readonly deviationY: number | null;
}

export interface SceneSummary {
  readonly classes: readonly [ClassSummary, ClassSummary];
  /** Rows that the drift moved onto the origin. */
  readonly withoutPlace: number;
}

/** One pass over a placement. */
export function summarize({ x, y }: Placement, labels: Uint8Array, edges: Edges): SceneSummary {
  const sums = [0, 1].map(() => ({ n: 0, x: 0, y: 0, xx: 0, yy: 0, outcomes: [0, 0, 0, 0] }));
  let withoutPlace = 0;
  const shift = [x.find((v) => v === v) ?? 0, y.find((v) => v === v) ?? 0];
  for (let i = 0; i < labels.length; i++) {
    if (!(x[i] === x[i] && y[i] === y[i])) {
      withoutPlace++;
      continue;
    }
    const sum = sums[labels[i]];
    const [dx, dy] = [x[i] - shift[0], y[i] - shift[1]];
    sum.n++;
    sum.x += dx;
    sum.y += dy;
    sum.xx += dx * dx;
    sum.yy += dy * dy;
    sum.outcomes[outcome(x[i], labels[i], edges)]++;
  }
  const classOf = ({ n, x: sx, y: sy, xx, yy, outcomes }: (typeof sums)[number]): ClassSummary => ({
    rows: n,
    outcomes: outcomes as [number, number, number, number],
    meanX: n === 0 ? null : shift[0] + sx / n,
    meanY: n === 0 ? null : shift[1] + sy / n,
    deviationX: n === 0 ? null : Math.sqrt(Math.max(0, xx / n - (sx / n) ** 2)),
    deviationY: n === 0 ? null : Math.sqrt(Math.max(0, yy / n - (sy / n) ** 2)),
  });
  return { classes: [classOf(sums[0]), classOf(sums[1])], withoutPlace };
}
