import type { Estimate } from '../core/metrics/types.ts';
import type { LinearProbe, MlpProbe } from '../core/probe/types.ts';
import type { DataSet, EncoderInfo } from '../data/manifest.ts';
import type { SyntheticPreset } from '../data/syntheticPresets.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type { AnalysisName, AnalysisOptions, AnalysisResult } from './analyses/registry.ts';
import type { BackendInfo, BackendName } from './backend.ts';
import type { SliceChoices } from './slice.ts';
import type { StepResult, Sweep } from './results.ts';

export interface SliceChoice {
  readonly column: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export type LinearProbeInfo = Pick<
  LinearProbe,
  'kind' | 'iterations' | 'gradientNorm' | 'converged' | 'bias' | 'weightNorm'
>;

export interface MlpProbeInfo extends Pick<
  MlpProbe,
  'kind' | 'hidden' | 'parameters' | 'history' | 'bestEpoch' | 'stoppedEarly' | 'monitored'
> {
  /** Epochs that were done. */
  readonly epochs: number;
  /** Bytes of the products that make a slider step O(N·H). */
  readonly productBytes: number;
}

/** What stands behind a result and does not move with σ. */
export interface ContextInfo {
  readonly key: string;
  readonly data: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly rows: number;
    readonly dims: number;
    /** Mean pairwise cosine of the rows in use, and of the same rows without the cone of the spec; null where undefined. */
    readonly meanCosine: number | null;
    readonly baseMeanCosine: number | null;
    readonly sha256: string;
    readonly name0: string;
    readonly name1: string;
  };
  readonly splitRows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly splitFrom: 'seed' | 'column';
  readonly slices: SliceChoices;
  readonly probe: LinearProbeInfo | MlpProbeInfo;
  readonly backend: BackendInfo;
}

export interface RunReply {
  readonly step: StepResult;
  /** The same rows without drift, measured the same way. */
  readonly clean: StepResult;
  readonly context: ContextInfo;
}

export interface ParityReport {
  readonly backend: BackendInfo;
  /** Largest |difference| of a probe weight, relative to the largest weight. */
  readonly weightDifference: number;
  /** Largest |difference| of a logit on the fast path. */
  readonly fastDifference: number;
  /** Largest |difference| of a logit on the literal path. */
  readonly literalDifference: number;
  readonly rows: number;
  readonly dims: number;
  /** The same of a small network, where one was asked for. */
  readonly network: NetworkParity | null;
  /** Whether every difference lies within what the backend promises. */
  readonly agrees: boolean;
  readonly ms: number;
}

/** A network trained on the backend in use, against plain loops over its float64 weights. */
export interface NetworkParity {
  /** Largest |difference| of a logit on the fast path, and on the backend's literal path. */
  readonly fastDifference: number;
  readonly literalDifference: number;
  readonly rows: number;
  readonly dims: number;
  readonly hidden: number;
  readonly tolerance: number;
  readonly agrees: boolean;
}

export interface VerifyReport {
  readonly backend: BackendInfo;
  readonly amount: number;
  readonly rows: number;
  /** Largest |difference| of a logit between the literal computation and the fast path. */
  readonly largestDifference: number;
  /** Test rows whose answer differs between the two. */
  readonly answersThatDiffer: number;
  /** The difference up to which the two agree. */
  readonly tolerance: number;
  readonly agrees: boolean;
  readonly literalMs: number;
  readonly fastMs: number;
}

export interface EngineProgress {
  readonly doing: string;
  /** In [0, 1]. */
  readonly share: number;
}

export interface EngineEvents {
  progress(progress: EngineProgress): void;
  analysisProgress(ticket: number, progress: EngineProgress): void;
  /** A backend could not start or was lost; the engine goes on with `now`. */
  fellBack(from: BackendName, now: BackendInfo, reason: string): void;
}

/** The datasets that a person can choose from. */
export interface Catalogue {
  readonly sets: readonly DataSet[];
  readonly encoders: readonly EncoderInfo[];
  readonly presets: readonly SyntheticPreset[];
}

/** What the engine worker answers. One `run` at a time; `sweep` gives way to it. */
export interface EngineApi {
  start(backend: BackendName, siteUrl: string, events: EngineEvents): Promise<BackendInfo>;
  useBackend(backend: BackendName): Promise<BackendInfo>;
  catalogue(): Promise<Catalogue>;
  run(spec: ExperimentSpec, generation: number): Promise<RunReply>;
  /** The cliff of a spec; null when a newer sweep took its place. */
  sweep(spec: ExperimentSpec, amounts: Float64Array): Promise<Sweep | null>;
  /** AUC with drift minus AUC without it on the same rows, with DeLong's paired 95 % interval. */
  aucChange(spec: ExperimentSpec): Promise<Estimate>;
  /** `number` counts the requests to verify, so that one of them can be cancelled. */
  verify(spec: ExperimentSpec, number: number): Promise<VerifyReport>;
  /** Stops Verify up to this number. */
  cancelVerify(number: number): void;
  /** One of the analyses of analyses/registry.ts; `ticket` is the caller's number for it, so that it can be cancelled. */
  analyse<N extends AnalysisName>(
    name: N,
    spec: ExperimentSpec,
    options: AnalysisOptions<N>,
    ticket: number,
  ): Promise<AnalysisResult<N>>;
  /** Ends the analysis of this ticket with `Cancelled`. */
  cancelAnalysis(ticket: number): void;
  /** `network` checks a network too; its code is loaded then. */
  parity(network: boolean): Promise<ParityReport>;
  /** Stops long work of runs up to this generation. */
  cancel(generation: number): void;
  ping(): void;
}
