import type { Estimate } from '../core/metrics/types.ts';
import type { AnalysisName, AnalysisOptions, AnalysisResult } from '../engine/analyses/registry.ts';
import type { EngineEvents, EngineProgress, RunReply } from '../engine/api.ts';
import type { BackendName } from '../engine/backend.ts';
import { EngineClient, EngineCrashed } from '../engine/client.ts';
import { amountOf, preparationKey, resultKey, settingsKey } from '../engine/keys.ts';
import { latest } from '../engine/latest.ts';
import type { StepResult, Sweep } from '../engine/results.ts';
import type { DecodedLink } from '../spec/link.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import { createAddressStore, type AddressStore } from './addressStore.ts';
import { largestDifference, type Snapshot } from './snapshot.ts';
import { completePin, createPinStore, type Pin } from './pin.ts';
import { sweepAmounts } from './sweepAmounts.ts';
import { createSource } from './source.ts';
import { createSpecStore } from './specStore.ts';
import { createStatusStore } from './status.ts';

/** Rest after which a drag counts as over for numbers that need more than one pass. */
const REST_MS = 150;

export interface LabSessionOptions {
  readonly spawn: () => Worker;
  readonly siteUrl: string;
  readonly backend: BackendName;
  /** The result of `snapshot.spec`, computed beforehand, shown until the engine has recomputed it. */
  readonly snapshot: Snapshot;
  /** The link that the page was opened with; null where there is none, undefined where it could not be read. */
  readonly link: DecodedLink | null | undefined;
}

/**
 * Joins the spec being edited to the engine: every change of the spec becomes a run (latest wins), every result reaches
 * the charts' sources. Nothing is shown for a spec older than one already shown.
 */
export class LabSession {
  readonly spec = createSpecStore();
  readonly status = createStatusStore();
  /** The state kept as A, to compare with. */
  readonly pins = createPinStore();
  readonly address: AddressStore;
  readonly step = createSource<StepResult>();
  readonly clean = createSource<StepResult>();
  readonly sweep = createSource<Sweep>();
  /** The paired interval of the change in AUC, computed when a drag rests; it belongs to the step of its generation. */
  readonly aucChange = createSource<{ readonly generation: number; readonly change: Estimate }>();

  private readonly client: EngineClient;
  private generation = 0;
  private shown = -1;
  private shownSpec: ExperimentSpec;
  private sweptKey = '';
  /** The settings that the sweep shown belongs to. */
  private sweepKey = '';
  private inFlightKey = '';
  private verifying = 0;
  /** What the report of Verify, or the one under way, belongs to. */
  private verifyKey = '';
  private tickets = 0;
  private readonly listeners = new Map<number, (progress: EngineProgress) => void>();
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly request: (spec: ExperimentSpec) => void;

  constructor(private readonly options: LabSessionOptions) {
    const { snapshot, link } = options;
    const spec = link?.spec ?? snapshot.spec;
    this.shownSpec = snapshot.spec;
    this.client = new EngineClient(options.spawn, (reason) => this.crashed(reason));
    this.address = createAddressStore(link);
    this.spec = createSpecStore(spec);
    this.status.setState({ wantedBackend: options.backend });
    // A link has numbers of its own: nothing of the first picture stands in for them but what it shares with them.
    if (settingsKey(spec) === settingsKey(snapshot.spec)) {
      this.clean.set(snapshot.clean);
      this.sweep.set(snapshot.sweep);
      this.sweepKey = settingsKey(spec);
      this.status.setState({ context: snapshot.context, shownKey: settingsKey(spec), shownSpec: spec });
    }
    if (this.beganWith(spec)) this.step.set(snapshot.step);
    const run = latest((spec: ExperimentSpec) => this.run(spec));
    this.request = (spec) => void run(spec);
    this.spec.subscribe(({ spec }, before) => {
      if (spec !== before.spec) this.follow(spec);
    });
  }

  async start(): Promise<void> {
    this.status.setState({ phase: 'starting', problem: null, progress: null });
    const events: EngineEvents = {
      progress: (progress) => {
        if (this.status.getState().phase !== 'ready') this.status.setState({ progress });
      },
      analysisProgress: (ticket, progress) => this.listeners.get(ticket)?.(progress),
      fellBack: (from, now, reason) => {
        const lost = this.status.getState().phase === 'ready';
        this.status.setState({ backend: now, fallback: { from, reason }, parity: null, verification: null });
        if (lost) {
          this.refresh();
          void this.checkParity();
        }
      },
    };
    try {
      const { wantedBackend } = this.status.getState();
      const backend = await this.client.start(wantedBackend, this.options.siteUrl, events);
      this.status.setState({ backend });
      this.refresh();
      await this.checkParity();
    } catch (error) {
      this.report(error);
    }
  }

