/**
 * How many changes of the address browsers take: Chromium drops what is over 200 in 30 s, Safari throws from 100 in 30 s
 * on, and Firefox from 200 in 10 s on.
 */
export const MOST_CHANGES = 95;
export const CHANGES_MS = 30_000;

export interface Allowance {
  /** Milliseconds until the next change may be made; 0 for now. */
  wait(): number;
  /** A change was made. */
  spend(): void;
}

/** Counts changes of the address, so that none is refused. `now` is a clock in milliseconds. */
export function createAllowance(now: () => number = () => performance.now()): Allowance {
  let made: number[] = [];
  return {
    wait() {
      made = made.filter((at) => now() - at < CHANGES_MS);
      return made.length < MOST_CHANGES ? 0 : CHANGES_MS - (now() - made[made.length - MOST_CHANGES]);
    },
    spend() {
      made.push(now());
    },
  };
}
