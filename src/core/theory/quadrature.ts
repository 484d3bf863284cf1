/** Gauss–Legendre quadrature on panels: exact to rounding where the integrand is smooth on every panel. */

const ORDER = 16;

/** Nodes and weights of the 16-point rule on [−1, 1], as zeros of the Legendre polynomial (Newton's method). */
function legendreRule(n: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 100; step++) {
      let p0 = 1;
      let p1 = x;
      for (let k = 2; k <= n; k++) {
        const p2 = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k;
        p0 = p1;
        p1 = p2;
      }
      slope = (n * (x * p1 - p0)) / (x * x - 1);
      const delta = p1 / slope;
      x -= delta;
      if (Math.abs(delta) < 1e-16) break;
    }
    nodes[n - 1 - i] = x;
    weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const RULE = legendreRule(ORDER);

/** ∫ f over [low, high] by one 16-point panel. */
export function integratePanel(f: (t: number) => number, low: number, high: number): number {
  const half = (high - low) / 2;
  const middle = (high + low) / 2;
  let sum = 0;
  for (let i = 0; i < ORDER; i++) sum += RULE.weights[i] * f(middle + half * RULE.nodes[i]);
  return sum * half;
}

/** ∫ f over the panels between consecutive break points (ascending). */
export function integratePanels(f: (t: number) => number, breaks: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < breaks.length; i++) sum += integratePanel(f, breaks[i - 1], breaks[i]);
  return sum;
}

/** The zero of f between low and high, where f has opposite signs, by bisection down to neighbouring doubles. */
function zeroBetween(f: (t: number) => number, low: number, high: number): number {
  const positive = f(low) > 0;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) > 0 === positive) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ∫ |f| over the panels: each panel is cut where f changes sign between its nodes, so that no kink lies inside one. */
export function integrateAbsolute(f: (t: number) => number, breaks: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < breaks.length; i++) {
    const low = breaks[i - 1];
    const high = breaks[i];
    const half = (high - low) / 2;
    const middle = (high + low) / 2;
    let start = low;
    let before = low;
    let sign = Math.sign(f(low));
    for (let j = 0; j <= ORDER; j++) {
      const t = j < ORDER ? middle + half * RULE.nodes[j] : high;
      const next = Math.sign(f(t));
      if (next !== 0 && sign !== 0 && next !== sign) {
        const cut = zeroBetween(f, before, t);
        sum += Math.abs(integratePanel(f, start, cut));
        start = cut;
      }
      if (next !== 0) sign = next;
      before = t;
    }
    sum += Math.abs(integratePanel(f, start, high));
  }
  return sum;
}