  /** Ends the engine, however far it has come, and opens a fresh one: what a download that never answers leaves to do. */
  async restart(): Promise<void> {
    this.client.giveUp('It was started again.');
    // Calls in flight hear of it first, so that their end is not taken for the fresh engine's.
    await new Promise((resolve) => setTimeout(resolve));
    await this.start();
  }

  /** Runs the present spec again, whatever was shown, and asks again for the list of datasets where it is missing. */
  refresh(): void {
    this.sweptKey = '';
    if (!this.status.getState().catalogue) void this.fetchCatalogue();
    this.follow(this.spec.getState().spec);
  }

  private async fetchCatalogue(): Promise<void> {
    try {
      this.status.setState({ catalogue: await this.client.call((api) => api.catalogue()) });
    } catch (error) {
      this.report(error);
    }
  }

  async useBackend(name: BackendName): Promise<void> {
    if (this.status.getState().phase === 'crashed') return;
    this.status.setState({ wantedBackend: name, fallback: null, parity: null, verification: null, phase: 'busy' });
    try {
      const backend = await this.client.call((api) => api.useBackend(name));
      this.status.setState({ backend });
      this.refresh();
      await this.checkParity();
    } catch (error) {
      this.report(error);
    }
  }

  async checkParity(): Promise<void> {
    this.status.setState({ parity: null, checking: true });
    try {
      const network = this.spec.getState().spec.probe.kind === 'mlp';
      this.status.setState({ parity: await this.client.call((api) => api.parity(network)) });
    } catch (error) {
      this.report(error);
    }
    this.status.setState({ checking: false });
  }

  async verify(): Promise<void> {
    const number = ++this.verifying;
    this.status.setState({ verification: { state: 'running' } });
    try {
      const spec = this.spec.getState().spec;
      this.verifyKey = resultKey(spec);
      const report = await this.client.call((api) => api.verify(spec, number));
      if (number === this.verifying) this.status.setState({ verification: { state: 'done', report } });
    } catch (error) {
      if (number === this.verifying) this.status.setState({ verification: null });
      this.report(error);
    }
  }

  /**
   * Runs an analysis of a spec beside the main run; aborting the signal ends it. Rejects with `Cancelled`, with what the
   * analysis threw, or with EngineCrashed.
   */
  async analyse<N extends AnalysisName>(
    name: N,
    spec: ExperimentSpec,
    options: AnalysisOptions<N>,
    watch: { readonly signal?: AbortSignal; readonly onProgress?: (progress: EngineProgress) => void } = {},
  ): Promise<AnalysisResult<N>> {
    const ticket = ++this.tickets;
    const stop = () => void this.client.call((api) => api.cancelAnalysis(ticket)).catch(() => {});
    if (watch.onProgress) this.listeners.set(ticket, watch.onProgress);
    watch.signal?.addEventListener('abort', stop);
    try {
      return await this.client.call(
        (api) => api.analyse(name, spec, options, ticket) as unknown as Promise<AnalysisResult<N>>,
      );
    } finally {
      this.listeners.delete(ticket);
      watch.signal?.removeEventListener('abort', stop);
    }
  }

  /** Gives up the long work in flight and goes back to the spec whose numbers are shown. */
  cancel(): void {
    this.stopWork();
    const { spec, replace } = this.spec.getState();
    if (resultKey(spec) === resultKey(this.shownSpec)) return this.refresh();
    // What was opened meanwhile stays open.
    replace({ ...this.shownSpec, view: { ...this.shownSpec.view, panels: spec.view.panels } });
  }

  /** Gives up Verify alone: its report would belong to settings that are gone. */
  cancelVerify(): void {
    const number = this.verifying++;
    this.status.setState({ verification: null });
    void this.client.call((api) => api.cancelVerify(number)).catch(() => {});
  }

  private stopWork(): void {
    const generation = this.generation;
    void this.client.call((api) => api.cancel(generation)).catch(() => {});
  }

  /** Back to the experiment that the page opens with; one step of undo. */
  reset(): void {
    this.spec.getState().replace(this.options.snapshot.spec);
  }

  stop(): void {
    this.client.stop();
  }

