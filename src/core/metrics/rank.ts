/** Bits of the high-word digits: 11 + 11 + 10. */
const DIGIT = 2048;
/** Runs of equal high words up to this length are finished by insertion. */
const SHORT_RUN = 32;
const SIGN = 0x80000000;

/**
 * Sorts scores ascending, exactly and stably, by a radix sort on the bits of the doubles; keeps its buffers between calls.
 *
 * Ties are exact (equal doubles, and −0 equals +0); rows that tie stay in row order. Infinite scores are allowed; NaN throws a
 * RangeError, because it has no rank. After `sort(scores)`, `order[0 … n−1]` holds row numbers ascending by score and
 * `startsTie[k]` is 1 where `order[k]` begins a new group of equal scores. Both arrays are overwritten by the next call.
 */
export class ScoreSorter {
  order: Uint32Array;
  startsTie: Uint8Array;
  private keys: Uint32Array;
  private otherKeys: Uint32Array;
  private otherOrder: Uint32Array;
  private readonly counts = new Uint32Array(3 * DIGIT);
  private readonly byteCounts = new Uint32Array(4 * 256);

  /** @param capacity Rows to make room for; the buffers grow when more come. */
  constructor(capacity: number) {
    this.order = new Uint32Array(capacity);
    this.startsTie = new Uint8Array(capacity);
    this.keys = new Uint32Array(capacity);
    this.otherKeys = new Uint32Array(capacity);
    this.otherOrder = new Uint32Array(capacity);
  }

  private reserve(rows: number): void {
    if (this.order.length >= rows) return;
    this.order = new Uint32Array(rows);
    this.startsTie = new Uint8Array(rows);
    this.keys = new Uint32Array(rows);
    this.otherKeys = new Uint32Array(rows);
    this.otherOrder = new Uint32Array(rows);
  }

