/* A process of its own for each case of bench/07-memory.ts, so that nothing but the experiment is in the difference. */
import type { DriftKind } from '../../src/spec/types.ts';
import { newExperiment, noCheckpoint, syntheticSpec } from './experiments.ts';

export interface MemoryCase {
  readonly rows: number;
  readonly dims: number;
  readonly train: number;
  readonly test: number;
  readonly kind: DriftKind;
}

/** Bytes, against the same process before the experiment. */
export interface MemoryFound {
  readonly testRows: number;
  /** WebAssembly memory that holds the rows; V8 does not count it among array buffers. */
  readonly wasm: number;
  readonly arrayBuffers: number;
  readonly heap: number;
  readonly resident: number;
  /** Most array buffers and WebAssembly memory seen at the checkpoints of the preparation. */
  readonly peak: number;
  /** Whether garbage was collected on demand; without it kept and lost are mixed. */
  readonly collected: boolean;
}

async function memory(): Promise<NodeJS.MemoryUsage> {
  for (let k = 0; k < 4; k++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage();
}

async function measure({ rows, dims, train, test, kind }: MemoryCase): Promise<MemoryFound> {
  // Code and the compiled kernels are no part of an experiment: a small one makes them, and is let go.
  await newExperiment().prepare(syntheticSpec({ rows: 500, dims: 16, drift: { kind } }), noCheckpoint);
  const before = await memory();
  let highest = 0;
  const watch = async (): Promise<void> => {
    highest = Math.max(highest, process.memoryUsage().arrayBuffers - before.arrayBuffers);
  };
  const experiment = newExperiment();
  const spec = syntheticSpec({ rows, dims, train, test, drift: { kind } });
  const prepared = await experiment.prepare(spec, watch);
  experiment.step(prepared, spec, 0.02);
  await watch();
  const after = await memory();
  const { values } = prepared.dataset.embeddings;
  // The rows begin behind scratch space of the kernels where they lie in WebAssembly memory, and at 0 elsewhere.
  const wasm = values.byteOffset > 0 ? values.buffer.byteLength : 0;
  return {
    testRows: prepared.split.test.length,
    wasm,
    arrayBuffers: after.arrayBuffers - before.arrayBuffers,
    heap: after.heapUsed - before.heapUsed,
    resident: after.rss - before.rss,
    peak: highest + wasm,
    collected: globalThis.gc !== undefined,
  };
}

process.send?.(await measure(JSON.parse(process.argv[2]) as MemoryCase));
