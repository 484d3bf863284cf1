/** What the x axis of the cliff counts. */
export interface AmountWords {
  /** For formulas: σ, t. */
  readonly symbol: string;
  /** For axes and spoken names. */
  readonly name: string;
}

export const SIGMA: AmountWords = { symbol: 'σ', name: 'Drift σ' };
export const SHARE: AmountWords = { symbol: 't', name: 'Share t of the way to the new encoder' };
