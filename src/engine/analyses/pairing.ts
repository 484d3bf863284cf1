import type { DataSpec } from '../../spec/types.ts';

/** The measured rows of one state. */
export interface MeasuredRows {
  readonly data: DataSpec;
  /** Row numbers in the dataset's files, in the order measured. */
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
}

export interface Pairing {
  readonly paired: boolean;
  /** How it was decided, for people. */
  readonly why: string;
}

const alike = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/**
 * Whether two states measure the same rows: the same set (for synthetic rows: the same draws), the same row numbers in the
 * same order, and the same labels. The encoder version, normalising and the cone may differ: they change the embedding of a
 * row, not the row. Synthetic sets draw alike where seed, rows and dimensions agree; separation, spectrum and mean cosine then
 * change what is made of the draws.
 */
export function pairingOf(a: MeasuredRows, b: MeasuredRows): Pairing {
  const unpaired = (why: string): Pairing => ({ paired: false, why: `Unpaired: ${why}` });
  if (a.data.id !== b.data.id) return unpaired('A and B are of different datasets.');
  const [x, y] = [a.data.synthetic, b.data.synthetic];
  if (x !== null && y !== null && (x.seed !== y.seed || x.rows !== y.rows || x.dims !== y.dims)) {
    return unpaired('the synthetic rows of A and B are different draws (seed, rows or dimensions differ).');
  }
  if (!alike(a.rows, b.rows)) return unpaired('A and B measure different rows of the set (split or slice differs).');
  if (!alike(a.labels, b.labels)) return unpaired('the labels of the measured rows differ.');
  return {
    paired: true,
    why: `Paired: A and B measure the same ${a.rows.length.toLocaleString('en-US')} rows with the same labels${x === null ? '' : ', made of the same random draws'}.`,
  };
}
