import type { Confusion } from '../core/metrics/types.ts';
import type { BackendInfo } from '../engine/backend.ts';
import type { StepResult } from '../engine/results.ts';
import { decimalsOf, SEEN_NUMBERS, writeSeenNumber, type Seen, type SeenName } from '../spec/linkSeen.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type { Pin } from './pin.ts';

/** What webgpu promises of a logit, and what AUC and angle move by with it in the browser tests (degrees for the angle). */
const WEBGPU_TOLERANCE = 1e-4;
/** Two orders of the same float64 sums. */
const EXACT = 1e-9;

const READ: { readonly [N in SeenName]: (step: StepResult) => number | null } = {
  auc: ({ headline }) => headline.rocAuc,
  acc: ({ headline }) => headline.accuracy,
  conf: ({ headline }) => headline.meanConfidence,
  silent: ({ headline }) => headline.silentFailureRate,
  ece: ({ headline }) => headline.ece,
  angle: ({ headline }) => headline.meanAngleDegrees,
};

interface Counts {
  readonly rows: number;
  readonly wrong: number;
}

const countsOf = ({ tp, fp, tn, fn }: Confusion): Counts => ({ rows: tp + fp + tn + fn, wrong: fp + fn });

/**
 * Decimals that say a number as exactly as both backends hold it, and no more: of a share of n rows, as many as tell one
 * row from the next; of others five (three of an angle in degrees), one digit beyond what a float32 pass can move.
 */
function decimalsFor(name: SeenName, { rows, wrong }: Counts): number {
  const countDecimals = (n: number) => Math.min(9, Math.max(0, Math.ceil(Math.log10(Math.max(1, n)))));
  if (name === 'acc') return countDecimals(rows);
  if (name === 'silent') return countDecimals(wrong);
  return name === 'angle' ? 3 : 5;
}

/** What is on screen, as a link says it. `lab` is the version of this lab. */
export function seenOf({ step, context }: Pick<Pin, 'step' | 'context'>, lab: string): Seen {
  const counts = countsOf(step.confusion);
  const numbers = SEEN_NUMBERS.map((name) => {
    const value = READ[name](step);
    return [name, value === null ? null : writeSeenNumber(value, decimalsFor(name, counts))] as const;
  });
  const on = context.backend.name;
  return {
    numbers: Object.fromEntries(numbers),
    on,
    near: on === 'cpu' ? 0 : step.nearBoundary,
    data: dataMark(context.data.sha256),
    lab,
  };
}

const dataMark = (sha256: string): string | null => (/^[0-9a-f]{64}$/.test(sha256) ? sha256.slice(0, 6) : null);

/** A reason why two computations of one spec can differ, in the order of how likely it is. */
export type SeenReason = 'data' | 'lab' | 'network' | 'backend' | 'unknown';

export interface SeenLine {
  readonly name: SeenName;
  /** As the link says it; null for undefined. */
  readonly written: string | null;
  readonly value: number | null;
  /** Of the two; null where one is undefined. */
  readonly difference: number | null;
  readonly agrees: boolean;
}

export interface SeenReport {
  readonly reproduced: boolean;
  readonly lines: readonly SeenLine[];
  /** Rows allowed for: so near a threshold or a bin edge that the backends may count them differently; 0 where both are cpu. */
  readonly near: number;
  /** Whether any line agrees only because of these rows. */
  readonly leaned: boolean;
  /** Why they may differ; empty where they do not. */
  readonly reasons: readonly SeenReason[];
}

type Shown = Pick<Pin, 'step' | 'context' | 'spec'>;

/**
 * Holds what a link says against what the lab computed for the same spec: at the digits that are written and, where float32
 * had a part in it, with what that can move. Logits then differ by at most t, so a probability by t/4; a row is counted
 * otherwise only where a threshold or a bin edge lies between its two logits, so its logit here lies within t of that.
 *
 * @param nearHere how many rows these are here, counted at {@link countTolerance}: no more are allowed for, whatever the
 *   link says, and no more than the link says and this backend counted together. 0 allows for none.
 */
export function compareSeen(seen: Seen, { step, context, spec }: Shown, lab: string, nearHere = 0): SeenReport {
  const counts = countsOf(step.confusion);
  const t = toleranceOf(seen.on) + toleranceOf(context.backend.name);
  // On cpu no row can be counted otherwise: a count that such a link gives all the same is not believed.
  const said = (seen.on === 'cpu' ? 0 : seen.near) + (context.backend.name === 'cpu' ? 0 : step.nearBoundary);
  const near = t === 0 ? 0 : Math.min(said, nearHere);
  let leaned = false;
  const lines = SEEN_NUMBERS.flatMap((name): SeenLine[] => {
    const written = seen.numbers[name];
    if (written === undefined) return [];
    const value = READ[name](step);
    if (written === null || value === null) {
      return [{ name, written, value, difference: null, agrees: written === null && value === null }];
    }
    const difference = value - Number(written);
    const digits = 0.5 * 10 ** -decimalsOf(written) + EXACT + continuousPart(name, t);
    const agrees = Math.abs(difference) <= digits + countedPart(name, near, counts);
    if (agrees && Math.abs(difference) > digits) leaned = true;
    return [{ name, written, value, difference, agrees }];
  });
  const reproduced = lines.length > 0 && lines.every(({ agrees }) => agrees);
  return { reproduced, lines, near, leaned, reasons: reproduced ? [] : reasonsFor(seen, context, spec, lab) };
}

/**
 * The tolerance, in logits, at which the rows near a boundary must be counted here before {@link compareSeen} can tell; null
 * where its verdict is the same with none of them and with all that the link and this backend count.
 */
export function countTolerance(seen: Seen, shown: Shown, lab: string): number | null {
  const settled = compareSeen(seen, shown, lab, 0).reproduced || !compareSeen(seen, shown, lab, Infinity).reproduced;
  return settled ? null : toleranceOf(seen.on) + toleranceOf(shown.context.backend.name) + EXACT;
}

const toleranceOf = (backend: BackendInfo['name']) => (backend === 'cpu' ? 0 : WEBGPU_TOLERANCE);

/** How far a number moves when each logit moves by at most t and no row crosses a threshold or an edge. */
function continuousPart(name: SeenName, t: number): number {
  switch (name) {
    case 'auc':
    case 'angle':
      return t;
    case 'conf':
    case 'ece':
      return t / 4;
    default:
      return 0;
  }
}

/** How far a number moves when up to `near` rows are counted otherwise. */
function countedPart(name: SeenName, near: number, { rows, wrong }: Counts): number {
  if (near === 0 || rows === 0) return 0;
  switch (name) {
    case 'acc':
      return near / rows;
    case 'silent':
      return Math.min(1, (2 * near) / Math.max(1, wrong));
    case 'conf':
      return near / rows;
    case 'ece':
      return (3 * near) / rows;
    default:
      return 0;
  }
}

function reasonsFor(seen: Seen, context: Pin['context'], spec: ExperimentSpec, lab: string): SeenReason[] {
  const here = dataMark(context.data.sha256);
  const otherBackend = seen.on !== context.backend.name;
  const reasons: (SeenReason | false)[] = [
    seen.data !== null && here !== null && !(here.startsWith(seen.data) || seen.data.startsWith(here)) && 'data',
    seen.lab !== null && seen.lab !== lab && 'lab',
    otherBackend && spec.probe.kind === 'mlp' && 'network',
    otherBackend && spec.probe.kind !== 'mlp' && 'backend',
  ];
  const found = reasons.filter((reason) => reason !== false);
  return found.length > 0 ? found : ['unknown'];
}