  sort(scores: Float64Array): void {
    const n = scores.length;
    this.reserve(n);
    const { keys, counts } = this;
    const bits = new Uint32Array(scores.buffer, scores.byteOffset, 2 * n);
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const high = bits[2 * i + 1];
      if ((high & 0x7ff00000) === 0x7ff00000 && scores[i] !== scores[i])
        throw new RangeError(`Score ${i} is NaN: it has no rank.`);
      // The order of doubles as unsigned integers: flip the sign bit of positives, all bits of negatives; −0 as +0.
      const key = high < SIGN ? high ^ SIGN : high === SIGN && bits[2 * i] === 0 ? SIGN : ~high;
      keys[i] = key;
      counts[key & 0x7ff]++;
      counts[DIGIT + ((key >>> 11) & 0x7ff)]++;
      counts[2 * DIGIT + (key >>> 22)]++;
    }
    this.sortByHighWord(n);
    this.finishRuns(scores, bits, n);
  }

  private sortByHighWord(n: number): void {
    const { counts } = this;
    let fromKeys = this.keys;
    let toKeys = this.otherKeys;
    let fromOrder = this.order;
    let toOrder = this.otherOrder;
    let identity = true;
    for (let pass = 0; pass < 3; pass++) {
      const base = pass * DIGIT;
      const shift = 11 * pass;
      if (n === 0 || counts[base + ((fromKeys[0] >>> shift) & 0x7ff)] === n) continue;
      let start = 0;
      for (let digit = base; digit < base + DIGIT; digit++) {
        const count = counts[digit];
        counts[digit] = start;
        start += count;
      }
      if (identity) {
        for (let i = 0; i < n; i++) {
          const key = fromKeys[i];
          const place = counts[base + ((key >>> shift) & 0x7ff)]++;
          toKeys[place] = key;
          toOrder[place] = i;
        }
        identity = false;
      } else {
        for (let i = 0; i < n; i++) {
          const key = fromKeys[i];
          const place = counts[base + ((key >>> shift) & 0x7ff)]++;
          toKeys[place] = key;
          toOrder[place] = fromOrder[i];
        }
      }
      [fromKeys, toKeys] = [toKeys, fromKeys];
      [fromOrder, toOrder] = [toOrder, fromOrder];
    }
    if (identity) for (let i = 0; i < n; i++) fromOrder[i] = i;
    this.keys = fromKeys;
    this.otherKeys = toKeys;
    this.order = fromOrder;
    this.otherOrder = toOrder;
  }

  /** Sorts each run of equal high words by its low words, and marks where groups of equal scores begin. */
  private finishRuns(scores: Float64Array, bits: Uint32Array, n: number): void {
    const { keys, order, startsTie } = this;
    for (let start = 0; start < n;) {
      const key = keys[start];
      let end = start + 1;
      while (end < n && keys[end] === key) end++;
      startsTie[start] = 1;
      if (end - start > 1) {
        if (end - start > SHORT_RUN) this.sortRunByLowWord(bits, start, end);
        else {
          for (let i = start + 1; i < end; i++) {
            const row = order[i];
            const score = scores[row];
            let hole = i;
            while (hole > start && scores[order[hole - 1]] > score) {
              order[hole] = order[hole - 1];
              hole--;
            }
            order[hole] = row;
          }
        }
        for (let i = start + 1; i < end; i++) startsTie[i] = scores[order[i]] === scores[order[i - 1]] ? 0 : 1;
      }
      start = end;
    }
  }

  private sortRunByLowWord(bits: Uint32Array, start: number, end: number): void {
    const { keys, otherKeys, order, otherOrder, byteCounts } = this;
    const length = end - start;
    byteCounts.fill(0);
    // One high-word key means one sign, but for −0 beside +0, whose low words are both 0 and must not be flipped.
    const flip = keys[start] < SIGN ? 0xffffffff : 0;
    for (let i = start; i < end; i++) {
      const low = bits[2 * order[i]] ^ flip;
      otherKeys[i] = low;
      byteCounts[low & 0xff]++;
      byteCounts[256 + ((low >>> 8) & 0xff)]++;
      byteCounts[512 + ((low >>> 16) & 0xff)]++;
      byteCounts[768 + (low >>> 24)]++;
    }
    let fromKeys = otherKeys;
    let toKeys = keys;
    let fromOrder = order;
    let toOrder = otherOrder;
    for (let pass = 0; pass < 4; pass++) {
      const base = 256 * pass;
      const shift = 8 * pass;
      if (byteCounts[base + ((fromKeys[start] >>> shift) & 0xff)] === length) continue;
      let place = start;
      for (let digit = base; digit < base + 256; digit++) {
        const count = byteCounts[digit];
        byteCounts[digit] = place;
        place += count;
      }
      for (let i = start; i < end; i++) {
        const low = fromKeys[i];
        const to = byteCounts[base + ((low >>> shift) & 0xff)]++;
        toKeys[to] = low;
        toOrder[to] = fromOrder[i];
      }
      [fromKeys, toKeys] = [toKeys, fromKeys];
      [fromOrder, toOrder] = [toOrder, fromOrder];
    }
    if (fromOrder !== order) order.set(fromOrder.subarray(start, end), start);
  }
}

/** Row numbers ascending by score, ties in row order (a stable argsort). NaN throws. */
export function ascendingOrder(scores: Float64Array, sorter = new ScoreSorter(scores.length)): Uint32Array {
  sorter.sort(scores);
  return sorter.order.slice(0, scores.length);
}

/** Ranks 1 … n; rows that tie share the mean of their ranks (mid-ranks). NaN throws. */
export function midRanks(scores: Float64Array, sorter = new ScoreSorter(scores.length)): Float64Array {
  const n = scores.length;
  const ranks = new Float64Array(n);
  sorter.sort(scores);
  const { order, startsTie } = sorter;
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && startsTie[end] === 0) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) ranks[order[i]] = rank;
    start = end;
  }
  return ranks;
}
