import type { Checkpoint } from './backend.ts';

/**
 * Runs work that comes in pieces, looking at the clock after each: its share done, in [0, 1], is that of the part from
 * `from` to `to` of the whole. Throws `Cancelled` where the checkpoint does.
 */
export async function follow<R>(
  steps: Generator<number, R>,
  checkpoint: Checkpoint,
  from: number,
  to: number,
  doing: string,
): Promise<R> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await checkpoint(from + (to - from) * step.value, doing);
  }
}
