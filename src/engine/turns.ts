import { breathe } from './pacer.ts';

/** Rest of the slider, in milliseconds, after which work beside it goes on. */
const REST_MS = 100;

export interface Turns {
  /** Work that somebody waits for now, such as a step of the slider, has just been done or is about to be. */
  yieldTo(): void;
  /** Resolves when the caller may work for a few milliseconds. */
  next(): Promise<void>;
}

/**
 * Turns for work beside the slider: one caller at a time in the order of asking, none while the slider moves. Messages that
 * arrived during one turn are handled before the next, so a step waits for one turn at most, however many callers there are.
 */
export function createTurns(restMs: number = REST_MS): Turns {
  const waiting: (() => void)[] = [];
  let free = true;
  let resting = Number.NEGATIVE_INFINITY;

  async function serve(): Promise<void> {
    free = false;
    while (waiting.length > 0) {
      // The first message may have been sent before the turn that has just ended; the second comes after all of that turn's.
      await breathe();
      await breathe();
      const left = resting - performance.now();
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
      else waiting.shift()?.();
    }
    free = true;
  }

  return {
    yieldTo() {
      resting = performance.now() + restMs;
    },
    next() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (free) void serve();
      });
    },
  };
}
