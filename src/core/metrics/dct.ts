/**
 * Discrete cosine transforms of one length (a power of two), O(n log n), by one complex FFT of the same length (Makhoul 1980).
 * Not normalised: forward is X_k = Σ x_j cos(πk(2j + 1)/(2n)); inverse undoes it.
 */
export class CosineTransform {
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;
  private readonly reversed: Uint32Array;

  constructor(readonly length: number) {
    if (length < 2 || (length & (length - 1)) !== 0)
      throw new RangeError(`Length must be a power of two, not ${length}.`);
    this.re = new Float64Array(length);
    this.im = new Float64Array(length);
    // Angles πk/(2n): every fourth is a root of the FFT.
    this.cosines = Float64Array.from({ length: 2 * length }, (_, k) => Math.cos((Math.PI * k) / (2 * length)));
    this.sines = Float64Array.from({ length: 2 * length }, (_, k) => Math.sin((Math.PI * k) / (2 * length)));
    this.reversed = new Uint32Array(length);
    const bits = Math.log2(length);
    for (let i = 0; i < length; i++) {
      let r = 0;
      for (let b = 0; b < bits; b++) if (i & (1 << b)) r |= 1 << (bits - 1 - b);
      this.reversed[i] = r;
    }
  }

  /** In-place complex FFT of (re, im); `sign` −1 forward, +1 backward, not normalised. */
  private fft(sign: number): void {
    const { re, im, reversed, cosines, sines, length } = this;
    for (let i = 0; i < length; i++) {
      const j = reversed[i];
      if (j > i) {
        [re[i], re[j]] = [re[j], re[i]];
        [im[i], im[j]] = [im[j], im[i]];
      }
    }
    for (let size = 2; size <= length; size *= 2) {
      const half = size / 2;
      const stride = (4 * length) / size;
      for (let start = 0; start < length; start += size) {
        for (let k = 0; k < half; k++) {
          const c = cosines[k * stride];
          const s = sign * sines[k * stride];
          const a = start + k;
          const b = a + half;
          const x = re[b] * c - im[b] * s;
          const y = re[b] * s + im[b] * c;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  /** DCT-II of x into out (may be the same array). */
  forward(x: Float64Array, out: Float64Array): void {
    const { re, im, length: n, cosines, sines } = this;
    for (let i = 0; i < n / 2; i++) {
      re[i] = x[2 * i];
      re[n - 1 - i] = x[2 * i + 1];
    }
    im.fill(0);
    this.fft(-1);
    for (let k = 0; k < n; k++) out[k] = re[k] * cosines[k] + im[k] * sines[k];
  }

  /** The inverse of {@link forward}; may work in place. */
  inverse(x: Float64Array, out: Float64Array): void {
    const { re, im, length: n, cosines, sines } = this;
    re[0] = x[0];
    im[0] = 0;
    for (let k = 1; k < n; k++) {
      // V_k = e^(iπk/2n) (X_k − i X_{n−k})
      re[k] = x[k] * cosines[k] + x[n - k] * sines[k];
      im[k] = x[k] * sines[k] - x[n - k] * cosines[k];
    }
    this.fft(1);
    for (let i = 0; i < n / 2; i++) {
      out[2 * i] = re[i] / n;
      out[2 * i + 1] = re[n - 1 - i] / n;
    }
  }

  /** Multiplies a spectrum by that of a Gaussian of standard deviation `sigma` × length cells (Neumann heat kernel), into out. */
  smooth(spectrum: Float64Array, sigma: number, out: Float64Array): void {
    for (let k = 0; k < this.length; k++) out[k] = spectrum[k] * Math.exp(-((Math.PI * k * sigma) ** 2) / 2);
    this.inverse(out, out);
  }
}
