import type { ContextInfo } from '../../engine/api.ts';
import type { StepResult, Sweep } from '../../engine/results.ts';
import type { Estimate } from '../../core/metrics/types.ts';
import { encodeLink } from '../../spec/link.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import type { LabSession } from '../../state/session.ts';

/** What is on screen, ready to be written: everything belongs to one spec. */
export interface Exported {
  readonly spec: ExperimentSpec;
  /** The whole address that opens this state. */
  readonly link: string;
  readonly step: StepResult;
  readonly clean: StepResult;
  readonly context: ContextInfo;
  /** Null while the cliff of this spec is still being computed. */
  readonly sweep: Sweep | null;
  /** The paired change of AUC; null until a drag has rested. */
  readonly aucChange: Estimate | null;
}

/** The address of the page without what stands behind '#', and the link of a spec. */
export const linkOf = (spec: ExperimentSpec): string =>
  `${window.location.origin}${window.location.pathname}#${encodeLink(spec)}`;

/** Null before the first result. */
export function exportedState(session: LabSession): Exported | null {
  const state = session.shownState();
  if (state === null) return null;
  const { spec, step, clean, context, sweep } = state;
  const paired = session.aucChange.get();
  const aucChange = paired?.generation === step.generation ? paired.change : null;
  return { spec, link: linkOf(spec), step, clean, context, sweep, aucChange };
}
