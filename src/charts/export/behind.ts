/** The values that a chart draws, every digit of them, for whoever saves them. */
export interface Behind {
  /** Which chart it is: the `kind` of its frame. */
  readonly kind: string;
  readonly data: unknown;
  readonly options: unknown;
}

export type GetBehind = () => Behind | null;
