import { sigmaForMeasuredAngle } from '../../core/drift/equivalentSigma.ts';
import { meanAngle } from '../../core/drift/angles.ts';
import { amountOf } from '../keys.ts';
import type { Analysis } from './analysis.ts';
import { MOST } from './namedMechanisms.ts';

export interface EquivalentNoiseReport {
  /** Mean angle of the measured rows under the drift of the spec, degrees; null where no row has one. */
  readonly degrees: number | null;
  /** The per-coordinate σ of Gaussian noise at which the drawn noise turns the same rows as far; null with `reason`. */
  readonly sigma: number | null;
  readonly reason: string | null;
  /** Mean measured angle, degrees, at the largest σ searched, where that is less than `degrees`; else null. */
  readonly limitDegrees: number | null;
  readonly seed: number;
}

/** The Gaussian noise that turns the measured rows as far as the drift of the spec does, by the noise that would be drawn. */
export const equivalentNoise: Analysis<Record<string, never>, EquivalentNoiseReport> = async ({
  experiment,
  spec,
  checkpoint,
}) => {
  const prepared = await experiment.prepare(spec, checkpoint);
  const { seed } = spec.drift;
  const { rows } = experiment.evaluatorFor(prepared, spec);
  const degrees = meanAngle(prepared.scalars, prepared.drift, amountOf(spec.drift), rows);
  if (degrees === null) return { degrees, sigma: null, reason: 'No row has an angle.', limitDegrees: null, seed };
  const noise = await experiment.prepare(
    { ...spec, drift: { ...spec.drift, kind: 'gaussian', units: 'per-coordinate' } },
    checkpoint,
  );
  await checkpoint(1, 'Searching for σ');
  const found = sigmaForMeasuredAngle(noise.scalars, noise.drift, degrees, MOST, rows);
  const most = found.sigma === null ? meanAngle(noise.scalars, noise.drift, MOST, rows) : null;
  return { degrees, seed, ...found, limitDegrees: most !== null && most < degrees ? most : null };
};
