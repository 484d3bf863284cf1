/** One line of a LineChart. */
export interface LineSeries {
  readonly id: string;
  readonly name: string;
  /**
   * Which of the palette's lines: the names of the cliff's series for those metrics, 'a' and 'b' for two things compared,
   * else 'plain-1' … 'plain-4'.
   */
  readonly tone:
    | 'rocAuc'
    | 'accuracy'
    | 'meanConfidence'
    | 'ece'
    | 'silentFailureRate'
    | 'f1'
    | 'a'
    | 'b'
    | 'plain-1'
    | 'plain-2'
    | 'plain-3'
    | 'plain-4';
  readonly x: ArrayLike<number>;
  /** NaN where undefined: the line breaks there. */
  readonly y: ArrayLike<number>;
  /** A band around the line, of the same length. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  readonly dashed?: boolean;
  /** A mark at every point. */
  readonly marks?: boolean;
}

/** A single value from elsewhere, drawn as a hollow mark with its label. */
export interface PublishedPoint {
  readonly x: number;
  readonly y: number;
  /** What it is and where it comes from, e.g. 'published: AUC .51 at checkpoint 1 (Fig. 2)'. */
  readonly label: string;
}

export interface LineChartData {
  readonly series: readonly LineSeries[];
  readonly published?: readonly PublishedPoint[];
  /** A dashed level across the drawing, e.g. the 10 % line. */
  readonly levels?: readonly { readonly y: number; readonly label: string }[];
}

export interface LineChartOptions {
  /** Axis titles with their units. */
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xScale: 'linear' | 'log';
  /** Fixed ends of the y axis; from the data where absent. */
  readonly yDomain?: readonly [number, number];
  /** Decimals of y in the readout and the table. */
  readonly decimals: number;
}
