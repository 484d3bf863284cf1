import type { Estimate } from '../core/metrics/types.ts';
import type { Probe } from '../core/probe/types.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import type {
  Catalogue,
  ContextInfo,
  EngineApi,
  EngineEvents,
  EngineProgress,
  ParityReport,
  RunReply,
  VerifyReport,
} from './api.ts';
import {
  BackendLost,
  Cancelled,
  type Backend,
  type BackendInfo,
  type BackendName,
  type Checkpoint,
} from './backend.ts';
import { createCpuBackend } from './cpu/cpuBackend.ts';
import type { DataSource } from './dataset.ts';
import { Experiment, type Prepared } from './experiment.ts';
import type { AnalysisName, AnalysisOptions, AnalysisResult } from './analyses/registry.ts';
import { runAnalysis } from './analyses/run.ts';
import { amountOf, measureKey } from './keys.ts';
import { emptySweep, setPoint, type StepResult, type Sweep } from './results.ts';
import { sliceChoices } from './slice.ts';
import { breathe, createPacer } from './pacer.ts';
import { createTurns } from './turns.ts';

const NEVER = () => false;

type OpenBackend = (lost: (reason: string) => void) => Promise<Backend>;

/** How each backend is opened. Only `webgpu` loads tfjs, and only when it is asked for. */
const OPEN: { readonly [N in BackendName]: OpenBackend } = {
  cpu: async () => createCpuBackend(),
  webgpu: async (lost) => (await import('./webgpu/webgpuBackend.ts')).openWebgpuBackend(lost),
};

/** The engine behind a worker: holds the experiment and its backend, survives losing the device. */
export class Engine implements EngineApi {
  private experiment: Experiment;
  private events: EngineEvents | null = null;
  private cancelled = -1;
  private verifyCancelled = -1;
  private sweepNumber = 0;
  private readonly stoppedAnalyses = new Set<number>();
  private readonly turns = createTurns();
  private clean: { key: string; step: StepResult } | null = null;
  private wanted: BackendName = 'cpu';

  constructor(
    private readonly openSource: (siteUrl: string) => DataSource,
    private source: DataSource = openSource(''),
  ) {
    this.experiment = new Experiment(this.source, createCpuBackend());
  }

  get info(): BackendInfo {
    return this.experiment.backend.info;
  }

  async start(backend: BackendName, siteUrl: string, events: EngineEvents): Promise<BackendInfo> {
    this.events = events;
    this.source = this.openSource(siteUrl);
    this.install(createCpuBackend());
    return backend === 'cpu' ? this.info : this.useBackend(backend);
  }

  async useBackend(name: BackendName): Promise<BackendInfo> {
    this.wanted = name;
    try {
      this.install(await OPEN[name]((reason) => this.fallBack(name, reason)));
    } catch (error) {
      this.fallBack(name, error instanceof Error ? error.message : String(error));
    }
    return this.info;
  }

  private install(backend: Backend): void {
    this.experiment.backend.dispose();
    this.experiment = new Experiment(this.source, backend);
    this.clean = null;
  }

  /** Goes on with cpu. A loss is heard of twice, from the device and from the work that it broke: it is told once. */
  private fallBack(from: BackendName, reason: string): void {
    if (this.wanted === 'cpu') return;
    this.wanted = 'cpu';
    if (this.info.name !== 'cpu') this.install(createCpuBackend());
    this.events?.fellBack(from, this.info, reason);
  }

