/** Which record comes at each step of a stream: rows of a clean and of a shifted pool, so that scores and embeddings can be looked up. */
export interface StreamPlan {
  /** 1 where the step's record is from the shifted pool, 0 where it is from the clean one; one a step. */
  readonly shifted: Uint8Array;
  /** Row of that pool; one a step. */
  readonly row: Uint32Array;
  /** Steps before the shift may begin; the first record that can be shifted is step onset + 1, counted from 1. */
  readonly onset: number;
  /** Steps asked for. The stream is shorter where a pool ran out as published. */
  readonly asked: number;
}

/** Collects the steps of a plan as they are drawn. */
export class PlanWriter {
  private readonly shifted: Uint8Array;
  private readonly row: Uint32Array;
  private steps = 0;
  private readonly onset: number;

  constructor(onset: number, asked: number) {
    this.onset = onset;
    this.shifted = new Uint8Array(asked);
    this.row = new Uint32Array(asked);
  }

  push(shifted: boolean, row: number): void {
    this.shifted[this.steps] = shifted ? 1 : 0;
    this.row[this.steps++] = row;
  }

  done(): StreamPlan {
    return {
      shifted: this.shifted.subarray(0, this.steps),
      row: this.row.subarray(0, this.steps),
      onset: this.onset,
      asked: this.row.length,
    };
  }
}

/** The stream's scores, one a step, from one score for each row of each pool. */
export function scoresOf(plan: StreamPlan, clean: ArrayLike<number>, shifted: ArrayLike<number>): Float64Array {
  const { row } = plan;
  const scores = new Float64Array(row.length);
  for (let t = 0; t < row.length; t++) scores[t] = (plan.shifted[t] ? shifted : clean)[row[t]];
  return scores;
}
