export const DEGREES = 180 / Math.PI;

/**
 * Angle in degrees, in [0, 180], between vectors u and v of one length of list, given a = 1/‖u‖ and b = 1/‖v‖:
 * 2·atan2(‖û − v̂‖, ‖û + v̂‖) of the unit vectors, which keeps its digits at any angle (Kahan, Computing Cross-Products and Rotations, §13), where acos loses
 * everything below 1e-6 degrees. What it gives for a zero vector means nothing.
 */
export function angleOfScaled(u: Float64Array, a: number, v: Float64Array, b: number): number {
  let difference = 0;
  let sum = 0;
  for (let j = 0; j < u.length; j++) {
    const x = u[j] * a;
    const y = v[j] * b;
    difference += (x - y) * (x - y);
    sum += (x + y) * (x + y);
  }
  return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum)) * DEGREES;
}
