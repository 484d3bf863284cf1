/** Adam's constants (Kingma & Ba 2015, section 2): decay of both means, and what keeps the divisor from 0. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * Adam (Kingma & Ba 2015, algorithm 1) for one array of parameters. In step t, for each parameter with gradient g:
 *
 *     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²
 *     θ ← θ − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * This is the form of TensorFlow.js's AdamOptimizer, where ε is added after the bias of v is corrected.
 */
export class Adam {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private power1 = 1;
  private power2 = 1;

  constructor(
    private readonly parameters: Float64Array,
    private readonly learningRate: number,
  ) {
    this.first = new Float64Array(parameters.length);
    this.second = new Float64Array(parameters.length);
  }

  step(gradient: Float64Array): void {
    const { parameters, first, second, learningRate } = this;
    const { beta1, beta2, epsilon } = ADAM;
    this.power1 *= beta1;
    this.power2 *= beta2;
    const correct1 = 1 - this.power1;
    const correct2 = 1 - this.power2;
    for (let k = 0; k < parameters.length; k++) {
      const g = gradient[k];
      const m = beta1 * first[k] + (1 - beta1) * g;
      const v = beta2 * second[k] + (1 - beta2) * (g * g);
      first[k] = m;
      second[k] = v;
      parameters[k] -= (learningRate * (m / correct1)) / (Math.sqrt(v / correct2) + epsilon);
    }
  }
}