  private follow(spec: ExperimentSpec): void {
    const key = preparationKey(spec);
    if (this.inFlightKey !== '' && this.inFlightKey !== key) {
      this.stopWork();
    }
    if (this.status.getState().verification && this.verifyKey !== resultKey(spec)) this.cancelVerify();
    this.request(spec);
  }

  /** Whether a spec has the numbers of the first picture. */
  private beganWith(spec: ExperimentSpec): boolean {
    return resultKey(spec) === resultKey(this.options.snapshot.spec);
  }

  private async run(spec: ExperimentSpec): Promise<void> {
    // A stopped engine is started again by a person; start() then runs the present spec.
    if (this.status.getState().phase === 'crashed') return;
    const generation = ++this.generation;
    const key = preparationKey(spec);
    this.inFlightKey = key;
    if (this.status.getState().context?.key !== key) this.status.setState({ phase: 'busy' });
    try {
      this.show(spec, await this.client.call((api) => api.run(spec, generation)));
    } catch (error) {
      this.report(error);
    } finally {
      this.inFlightKey = '';
    }
  }

  private show(spec: ExperimentSpec, reply: RunReply): void {
    if (reply.step.generation <= this.shown) return;
    this.shown = reply.step.generation;
    const status = this.status.getState();
    // The first network on screen is what the check of networks is loaded for.
    if (spec.probe.kind === 'mlp' && status.parity?.network === null && !status.checking) void this.checkParity();
    if (status.firstPicture === null && this.beganWith(spec)) {
      const { step, clean } = this.options.snapshot;
      const difference = Math.max(
        largestDifference(step.headline, reply.step.headline),
        largestDifference(clean.headline, reply.clean.headline),
      );
      const agrees = difference <= Math.max(1e-9, reply.context.backend.logitTolerance);
      this.status.setState({ firstPicture: { agrees, largestDifference: difference } });
    }
    if (status.context?.key !== reply.context.key || status.context.backend.name !== reply.context.backend.name) {
      this.status.setState({ context: reply.context });
    }
    if (status.phase !== 'ready' || status.problem) {
      this.status.setState({ phase: 'ready', problem: null, progress: null });
    }
    const shownKey = settingsKey(spec);
    if (status.shownKey !== shownKey) this.status.setState({ shownKey, shownSpec: spec });
    this.clean.set(reply.clean);
    this.step.set(reply.step);
    this.shownSpec = spec;
    void this.followSweep(spec);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.compare(spec, reply.step.generation), REST_MS);
  }

  /** A newer sweep ends the one in flight: the engine answers that with null. */
  private async followSweep(spec: ExperimentSpec): Promise<void> {
    const key = settingsKey(spec);
    if (this.sweptKey === key) return;
    this.sweptKey = key;
    this.status.setState({ sweeping: true });
    try {
      const sweep = await this.client.call((api) => api.sweep(spec, sweepAmounts(spec)));
      if (sweep && this.sweptKey === key) {
        this.sweepKey = key;
        this.sweep.set(sweep);
        completePin(this, key, sweep);
      }
    } catch (error) {
      if (this.sweptKey === key) this.sweptKey = '';
      this.report(error);
    }
    if (this.sweptKey === key || this.sweptKey === '') this.status.setState({ sweeping: false });
  }

  private async compare(spec: ExperimentSpec, generation: number): Promise<void> {
    try {
      const change = await this.client.call((api) => api.aucChange(spec));
      this.aucChange.set({ generation, change });
    } catch (error) {
      this.report(error);
    }
  }

  private crashed(reason: string): void {
    this.status.setState({ phase: 'crashed', problem: reason, progress: null, backend: null, parity: null });
  }

  private report(error: unknown): void {
    if (error instanceof EngineCrashed) return this.status.setState({ phase: 'crashed', progress: null });
    if (error instanceof Error && error.name === 'Cancelled') return;
    this.status.setState({
      phase: 'failed',
      problem: error instanceof Error ? error.message : String(error),
      progress: null,
    });
  }

  /** What is shown, with the settings it belongs to; null before the first result. */
  readonly shownState = (): Pin | null => {
    const [step, clean, context, spec] = [
      this.step.get(),
      this.clean.get(),
      this.status.getState().context,
      this.shownSpec,
    ];
    if (!step || !clean || !context) return null;
    return { spec, step, clean, context, sweep: this.sweepKey === settingsKey(spec) ? this.sweep.get() : null };
  };

  /** The amount of drift that the spec asks for now. */
  get amount(): number {
    return amountOf(this.spec.getState().spec.drift);
  }
}