  /** Work that may lose its device: done again with the backend that takes over. */
  private async surviving<R>(work: () => Promise<R>): Promise<R> {
    const from = this.wanted;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BackendLost)) throw error;
      this.fallBack(from, error.message);
      return work();
    }
  }

  private checkpoint(
    cancelled: () => boolean,
    report = (progress: EngineProgress) => this.events?.progress(progress),
    pause: () => Promise<void> = breathe,
  ): Checkpoint {
    const pacer = createPacer();
    return async (share, doing) => {
      if (pacer.due()) {
        report({ share, doing });
        await pause();
        pacer.reset();
      }
      if (cancelled()) throw new Cancelled();
    };
  }

  /** Throws `Cancelled` where another backend took over meanwhile: its numbers would carry the wrong name. */
  private prepare(spec: ExperimentSpec, checkpoint: Checkpoint): Promise<Prepared> {
    return this.surviving(async () => {
      const { experiment } = this;
      const prepared = await experiment.prepare(spec, checkpoint);
      if (experiment !== this.experiment) throw new Cancelled();
      return prepared;
    });
  }

  catalogue(): Promise<Catalogue> {
    return this.source.catalogue();
  }

  async run(spec: ExperimentSpec, generation: number): Promise<RunReply> {
    const prepared = await this.prepare(
      spec,
      this.checkpoint(() => generation <= this.cancelled),
    );
    const began = performance.now();
    this.turns.yieldTo();
    const cleanKey = JSON.stringify([prepared.key, measureKey(spec)]);
    if (this.clean?.key !== cleanKey) {
      const step = this.experiment.step(prepared, spec, 0);
      this.clean = { key: cleanKey, step: { ...step, generation, ms: 0 } };
    }
    const step = this.experiment.step(prepared, spec, amountOf(spec.drift));
    this.turns.yieldTo();
    return {
      step: { ...step, generation, ms: performance.now() - began },
      clean: this.clean.step,
      context: contextOf(prepared, this.info),
    };
  }

  async sweep(spec: ExperimentSpec, amounts: Float64Array): Promise<Sweep | null> {
    const number = ++this.sweepNumber;
    const prepared = await this.prepare(spec, this.checkpoint(NEVER));
    const experiment = this.experiment;
    const sweep = emptySweep(amounts);
    const pacer = createPacer();
    for (let k = 0; k < amounts.length; k++) {
      setPoint(sweep, k, experiment.point(prepared, spec, amounts[k]));
      if (pacer.due()) {
        await breathe();
        pacer.reset();
      }
      if (number !== this.sweepNumber || experiment !== this.experiment) return null;
    }
    return sweep;
  }

  async aucChange(spec: ExperimentSpec): Promise<Estimate> {
    const prepared = await this.prepare(spec, this.checkpoint(NEVER));
    return this.experiment.aucChange(prepared, spec, amountOf(spec.drift));
  }

  async verify(spec: ExperimentSpec, number: number): Promise<VerifyReport> {
    const checkpoint = this.checkpoint(() => number <= this.verifyCancelled);
    return this.surviving(async () => {
      const { experiment } = this;
      const prepared = await experiment.prepare(spec, checkpoint);
      const { verify } = await import('./verify.ts');
      const report = await verify(experiment, prepared, amountOf(spec.drift), spec.metrics.threshold, checkpoint);
      if (experiment !== this.experiment) throw new Cancelled();
      return report;
    });
  }

  async analyse<N extends AnalysisName>(
    name: N,
    spec: ExperimentSpec,
    options: AnalysisOptions<N>,
    ticket: number,
  ): Promise<AnalysisResult<N>> {
    const checkpoint = this.checkpoint(
      () => this.stoppedAnalyses.has(ticket),
      (progress) => this.events?.analysisProgress(ticket, progress),
      () => this.turns.next(),
    );
    try {
      return await this.surviving(async () => {
        const { experiment } = this;
        const result = await runAnalysis(name, experiment, spec, options, checkpoint);
        if (experiment !== this.experiment) throw new Cancelled();
        return result;
      });
    } finally {
      this.stoppedAnalyses.delete(ticket);
    }
  }

  cancelAnalysis(ticket: number): void {
    this.stoppedAnalyses.add(ticket);
  }

  parity(network: boolean): Promise<ParityReport> {
    return this.surviving(async () => {
      const { checkParity } = await import('./parity.ts');
      const { backend } = this.experiment;
      const report = await checkParity(backend, this.checkpoint(NEVER));
      if (!network) return report;
      const { checkNetwork } = await import('./mlp/networkCheck.ts');
      const found = await checkNetwork(backend, this.checkpoint(NEVER));
      return { ...report, network: found, agrees: report.agrees && found.agrees };
    });
  }

  cancelVerify(number: number): void {
    this.verifyCancelled = Math.max(this.verifyCancelled, number);
  }

  cancel(generation: number): void {
    this.cancelled = Math.max(this.cancelled, generation);
  }

  ping(): void {}
}

function contextOf(prepared: Prepared, backend: BackendInfo): ContextInfo {
  const { dataset, split, probe, meanCosine, baseMeanCosine } = prepared;
  const { id, version, title, sha256, name0, name1 } = dataset;
  const { rows, dims } = dataset.embeddings;
  return {
    key: prepared.key,
    data: { id, version, title, rows, dims, meanCosine, baseMeanCosine, sha256, name0, name1 },
    splitRows: { train: split.train.length, validation: split.validation.length, test: split.test.length },
    splitFrom: dataset.split ? 'column' : 'seed',
    slices: sliceChoices(dataset, split.test),
    probe: probeInfo(probe, prepared.productBytes),
    backend,
  };
}

function probeInfo(probe: Probe, productBytes: number): ContextInfo['probe'] {
  if (probe.kind === 'logistic') {
    const { kind, iterations, gradientNorm, converged, bias, weightNorm } = probe;
    return { kind, iterations, gradientNorm, converged, bias, weightNorm };
  }
  const { kind, hidden, parameters, history, bestEpoch, stoppedEarly, monitored } = probe;
  const epochs = history.trainLoss.length;
  return { kind, hidden, parameters, epochs, history, bestEpoch, stoppedEarly, monitored, productBytes };
}
