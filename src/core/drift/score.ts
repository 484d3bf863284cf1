import type { Coefficients, PreparedDrift, RowScalars } from './types.ts';

/** Below this share of its terms ‖y‖² has no correct digit left: y is the origin as far as float64 can tell. */
export const VANISHED = 1e-13;

/** A row was moved onto the origin, where renormalisation has no direction to keep. */
export class VanishedRowError extends Error {
  /** Position of the row in the list of rows measured, from 0. */
  readonly row: number;
  readonly sigma: number;

  /** `fileRow` is the row of the embeddings, from 0, null where it is not known; in words both count from 1. */
  constructor(row: number, sigma: number, fileRow: number | null = null) {
    const named = fileRow === null ? `the row measured as number ${row + 1}` : `row ${fileRow + 1} of the file`;
    super(
      `At ${sigma} ${named} is moved onto the origin, so it cannot be renormalised. ` +
        'Take a slightly different amount, turn renormalisation off, or leave out rows of length zero.',
    );
    this.name = 'VanishedRowError';
    this.row = row;
    this.sigma = sigma;
  }
}

/** The error with the row of the file in its words, where it is a {@link VanishedRowError} of one of these rows. */
export function inFile(error: VanishedRowError, rows: Uint32Array): VanishedRowError;
export function inFile(error: unknown, rows: Uint32Array): unknown;
export function inFile(error: unknown, rows: Uint32Array): unknown {
  return error instanceof VanishedRowError ? new VanishedRowError(error.row, error.sigma, rows[error.row]) : error;
}

/**
 * Logits w·x′ + bias of all rows at `sigma` (t for kind 'model'), in O(N) from the scalars; `out` has one float64 a row.
 * Where the coefficients are those of no drift (α = 1, β = γ = 0) they equal s + bias to the last bit.
 *
 * Throws {@link VanishedRowError} for a row that is moved onto the origin and should be renormalised.
 */
export function scoreRows(
  scalars: RowScalars,
  prepared: PreparedDrift,
  sigma: number,
  bias: number,
  out: Float64Array,
): void {
  const coefficients = prepared.coefficients(sigma);
  const { alpha, beta, gamma } = coefficients;
  const { s, wd, wp, rows: n } = scalars;
  if (alpha === 1 && beta === 0 && gamma === 0) {
    for (let k = 0; k < n; k++) out[k] = s[k] + bias;
  } else if (prepared.norm === 'none') {
    if (wp === null) for (let k = 0; k < n; k++) out[k] = alpha * s[k] + beta * wd[k] + bias;
    else for (let k = 0; k < n; k++) out[k] = alpha * s[k] + beta * wd[k] + gamma * wp[k] + bias;
  } else if (prepared.norm === 'original' && wp === null) {
    scoreOriginalNorm(scalars, alpha, beta, bias, sigma, out);
  } else {
    scoreAnyNorm(scalars, coefficients, prepared.norm, bias, sigma, out);
  }
}

function scoreOriginalNorm(
  { s, n2, wd, xd, dd, rows: n }: RowScalars,
  alpha: number,
  beta: number,
  bias: number,
  sigma: number,
  out: Float64Array,
): void {
  const aa = alpha * alpha;
  const ab = 2 * alpha * beta;
  const bb = beta * beta;
  for (let k = 0; k < n; k++) {
    const terms = aa * n2[k] + bb * dd[k];
    const square = terms + ab * xd[k];
    if (!(square > VANISHED * terms)) throw new VanishedRowError(k, sigma);
    out[k] = (alpha * s[k] + beta * wd[k]) * Math.sqrt(n2[k] / square) + bias;
  }
}

function scoreAnyNorm(
  { s, n2, wd, xd, dd, wp, xp, dp, pp, rows: n }: RowScalars,
  { alpha, beta, gamma }: Coefficients,
  norm: 'original' | 'interpolated',
  bias: number,
  sigma: number,
  out: Float64Array,
): void {
  for (let k = 0; k < n; k++) {
    let terms = alpha * alpha * n2[k] + beta * beta * dd[k];
    let square = terms + 2 * alpha * beta * xd[k];
    let along = alpha * s[k] + beta * wd[k];
    if (wp !== null && xp !== null && dp !== null && pp !== null) {
      const own = gamma * gamma * pp[k];
      terms += own;
      square += own + 2 * gamma * (alpha * xp[k] + beta * dp[k]);
      along += gamma * wp[k];
    }
    if (!(square > VANISHED * terms)) throw new VanishedRowError(k, sigma);
    const length = norm === 'original' ? Math.sqrt(n2[k]) : alpha * Math.sqrt(n2[k]) + beta * Math.sqrt(dd[k]);
    out[k] = (along * length) / Math.sqrt(square) + bias;
  }
}
