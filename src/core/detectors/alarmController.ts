import { DetectorInputError } from './detector.ts';
import { checkCount, checkLevel } from './publishedInputs.ts';

export type Correction = 'bonferroni' | 'sidak';

/** The level of each of k detectors that share α: α/k, or 1 − (1 − α)^(1/k) after Šidák (for independent detectors). */
export function sharedLevel(correction: Correction, alpha: number, k: number): number {
  checkLevel('α of the alarm controller', alpha);
  checkCount('The number of detectors', k, 1);
  return correction === 'bonferroni' ? alpha / k : 1 - Math.pow(1 - alpha, 1 / k);
}

/**
 * The levels that k detectors run at, in the order in which they were registered. 'corrected': all at {@link sharedLevel}.
 * 'as-published': the defect of the paper's harness: registering a detector rebuilds the earlier ones inside the controller, but
 * the caller goes on with those handed out before, so the i-th keeps the level of i detectors (the first: all of α).
 */
export function levelsOf(
  correction: Correction,
  alpha: number,
  k: number,
  registration: 'corrected' | 'as-published' = 'corrected',
): number[] {
  return Array.from({ length: k }, (_, i) => sharedLevel(correction, alpha, registration === 'corrected' ? k : i + 1));
}

export type ControllerEvent =
  | { readonly kind: 'alarm'; readonly step: number; readonly detector: number }
  /** Two detectors alarmed close together; given once, at the later's step. */
  | { readonly kind: 'combined'; readonly step: number; readonly detectors: readonly [number, number] };

/**
 * The paper's alarm controller, for detectors already at {@link levelsOf}: each detector alarms once, at its first alarm, and where
 * the first alarms of two are at most `combinedWindow` steps apart there is one combined advisory. Nothing has to persist.
 */
export class AlarmController {
  /** First alarms by detector, counted from 1; null without one. */
  readonly firstAlarms: (number | null)[];
  private readonly combinedWindow: number;
  private step = 0;
  private combined = false;

  constructor(detectors: number, combinedWindow = 50) {
    checkCount('The number of detectors', detectors, 1);
    checkCount('The window of the combined advisory', combinedWindow, 0);
    this.firstAlarms = Array.from({ length: detectors }, () => null);
    this.combinedWindow = combinedWindow;
  }

  /** Takes whether each detector alarms at the next step; gives what is new, alarms first. */
  update(alarms: readonly boolean[]): readonly ControllerEvent[] {
    const { firstAlarms } = this;
    if (alarms.length !== firstAlarms.length) {
      throw new DetectorInputError(
        `The controller has ${firstAlarms.length} detectors and was given ${alarms.length} alarms.`,
      );
    }
    const step = ++this.step;
    const events: ControllerEvent[] = [];
    for (let detector = 0; detector < alarms.length; detector++) {
      if (!alarms[detector] || firstAlarms[detector] !== null) continue;
      firstAlarms[detector] = step;
      events.push({ kind: 'alarm', step, detector });
    }
    for (const event of [...events]) {
      if (this.combined || event.kind !== 'alarm') continue;
      const other = firstAlarms.findIndex(
        (first, i) => i !== event.detector && first !== null && step - first <= this.combinedWindow,
      );
      if (other < 0) continue;
      this.combined = true;
      events.push({ kind: 'combined', step, detectors: [other, event.detector] });
    }
    return events;
  }
}
