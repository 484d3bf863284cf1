import { createKernels } from '../../core/linalg/kernels.ts';
import { fitLogisticWith } from '../../core/probe/logistic.ts';
import type { Backend } from '../backend.ts';
import { describeAdapter, findAdapter, openDevice } from './adapter.ts';
import { literalLogits } from './literal.ts';
import { gpuProducts } from './products.ts';
import { ResidentRows } from './residentRows.ts';
import { rowDots } from './rowDots.ts';
import { Session } from './session.ts';
import { install, uninstall } from './tf.ts';

/** What float32 on the GPU may move a logit by; the parity check measures it. */
const LOGIT_TOLERANCE = 1e-4;

/** Decades from the first gradient norm to the float64 optimum, for the share of a fit that is done. */
const DECADES = 14;

/** tfjs computes on one device at a time; opening another takes it over. */
let current: { close: () => void } | null = null;

/**
 * Opens the GPU through tfjs. Throws an Error with a sentence for people where there is none. `lost` is called once when
 * the device goes, unless it was disposed of; from then on every operation rejects with `BackendLost`. Operations that
 * are pending on dispose, or that come after it, reject with `Cancelled`. A backend opened before is disposed of.
 */
export async function openWebgpuBackend(lost: (reason: string) => void): Promise<Backend> {
  const adapter = await findAdapter(navigator.gpu);
  const device = await openDevice(adapter);
  current?.close();
  const session = new Session(device, lost);
  const resident = new ResidentRows(session);
  const close = (): void => {
    if (current === opened) current = null;
    resident.dispose();
    uninstall(device);
    session.close();
  };
  const opened = { close };
  current = opened;
  try {
    await install(device, adapter.info);
  } catch (error) {
    close();
    throw error;
  }

  return {
    info: { name: 'webgpu', adapter: describeAdapter(adapter.info), logitTolerance: LOGIT_TOLERANCE },

    async fit({ embeddings, rows, labels, probe }, checkpoint) {
      session.check();
      let first = 0;
      let share = 0;
      const onProgress = ({ gradientNorm }: { gradientNorm: number }): void => {
        first ||= gradientNorm;
        const decades = Math.log10(first / Math.max(gradientNorm, Number.MIN_VALUE));
        share = Math.min(0.99, Math.max(share, decades / DECADES));
      };
      const pause = (): Promise<void> => checkpoint(share, 'Fitting the probe');
      const upload = (done: number): Promise<void> => checkpoint(done, 'Sending the rows to the GPU');
      return resident.use(embeddings, rows, upload, async (blocks) => {
        const products = gpuProducts(session, blocks, embeddings.dims, pause);
        try {
          return await fitLogisticWith(products, createKernels(embeddings), rows, labels, probe, { onProgress, pause });
        } finally {
          products.dispose();
        }
      });
    },

    async fitMlp(request, checkpoint) {
      session.check();
      const { trainMlp } = await import('./mlp.ts');
      return trainMlp(session, request, checkpoint);
    },

    async literalMlpLogits(prepared, context, amount, probe, checkpoint) {
      session.check();
      const { literalMlpLogits } = await import('./literalMlp.ts');
      const upload = (done: number): Promise<void> => checkpoint(done, 'Sending the rows to the GPU');
      const between = (done: number): Promise<void> => checkpoint(done, 'Drifting every row');
      return resident.use(context.embeddings, context.rows, upload, (blocks) =>
        literalMlpLogits(session, blocks, prepared, amount, probe, between),
      );
    },

    async scalars(prepared, context, previous, checkpoint) {
      session.check();
      const upload = (done: number): Promise<void> => checkpoint(done, 'Sending the rows to the GPU');
      const between = (done: number): Promise<void> => checkpoint(done, 'Preparing the drift');
      return resident.use(context.embeddings, context.rows, upload, (blocks) =>
        rowDots(session, blocks, prepared, context, previous, between),
      );
    },

    async literalLogits(prepared, context, amount, bias, checkpoint) {
      session.check();
      const upload = (done: number): Promise<void> => checkpoint(done, 'Sending the rows to the GPU');
      const between = (done: number): Promise<void> => checkpoint(done, 'Drifting every row');
      return resident.use(context.embeddings, context.rows, upload, (blocks) =>
        literalLogits(session, blocks, prepared, context, amount, bias, between),
      );
    },

    dispose: close,
  };
}
