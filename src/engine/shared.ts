import { Cancelled, type Checkpoint } from './backend.ts';
import type { Memo } from './memo.ts';

/** How often a caller that waits for another's work looks whether it was cancelled itself. */
const LOOK_MS = 50;

/**
 * A value of a memo that several callers may want at once, each with a checkpoint of its own: the work runs on that of the
 * caller who began it. Where that one is cancelled, a caller who waits and is not cancelled makes the value itself; a
 * caller who is cancelled while it waits leaves at once, and the work goes on.
 */
export async function shared<V>(
  memo: Memo<V>,
  key: string,
  make: () => Promise<V>,
  checkpoint: Checkpoint,
): Promise<V> {
  for (;;) {
    let mine = false;
    const value = memo(key, () => {
      mine = true;
      return make();
    });
    if (mine) return value;
    try {
      return await patient(value, checkpoint);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      // Throws where it was this caller who was cancelled.
      await checkpoint(0, 'Starting again');
    }
  }
}

async function patient<V>(value: Promise<V>, checkpoint: Checkpoint): Promise<V> {
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), LOOK_MS);
    });
    const found = await Promise.race([value.then((made) => ({ made })), tick]);
    clearTimeout(timer);
    if (found !== null) return found.made;
    await checkpoint(0, 'Waiting for the same data');
  }
}
