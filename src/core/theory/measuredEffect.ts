import type { DriftSettings } from '../drift/definition.ts';
import type { RowScalars } from '../drift/types.ts';
import type { EffectModel } from './effectModel.ts';
import { measureSecondScore, type Measured } from './scoreClasses.ts';

/** Why the spread of rows along a direction is unknown. */
const NO_ALONG = 'A class needs at least two rows.';

/**
 * The effect of a drift on the score, measured on unit rows from their scalars.
 *
 * @param rows Positions of the measured rows among those of the scalars; null for all.
 * @param labels 0/1, one a measured row.
 * @param k ‖w‖ > 0.
 */
export function effectModelOf(
  drift: Pick<DriftSettings, 'kind' | 'units' | 'direction' | 'renormalize'>,
  scalars: RowScalars,
  rows: Uint32Array | null,
  labels: Uint8Array,
  k: number,
  dims: number,
): Measured<EffectModel> {
  const take = (values: Float64Array) => (rows === null ? values : Float64Array.from(rows, (row) => values[row]));
  const { kind, units, direction, renormalize } = drift;
  const known = (value: EffectModel): Measured<EffectModel> => ({ value, reason: null });
  const s = take(scalars.s);
  switch (kind) {
    case 'gaussian':
      return known({ kind: 'noise', units, dims, renormalize });
    case 'directional':
    case 'mean-shift': {
      if (kind === 'directional' && direction === 'opposed') return known({ kind: 'opposed', renormalize });
      const onProbe = mean(take(scalars.wd)) / k;
      if (!renormalize) return known({ kind: 'shift', onProbe, along: null });
      // The score along v in units of its own: measureSecondScore divides both by k.
      const a = measureSecondScore(
        s,
        take(scalars.xd).map((value) => value * k),
        labels,
        k,
      );
      if (a.value === null) return { value: null, reason: a.reason ?? NO_ALONG };
      return known({ kind: 'shift', onProbe, along: a.value });
    }
    case 'scaling':
    case 'subspace': {
      const q = measureSecondScore(s, take(scalars.wd), labels, k);
      if (q.value === null) return q;
      const lengths = renormalize ? { xd: mean(take(scalars.xd)), dd: mean(take(scalars.dd)) } : null;
      const path = kind === 'scaling' ? 'additive' : 'quarter-turn';
      return known({ kind: 'second-score', path, q: q.value, lengths });
    }
    case 'rotation': {
      if (scalars.wp === null) return { value: null, reason: 'The rotation has no second component.' };
      const [wd, wp] = [take(scalars.wd), take(scalars.wp)];
      const turned = measureSecondScore(s, wd, labels, k);
      const projected = measureSecondScore(s, wp, labels, k);
      const both = measureSecondScore(wd, wp, labels, k);
      if (turned.value === null) return turned;
      if (projected.value === null) return projected;
      if (both.value === null) return both;
      return known({
        kind: 'rotation',
        turned: turned.value,
        projected: projected.value,
        between: both.value.covariance,
      });
    }
    case 'model':
      return { value: null, reason: 'A change to another encoder version is measured, not predicted.' };
  }
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
