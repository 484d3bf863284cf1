import { BackendLost, Cancelled } from '../backend.ts';
import { messageOf } from './adapter.ts';

/** The GPU has no room for what was asked of it. */
export class OutOfGpuMemory extends BackendLost {
  constructor() {
    super('The GPU has too little memory for this data.');
    this.name = 'OutOfGpuMemory';
  }
}

const SCOPES: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/** How long a failed command waits for the browser to say that the device is lost, which tells more. */
const LOSS_GRACE_MS = 100;

export function lossSentence({ reason, message }: Pick<GPUDeviceLostInfo, 'reason' | 'message'>): string {
  if (reason === 'destroyed') return 'The GPU device was closed by the browser.';
  const detail = firstLine(message);
  return detail === '' ? 'The GPU device was lost.' : `The GPU device was lost: ${detail}.`;
}

/** The first line of a browser's message, without its full stop. */
function firstLine(message: string): string {
  return message.trim().split('\n', 1)[0].replace(/\.+$/, '');
}

/**
 * One device from opening to its end. Everything asked of the GPU goes through {@link run}, so that nothing hangs when
 * the device goes, and no result is used that the GPU computed wrongly for lack of memory.
 */
export class Session {
  private over: Error | null = null;
  private readonly ended: Promise<never>;
  private endWith: (error: Error) => void = () => {};

  /** `lost` is called once, unless {@link close} came first. */
  constructor(
    readonly device: GPUDevice,
    lost: (reason: string) => void,
  ) {
    this.ended = new Promise((_, reject) => {
      this.endWith = reject;
    });
    this.ended.catch(() => {});
    const fail = (reason: string): void => {
      if (this.end(new BackendLost(reason))) lost(reason);
    };
    device.lost.then((info) => fail(lossSentence(info)));
    device.addEventListener('uncapturederror', ({ error }) =>
      fail(`The GPU refused a command: ${firstLine(error.message)}.`),
    );
  }

  private end(error: Error): boolean {
    if (this.over) return false;
    this.over = error;
    this.endWith(error);
    return true;
  }

  /** Throws what ended the session, where it has ended. */
  check(): void {
    if (this.over) throw this.over;
  }

  /**
   * Runs `work`, which gives the GPU its commands before its first await. Rejects with {@link BackendLost} when the
   * device is lost or refuses, {@link OutOfGpuMemory} when memory runs out, `Cancelled` when the session is closed.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    for (const filter of SCOPES) this.device.pushErrorScope(filter);
    let result: Promise<T>;
    try {
      result = work();
    } catch (error) {
      result = Promise.reject(error);
    }
    const scopes = SCOPES.map(() => this.device.popErrorScope());
    return Promise.race([this.settle(result, scopes), this.ended]);
  }

  private async settle<T>(result: Promise<T>, scopes: Promise<GPUError | null>[]): Promise<T> {
    const [outcome, ...errors] = await Promise.allSettled([result, ...scopes]);
    const found = errors.map((error) => (error.status === 'fulfilled' ? error.value : null)).filter((e) => e !== null);
    if (outcome.status === 'fulfilled' && found.length === 0) {
      this.check();
      return outcome.value;
    }
    await Promise.race([this.ended, new Promise((resolve) => setTimeout(resolve, LOSS_GRACE_MS))]);
    if (found.some((error) => error instanceof GPUOutOfMemoryError)) throw new OutOfGpuMemory();
    const told = found[0]?.message ?? messageOf(outcome.status === 'rejected' ? outcome.reason : null);
    throw new BackendLost(`The GPU could not do a step: ${firstLine(told)}.`);
  }

  /** Ends the session by our own wish; whatever is pending rejects with `Cancelled`. */
  close(): void {
    this.end(new Cancelled());
    this.device.destroy();
  }
}
