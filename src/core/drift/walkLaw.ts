import type { WalkSettings } from './walkSteps.ts';

/**
 * The amount of one drift that stands for k steps of a walk (k ≥ 0): total σ where steps add up, the total angle where
 * they turn. `cosine` is the mean cosine between a row and the direction it moves in, 0 for noise. null where one drift of
 * this kind cannot go so far.
 *
 * Without renormalisation noise and fresh directions add in squares, √k·σ, and a fixed direction adds up, k·σ: exact for
 * unit rows, in law. With it every step is σ of the length that the row has by then, so that the part that drifted grows
 * as t² ← t² + σ²(1 + m²t²) (fresh) or t ← t + σ√(1 + 2at + m²t²) (fixed), where mσ is the length of a step: m = √D for
 * noise per coordinate, else 1. Exact up to the spread of ‖y‖ over rows.
 *
 * Scaling with the same factors each step is k·σ to first order alone: (1 + σg)ᵏ = 1 + kσg + O(k²σ²). With fresh factors
 * √((1 + σ²)ᵏ − 1) is the spread of their product, which is skewed where those of one jump are normal.
 */
export function jumpAmount(settings: WalkSettings, dims: number, k: number, cosine: number): number | null {
  const { kind, units, direction, planes, sigma, fresh, renormalize } = settings;
  switch (kind) {
    case 'gaussian':
      return added(units === 'per-coordinate' ? dims : 1, fresh, 0);
    case 'directional':
      return added(1, fresh && direction === 'random', cosine);
    case 'mean-shift':
      return added(1, false, cosine);
    case 'scaling':
      return fresh ? Math.sqrt((1 + sigma * sigma) ** k - 1) : k * sigma;
    case 'rotation': {
      if (!fresh) return k * sigma;
      // Each step keeps the share 1 − (1 − cos σ)·q of a row's direction, q the share of space that turns.
      const q = (2 * (planes ?? Math.floor(dims / 2))) / dims;
      const kept = (1 - (1 - Math.cos(sigma)) * q) ** k;
      const cos = 1 - (1 - kept) / q;
      return cos < -1 ? null : Math.acos(Math.min(1, cos));
    }
    case 'subspace': {
      const theta = (sigma * Math.PI) / 2;
      const cos = Math.cos(theta) ** k;
      const length = fresh ? 1 : powerLength(Math.cos(theta), Math.sin(theta), k);
      return (2 * Math.acos(Math.min(1, cos / length))) / Math.PI;
    }
  }

  function added(squaredLength: number, squares: boolean, along: number): number {
    let t = 0;
    for (let i = 0; i < k; i++) {
      const grown = renormalize ? 1 + 2 * along * t + squaredLength * t * t : 1;
      t = squares ? Math.sqrt(t * t + sigma * sigma * grown) : t + sigma * Math.sqrt(grown);
    }
    return t;
  }
}

/** Length of (c·I + s·Q)ᵏx for a unit row whose images under the powers of Q are orthogonal: √Σ (C(k,j)·cᵏ⁻ʲ·sʲ)². */
function powerLength(c: number, s: number, k: number): number {
  let choose = 1;
  let square = 0;
  for (let j = 0; j <= k; j++) {
    square += (choose * c ** (k - j) * s ** j) ** 2;
    choose = (choose * (k - j)) / (j + 1);
  }
  return Math.sqrt(square);
}
