/** The amount of a drift at which it has a wanted strength, or how far it goes where it does not get there. */
export type Matched =
  | { readonly reached: true; readonly amount: number; readonly strength: number }
  | { readonly reached: false; readonly amount: number; readonly strength: number | null };

/** How near the strength has to come, relative to the target. */
const NEAR = 1e-6;

/** Relative width at which the bracket is narrow enough: far below what any metric can tell. */
const NARROW = 1e-13;

/**
 * Solves strength(amount) = target on [0, largest] for a strength that grows with the amount: the bracket doubles from
 * `first` until it holds the target, then it is halved. Yields the share done before every evaluation after the first, so
 * that a caller can let others run; about 60 evaluations of O(N).
 *
 * Not reached: the strength at `largest` is below the target (null: undefined there), amount being `largest`; or no amount
 * gives a strength within one part in a million of the target, as for one below the rounding of what is measured, and
 * amount is where the strength steps over it. `target` is above 0 and finite.
 */
export function* matchStrength(
  strength: (amount: number) => number | null,
  target: number,
  largest: number,
  first = 1e-3,
): Generator<number, Matched, void> {
  if (!(target > 0 && Number.isFinite(target))) throw new RangeError('A strength to match is above 0 and finite.');
  const top = strength(largest);
  if (top === null || top < target) return { reached: false, amount: largest, strength: top };
  if (top === target) return { reached: true, amount: largest, strength: top };
  let low = 0;
  let high = Math.min(first, largest);
  yield 0.02;
  while (high < largest && (strength(high) ?? 0) < target) {
    low = high;
    high = Math.min(2 * high, largest);
    yield 0.05;
  }
  const width = high - low;
  const steps = Math.log2(Math.max(2, width / (NARROW * high)));
  for (let i = 0; i < 200 && high - low > NARROW * high; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if ((strength(middle) ?? 0) < target) low = middle;
    else high = middle;
    yield Math.min(0.99, 0.05 + (0.95 * i) / steps);
  }
  const amount = (low + high) / 2;
  const got = strength(amount);
  return got !== null && Math.abs(got - target) <= NEAR * target
    ? { reached: true, amount, strength: got }
    : { reached: false, amount, strength: got };
}
