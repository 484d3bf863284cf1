import { stream } from '../../core/random/streams.ts';
import { cutByOrder } from '../../core/split/cutByOrder.ts';

/**
 * A seeded sample of n of N rows that keeps the share of each label: 1 for a row that is taken. With k rows of label 1,
 * n₁ = floor(n·k/N + ½) of them are taken, but at least one of each label where both are there and n ≥ 2. In NumPy:
 *
 *     u = stream(seed, "sample").random(N)      # stream: Generator(SFC64(SeedSequence(seed, spawn_key=(crc32(name),))))
 *     k = (y == 1).sum()
 *     n1 = int(np.floor(n * k / N + 0.5))
 *     if 0 < k < N and n >= 2: n1 = min(max(n1, 1), n - 1)
 *     rows = []
 *     for label, take in ((0, n - n1), (1, n1)):
 *         members = np.flatnonzero(y == label)
 *         rows.extend(members[np.argsort(u[members], kind="stable")[:take]])
 *     rows = np.sort(rows)                      # in the order of the data
 *
 * `labels` holds 0 or 1 a row. Throws RangeError where n is no whole number from 1 to N, or the seed none from 0 to 2^53 − 1.
 */
export function sampleRows(labels: Uint8Array, n: number, seed: number): Uint8Array {
  const total = labels.length;
  if (!Number.isInteger(n) || n < 1 || n > total) {
    throw new RangeError(`A sample takes a whole number of rows from 1 to ${total}, not ${n}.`);
  }
  const u = stream(seed, 'sample').random(new Float64Array(total));
  let ones = 0;
  for (let row = 0; row < total; row++) ones += labels[row];
  let takeOnes = Math.floor((n * ones) / total + 0.5);
  if (ones > 0 && ones < total && n >= 2) takeOnes = Math.min(Math.max(takeOnes, 1), n - 1);
  const taken = new Uint8Array(total);
  for (const [label, members, take] of [
    [0, total - ones, n - takeOnes],
    [1, ones, takeOnes],
  ]) {
    const uOfClass = new Float64Array(members);
    for (let row = 0, at = 0; row < total; row++) if (labels[row] === label) uOfClass[at++] = u[row];
    const part = cutByOrder(uOfClass, take, take);
    for (let row = 0, at = 0; row < total; row++) {
      if (labels[row] === label && part[at++] === 0) taken[row] = 1;
    }
  }
  return taken;
}
