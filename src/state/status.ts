import { createStore } from 'zustand/vanilla';
import type { Catalogue, ContextInfo, EngineProgress, ParityReport, VerifyReport } from '../engine/api.ts';
import type { BackendInfo, BackendName } from '../engine/backend.ts';
import type { ExperimentSpec } from '../spec/types.ts';

export type Phase = 'starting' | 'busy' | 'ready' | 'failed' | 'crashed';

/** How the engine is doing, for the parts of the screen that React draws. */
export interface LabStatus {
  readonly phase: Phase;
  /** What went wrong, for people; null unless failed or crashed. */
  readonly problem: string | null;
  readonly progress: EngineProgress | null;
  readonly wantedBackend: BackendName;
  readonly backend: BackendInfo | null;
  /** Why the wanted backend is not the one in use; null where it is. */
  readonly fallback: { readonly from: BackendName; readonly reason: string } | null;
  readonly catalogue: Catalogue | null;
  readonly context: ContextInfo | null;
  /** The settings, σ apart, that the numbers on screen belong to. */
  readonly shownKey: string;
  /** The spec of those settings; its σ may be older than the one shown. Null before the first result. */
  readonly shownSpec: ExperimentSpec | null;
  readonly parity: ParityReport | null;
  /** Whether the self-check is running. */
  readonly checking: boolean;
  readonly verification:
    { readonly state: 'running' } | { readonly state: 'done'; readonly report: VerifyReport } | null;
  /** Whether the precomputed first picture agreed with the engine; null until the engine has run it. */
  readonly firstPicture: { readonly agrees: boolean; readonly largestDifference: number } | null;
  readonly sweeping: boolean;
}

export const createStatusStore = () =>
  createStore<LabStatus>()(() => ({
    phase: 'starting',
    problem: null,
    progress: null,
    wantedBackend: 'cpu',
    backend: null,
    fallback: null,
    catalogue: null,
    context: null,
    shownKey: '',
    shownSpec: null,
    parity: null,
    checking: false,
    verification: null,
    firstPicture: null,
    sweeping: false,
  }));

export type StatusStore = ReturnType<typeof createStatusStore>;
