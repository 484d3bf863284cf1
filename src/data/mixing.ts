/**
 * A dense orthogonal transform of D numbers for any D, cheap (O(D log D)) and easy to repeat in NumPy: with p the largest
 * power of two ≤ D,
 *
 *     x ← x ∘ s₁;  x[0 … p) ← H x[0 … p);  x ← x ∘ s₂;  x[D−p … D) ← H x[D−p … D)
 *
 * where s₁, s₂ are signs and H is the Walsh–Hadamard matrix over √p. A spectrum that is diagonal before it is spread over
 * all coordinates after it, as in real embeddings, where no coordinate is a principal axis.
 */
export class Mixing {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly block: number;

  /** `signs1` and `signs2` hold D numbers each; those below zero flip, all others keep. */
  constructor(signs1: Float64Array, signs2: Float64Array) {
    this.first = signs1.map((g) => (g < 0 ? -1 : 1));
    this.second = signs2.map((g) => (g < 0 ? -1 : 1));
    this.block = 2 ** Math.floor(Math.log2(signs1.length));
  }

  /** Transforms `x` (D numbers) in place. */
  apply(x: Float64Array): void {
    const { first, second, block } = this;
    const dims = first.length;
    for (let j = 0; j < dims; j++) x[j] *= first[j];
    walshHadamard(x, 0, block);
    for (let j = 0; j < dims; j++) x[j] *= second[j];
    walshHadamard(x, dims - block, block);
  }
}

/** Sylvester-ordered Walsh–Hadamard transform over √length of x[from … from + length), in place. */
function walshHadamard(x: Float64Array, from: number, length: number): void {
  const end = from + length;
  for (let half = 1; half < length; half *= 2) {
    for (let start = from; start < end; start += 2 * half) {
      for (let i = start, stop = start + half; i < stop; i++) {
        const a = x[i];
        const b = x[i + half];
        x[i] = a + b;
        x[i + half] = a - b;
      }
    }
  }
  const factor = 1 / Math.sqrt(length);
  for (let i = from; i < end; i++) x[i] *= factor;
}
