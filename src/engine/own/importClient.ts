import * as comlink from 'comlink';
import { Cancelled } from '../backend.ts';
import { READY } from '../ready.ts';
import type { ImportApi, ImportEvents, ImportProgress } from './importApi.ts';

/** The page's end of the import worker, which starts with the first call. */
export class ImportClient {
  private worker: Worker | null = null;
  private api: Promise<comlink.Remote<ImportApi>> | null = null;
  private readonly waiting = new Set<(reason: Error) => void>();

  constructor(private readonly spawn: () => Worker) {}

  /** Asks the worker; rejects with what it threw, or where it dies. A dead worker is replaced at the next call. */
  async call<R>(ask: (api: comlink.Remote<ImportApi>, events: ImportEvents) => Promise<R>, watch?: Watch): Promise<R> {
    const events = comlink.proxy<ImportEvents>({ progress: watch ?? (() => {}) });
    let fail: (reason: Error) => void = () => {};
    const died = new Promise<never>((_, reject) => {
      fail = reject;
    });
    died.catch(() => {});
    this.waiting.add(fail);
    try {
      const api = await Promise.race([(this.api ??= this.start()), died]);
      return await Promise.race([ask(api, events), died]);
    } finally {
      this.waiting.delete(fail);
    }
  }

  /** Ends the worker; calls in flight reject with `Cancelled`. */
  stop(reason: Error = new Cancelled()): void {
    this.worker?.terminate();
    this.worker = null;
    this.api = null;
    for (const fail of this.waiting) fail(reason);
  }

  private start(): Promise<comlink.Remote<ImportApi>> {
    const worker = this.spawn();
    this.worker = worker;
    worker.addEventListener('error', (event) => {
      const reason = event.message || 'its worker could not be loaded';
      this.stop(new Error(`The import stopped: ${reason}. Try again.`));
    });
    return new Promise((resolve) => {
      worker.addEventListener('message', function hear(event) {
        if (event.data !== READY) return;
        worker.removeEventListener('message', hear);
        resolve(comlink.wrap<ImportApi>(worker));
      });
    });
  }
}

export type Watch = (progress: ImportProgress) => void;
