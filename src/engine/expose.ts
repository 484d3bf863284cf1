import * as comlink from 'comlink';
import type { ExperimentSpec } from '../spec/types.ts';
import type { RunReply } from './api.ts';
import type { AnalysisName, AnalysisOptions, AnalysisResult } from './analyses/registry.ts';
import { Engine } from './engine.ts';
import { READY } from './ready.ts';
import type { Sweep } from './results.ts';
import { createSiteSource } from './siteSource.ts';

/** The engine at the worker's end of the wire: arrays that nobody here needs again are moved, not copied. */
class WorkerEngine extends Engine {
  override async run(spec: ExperimentSpec, generation: number): Promise<RunReply> {
    const reply = await super.run(spec, generation);
    // `clean` is kept for the next reply, so it is copied.
    const { roc, histogram, logits } = reply.step;
    const arrays = [roc.fpr, roc.tpr, roc.thresholds, histogram.edges, histogram.right, histogram.wrong];
    return comlink.transfer(reply, buffersOf(logits ? [...arrays, logits] : arrays));
  }

  override async sweep(spec: ExperimentSpec, amounts: Float64Array): Promise<Sweep | null> {
    const sweep = await super.sweep(spec, amounts);
    return sweep && comlink.transfer(sweep, buffersOf(Object.values(sweep)));
  }

  override async analyse<N extends AnalysisName>(
    name: N,
    spec: ExperimentSpec,
    options: AnalysisOptions<N>,
    ticket: number,
  ): Promise<AnalysisResult<N>> {
    const result = await super.analyse(name, spec, options, ticket);
    return comlink.transfer(result, buffersOf(arraysIn(result)));
  }
}

/** Every typed array within plain data. */
function arraysIn(value: unknown): ArrayBufferView[] {
  if (ArrayBuffer.isView(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(arraysIn);
}

const buffersOf = (arrays: readonly ArrayBufferView[]): Transferable[] => [
  ...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer)),
];

export function exposeEngine(): void {
  comlink.expose(new WorkerEngine(createSiteSource));
  self.postMessage(READY);
}
