/**
 * The factor of each row's loss: C, times n / (2·n_c) for its class c when balanced.
 *
 * Throws RangeError where labels hold anything but 0 and 1, or one class only, or where C is not a positive number.
 */
export function rowCosts(labels: Uint8Array, C: number, classWeight: 'balanced' | null): Float64Array {
  if (!(C > 0) || !Number.isFinite(C)) throw new RangeError(`C must be a positive number, not ${C}.`);
  const n = labels.length;
  let positives = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] > 1) throw new RangeError(`Labels must be 0 or 1; row ${i} of the training rows has ${labels[i]}.`);
    positives += labels[i];
  }
  if (positives === 0 || positives === n) {
    throw new RangeError(
      n === 0
        ? 'There are no training rows.'
        : `All ${n} training rows have label ${positives === 0 ? 0 : 1}; a probe needs both classes.`,
    );
  }
  const positive = classWeight === 'balanced' ? (C * n) / (2 * positives) : C;
  const negative = classWeight === 'balanced' ? (C * n) / (2 * (n - positives)) : C;
  return Float64Array.from(labels, (label) => (label === 1 ? positive : negative));
}
