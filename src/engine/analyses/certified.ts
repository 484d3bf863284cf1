import { drawExactInLaw } from '../../core/drift/exactInLaw.ts';
import { sortedQuantile } from '../../core/metrics/overlap.ts';
import { norm } from '../../core/linalg/dot.ts';
import { stream } from '../../core/random/streams.ts';
import { certifiedAngles } from '../../core/theory/certifiedAngle.ts';
import { createTurnStudy, turnGrid } from '../../core/theory/turnStudy.ts';
import type { UnitNoise, UnitRows } from '../../core/theory/turns.ts';
import type { Analysis } from './analysis.ts';

/** Angles at which the curves are computed. */
const POINTS = 64;
/** How far from 1 the squared length of a row may be to count as a unit row (core/theory/certifiedAngle.ts). */
const UNIT_TOLERANCE = 1e-6;

/** One metric after each of the three turns, one value an angle; NaN where undefined. */
export interface TurnCurves {
  readonly worst: Float64Array;
  readonly opposed: Float64Array;
  readonly random: Float64Array;
}

export interface CertifiedReport {
  readonly rows: number;
  /** Why there is nothing to show; null where there is. */
  readonly reason: string | null;
  /** Degrees that each row may turn before its answer can flip; null with the reason where no turn flips any answer. */
  readonly certified: { readonly degrees: Float64Array | null; readonly reason: string | null };
  /** 1 where the clean row is right. */
  readonly right: Uint8Array;
  /** Median certified angle of the right rows; null without one. */
  readonly medianRight: number | null;
  readonly angles: Float64Array;
  readonly accuracy: TurnCurves;
  readonly rocAuc: TurnCurves;
  /** What createTurnStudy takes, for any other angle. */
  readonly study: { readonly rows: UnitRows; readonly noise: UnitNoise; readonly level: number } | null;
  /** Seed of the draw of noise. */
  readonly seed: number;
}

const emptyCurves = (n: number): TurnCurves => ({
  worst: new Float64Array(n).fill(Number.NaN),
  opposed: new Float64Array(n).fill(Number.NaN),
  random: new Float64Array(n).fill(Number.NaN),
});

/**
 * How far each clean measured row may turn before its answer can flip, and what turns of 0 … 90° leave of accuracy and AUC when
 * they are the worst possible, one shift of each class, or noise (one draw, exact in law: core/drift/exactInLaw.ts).
 */
export const certified: Analysis<Record<string, never>, CertifiedReport> = async ({ experiment, spec, checkpoint }) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { rows: positions } = experiment.evaluatorFor(prepared, spec);
  const { context, scalars, probe } = prepared;
  const { seed } = spec.drift;
  const count = positions ? positions.length : scalars.rows;
  const nothing = (reason: string): CertifiedReport => ({
    rows: count,
    reason,
    certified: { degrees: null, reason },
    right: new Uint8Array(0),
    medianRight: null,
    angles: new Float64Array(0),
    accuracy: emptyCurves(0),
    rocAuc: emptyCurves(0),
    study: null,
    seed,
  });
  if (probe.kind !== 'logistic') {
    return nothing('A network has no certified angle in closed form: this panel is for linear probes.');
  }
  const k = norm(probe.weights);
  if (!(k > 0)) return nothing('The probe has no direction: all its weights are zero.');
  const at = (i: number): number => (positions ? positions[i] : i);
  const s = new Float64Array(count);
  const n2 = new Float64Array(count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    s[i] = scalars.s[at(i)];
    n2[i] = scalars.n2[at(i)];
    labels[i] = context.labels[at(i)];
    if (Math.abs(n2[i] - 1) > UNIT_TOLERANCE) {
      return nothing(
        `Row ${context.rows[at(i)] + 1} of the file has length ${Math.sqrt(n2[i]).toPrecision(8)}, not 1: an angle alone does not say where it can go. ` +
          'Normalise the rows on load.',
      );
    }
  }
  const { threshold } = spec.metrics;
  const thresholdLogit = Math.log(threshold / (1 - threshold));
  const certifiedRows = certifiedAngles(s, n2, k, probe.bias, thresholdLogit);
  const level = (thresholdLogit - probe.bias) / k;
  const cosines = s.map((value, i) => value / (k * Math.sqrt(n2[i])));
  const right = Uint8Array.from(labels, (label, i) => ((cosines[i] >= level ? 1 : 0) === label ? 1 : 0));
  const rows = { cosines, labels };
  const law = { s: cosines, n2: new Float64Array(count).fill(1), weightNorm: 1, dims: context.embeddings.dims };
  const drawn = drawExactInLaw(stream(seed, 'certified'), { ...law, units: 'per-coordinate' });
  const noise = { we: drawn.wd, ue: drawn.xd, ee: drawn.dd };
  const study = createTurnStudy(rows, noise, level);
  const angles = turnGrid(POINTS);
  const accuracy = emptyCurves(POINTS);
  const rocAuc = emptyCurves(POINTS);
  for (let i = 0; i < POINTS; i++) {
    await checkpoint(i / POINTS, 'Turning the rows');
    const outcomes = study.at(angles[i]);
    for (const turn of ['worst', 'opposed', 'random'] as const) {
      accuracy[turn][i] = outcomes[turn].accuracy ?? Number.NaN;
      rocAuc[turn][i] = outcomes[turn].rocAuc ?? Number.NaN;
    }
  }
  const { degrees } = certifiedRows;
  const standing = degrees === null ? null : degrees.filter((_, i) => right[i] === 1).sort();
  return {
    rows: count,
    reason: null,
    certified: { degrees, reason: certifiedRows.reason },
    right,
    medianRight: standing === null || standing.length === 0 ? null : sortedQuantile(standing, 0.5),
    angles,
    accuracy,
    rocAuc,
    study: { rows, noise, level },
    seed,
  };
};
