import type { ContextInfo } from '../engine/api.ts';
import type { Headline, StepResult, Sweep } from '../engine/results.ts';
import type { ExperimentSpec } from '../spec/types.ts';

/** A result computed beforehand, for the first paint. */
export interface Snapshot {
  readonly spec: ExperimentSpec;
  readonly step: StepResult;
  readonly clean: StepResult;
  readonly sweep: Sweep;
  readonly context: ContextInfo;
}

/** Largest difference between two sets of headline numbers; Infinity where one is undefined and the other is not. */
export function largestDifference(a: Headline, b: Headline): number {
  let largest = 0;
  for (const key of Object.keys(a) as (keyof Headline)[]) {
    const [x, y] = [a[key], b[key]];
    if (x === null || y === null) {
      if (x !== y) return Infinity;
    } else {
      largest = Math.max(largest, Math.abs(x - y));
    }
  }
  return largest;
}
