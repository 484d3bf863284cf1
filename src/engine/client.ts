import * as comlink from 'comlink';
import type { EngineApi, EngineEvents } from './api.ts';
import type { BackendInfo, BackendName } from './backend.ts';
import { READY } from './ready.ts';

/** The worker stopped answering or threw: what it was doing is lost, what the page holds is not. */
export class EngineCrashed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EngineCrashed';
  }
}

/** How often a call in flight is checked on, and how long the worker may leave it unanswered. */
const HEARTBEAT_MS = 1000;
const SILENCE_MS = 30_000;

interface Connection {
  readonly worker: Worker;
  readonly api: comlink.Remote<EngineApi>;
  readonly crash: Promise<never>;
  readonly fail: (reason: string) => void;
}

function connect(
  spawn: () => Worker,
  onCrash: (reason: string) => void,
  heard: (fail: (reason: string) => void) => void,
): Promise<Connection> {
  const worker = spawn();
  let fail: (reason: string) => void = () => {};
  const crash = new Promise<never>((_, reject) => {
    let failed = false;
    fail = (reason) => {
      if (failed) return;
      failed = true;
      worker.terminate();
      reject(new EngineCrashed(reason));
      onCrash(reason);
    };
  });
  crash.catch(() => {});
  heard(fail);
  worker.addEventListener('error', (event) => fail(event.message || 'The worker could not be loaded.'));
  worker.addEventListener('messageerror', () => fail('A message from the worker could not be read.'));
  const ready = new Promise<Connection>((resolve) => {
    worker.addEventListener('message', function hear(event) {
      if (event.data !== READY) return;
      worker.removeEventListener('message', hear);
      resolve({ worker, api: comlink.wrap<EngineApi>(worker), crash, fail });
    });
  });
  return Promise.race([ready, crash]);
}

/**
 * The page's end of the engine worker. Every call either answers, throws what the engine threw, or throws
 * {@link EngineCrashed}; after a crash, `start` opens a fresh worker.
 */
export class EngineClient {
  private connection: Promise<Connection> | null = null;
  private fail: ((reason: string) => void) | null = null;

  constructor(
    private readonly spawn: () => Worker,
    private readonly onCrash: (reason: string) => void,
  ) {}

  async start(backend: BackendName, siteUrl: string, events: EngineEvents): Promise<BackendInfo> {
    this.connection = connect(
      this.spawn,
      (reason) => {
        this.connection = null;
        this.onCrash(reason);
      },
      (fail) => {
        this.fail = fail;
      },
    );
    return this.call((api) => api.start(backend, siteUrl, comlink.proxy(events)));
  }

  async call<R>(ask: (api: comlink.Remote<EngineApi>) => Promise<R>): Promise<R> {
    if (!this.connection) throw new EngineCrashed('The engine is not running.');
    const { api, crash, fail } = await this.connection;
    let heard = performance.now();
    let pinging = false;
    const heartbeat = setInterval(() => {
      // A page in the background gets its timers late; only silence that was waited for counts.
      if (pinging && performance.now() - heard > SILENCE_MS && document.visibilityState === 'visible') {
        fail('The worker stopped answering.');
      }
      if (pinging) return;
      pinging = true;
      heard = performance.now();
      void api.ping().then(() => {
        pinging = false;
      });
    }, HEARTBEAT_MS);
    try {
      return await Promise.race([ask(api), crash]);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Ends the worker, ready or not; every call in flight throws {@link EngineCrashed}. */
  giveUp(reason: string): void {
    this.fail?.(reason);
  }

  stop(): void {
    void this.connection?.then(({ worker }) => worker.terminate());
    this.connection = null;
  }
}
