import { fisherOfRows } from '../core/metrics/fisherOfRows.ts';
import { rowScale } from './normalize.ts';
import { generateSynthetic, type SyntheticSettings } from './synthetic.ts';

/**
 * The separation at which the generated rows, normalised as the lab uses them, have the Fisher value `target` (eq. 26)
 * within `tolerance`. Secant steps on separation², in which the value is close to linear. Null where `target` is below
 * what noise alone gives these rows (about 2·dims/rows), or where eight steps do not reach it.
 */
export function separationForFisher(
  settings: Omit<SyntheticSettings, 'separation'>,
  target: number,
  tolerance = 1e-6,
): number | null {
  const buffer = new Float32Array(settings.rows * settings.dims);
  const at = (square: number): number => {
    const data = generateSynthetic({ ...settings, separation: Math.sqrt(square) }, () => buffer);
    const scale = rowScale(data.values, data.rows, data.dims, true);
    return (fisherOfRows({ ...data, scale }, data.labels).paper ?? 0) - target;
  };
  let [x0, x1] = [0, 2 * target];
  let [f0, f1] = [at(x0), at(x1)];
  if (f0 > 0) return null;
  for (let step = 0; step < 8; step++) {
    if (Math.abs(f1) <= tolerance) return Math.sqrt(x1);
    if (f1 === f0) return null;
    const x2 = x1 - (f1 * (x1 - x0)) / (f1 - f0);
    if (!(x2 > 0)) return null;
    [x0, f0, x1, f1] = [x1, f1, x2, at(x2)];
  }
  return Math.abs(f1) <= tolerance ? Math.sqrt(x1) : null;
}
