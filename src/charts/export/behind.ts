/** The values that a chart draws, every digit of them, for whoever saves them. */
export interface Behind {
  readonly data: unknown;
  readonly options: unknown;
}

export type GetBehind = () => Behind | null;
