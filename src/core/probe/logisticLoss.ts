import type { RowMap } from '../linalg/kernels.ts';

/** What one pass of the margins through the loss adds up; `h` gets the curvature of each row. */
export interface LossPass {
  readonly map: RowMap;
  readonly h: Float64Array;
  /** Σ c_i·log(1 + exp(−y_i z_i)) */
  loss: number;
  /** Σ h_i */
  curvature: number;
  /** Σ |r_i| */
  residual: number;
}

/**
 * A pass that turns margins z_i into residuals r_i = c_i·(σ(z_i) − [y_i = 1]), by forms that lose no digits where a row
 * is far from the boundary: the small tail is computed itself, not as 1 minus the large one.
 */
export function lossPass(labels: Uint8Array, costs: Float64Array): LossPass {
  const h = new Float64Array(labels.length);
  const pass: LossPass = {
    h,
    loss: 0,
    curvature: 0,
    residual: 0,
    map: (first, count, t) => {
      let loss = 0;
      let curvature = 0;
      let residual = 0;
      for (let k = 0; k < count; k++) {
        const positive = labels[first + k] === 1;
        const cost = costs[first + k];
        const margin = positive ? t[k] : -t[k];
        const e = Math.exp(-Math.abs(margin));
        const miss = margin >= 0 ? e / (1 + e) : 1 / (1 + e);
        loss += cost * (Math.log1p(e) + (margin < 0 ? -margin : 0));
        const bend = (cost * e) / ((1 + e) * (1 + e));
        h[first + k] = bend;
        curvature += bend;
        residual += cost * miss;
        t[k] = positive ? -cost * miss : cost * miss;
      }
      pass.loss += loss;
      pass.curvature += curvature;
      pass.residual += residual;
    },
  };
  return pass;
}
