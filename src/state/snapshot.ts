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

/** A snapshot as JSON: arrays are plain, an infinite threshold and an undefined point of the cliff are null. */
export function reviveSnapshot(json: unknown): Snapshot {
  const { step, clean, sweep, ...rest } = json as Snapshot;
  return { ...rest, step: reviveStep(step), clean: reviveStep(clean), sweep: reviveSweep(sweep) };
}

const floats = (values: ArrayLike<number | null>, missing: number) =>
  Float64Array.from(values, (value) => value ?? missing);

function reviveStep(step: StepResult): StepResult {
  const { roc, histogram } = step;
  return {
    ...step,
    roc: {
      ...roc,
      fpr: floats(roc.fpr, NaN),
      tpr: floats(roc.tpr, NaN),
      thresholds: floats(roc.thresholds, Infinity),
    },
    logits: step.logits && Float32Array.from(step.logits),
    histogram: {
      edges: floats(histogram.edges, NaN),
      right: Uint32Array.from(histogram.right),
      wrong: Uint32Array.from(histogram.wrong),
    },
  };
}

function reviveSweep(sweep: Sweep): Sweep {
  return Object.fromEntries(
    Object.entries(sweep).map(([name, values]) => [name, floats(values, NaN)]),
  ) as unknown as Sweep;
}

/** The other way: what `JSON.stringify` may write. */
export function snapshotReplacer(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
}
