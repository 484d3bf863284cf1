import { createStore } from 'zustand/vanilla';
import type { ContextInfo } from '../engine/api.ts';
import { settingsKey } from '../engine/keys.ts';
import type { StepResult, Sweep } from '../engine/results.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type { SpecStore } from './specStore.ts';

/** A state kept as A, as it was shown. Its values are never changed in place, so it keeps them and not copies. */
export interface Pin {
  readonly spec: ExperimentSpec;
  readonly step: StepResult;
  readonly clean: StepResult;
  /** Null while the cliff of these settings has not been measured. */
  readonly sweep: Sweep | null;
  readonly context: ContextInfo;
}

/** What a pin is taken from and given back to. */
export interface PinHost {
  readonly pins: PinStore;
  readonly spec: SpecStore;
  /** The state whose numbers are shown; null before the first. */
  shownState(): Pin | null;
}

export const createPinStore = () => createStore<{ readonly pinned: Pin | null }>()(() => ({ pinned: null }));
export type PinStore = ReturnType<typeof createPinStore>;

/** Keeps what is shown as A. */
export function pin({ pins, shownState }: PinHost): void {
  pins.setState({ pinned: shownState() });
}

export function unpin({ pins }: PinHost): void {
  pins.setState({ pinned: null });
}

/** Edits A's settings again, as one step of undo; A stays pinned, and what is open on screen stays open. */
export function goBackToPin({ pins, spec }: PinHost): void {
  const { pinned } = pins.getState();
  const { spec: now, replace } = spec.getState();
  if (pinned) replace({ ...pinned.spec, view: { ...pinned.spec.view, panels: now.view.panels } });
}

/** What is shown becomes A, and A's settings are edited. */
export function swapPin(host: PinHost): void {
  const now = host.shownState();
  if (!now || !host.pins.getState().pinned) return;
  goBackToPin(host);
  host.pins.setState({ pinned: now });
}

/** Gives a pin the cliff that was still being measured when it was taken. */
export function completePin({ pins }: Pick<PinHost, 'pins'>, key: string, sweep: Sweep): void {
  const { pinned } = pins.getState();
  if (pinned?.sweep === null && settingsKey(pinned.spec) === key) pins.setState({ pinned: { ...pinned, sweep } });
}
