import { createKernels } from '../src/core/linalg/kernels.ts';
import { fitLogistic } from '../src/core/probe/logistic.ts';
import { effectiveRows, noCheckpoint, syntheticSource, syntheticSpec } from './support/experiments.ts';
import { figure, sayLoad } from './support/figures.ts';
import { options } from './support/options.ts';
import { findPython, withFolder, writeRaw } from './support/python.ts';
import { median, timed } from './support/statistics.ts';
import { note, printTable, type Cell } from './support/table.ts';

const REPEATS = options.quick ? 1 : 3;
const [ROWS, DIMS] = [7000, 1024];

interface Solver {
  readonly name: string;
  readonly seconds: number[];
  readonly iterations: number;
  readonly coef: number[];
  readonly intercept: number;
}

console.log('Probe fit on 7,000 × 1,024 (standardised, balanced, C = 1) until the gradient is at rounding level');
sayLoad();
const spec = syntheticSpec({ rows: ROWS, dims: DIMS });
const dataset = await syntheticSource.load(spec.data, noCheckpoint);
const rows = Uint32Array.from({ length: ROWS }, (_, k) => k);
const kernels = createKernels(dataset.embeddings);
const fit = () => fitLogistic(kernels, rows, dataset.labels, spec.probe);
const probe = fit();
const times = timed(() => void fit(), REPEATS, 0);

const table: Cell[][] = [
  [
    `the lab, ${kernels.kind} kernels`,
    median(times),
    Math.min(...times),
    `${probe.iterations} steps, ${probe.hessianProducts} products`,
    (probe.gradientNorm / probe.gradientScale).toExponential(1),
  ],
];
const python = findPython();
let lbfgs: number | null = null;
let newton: number | null = null;
if (python !== null) {
  const solvers = await withFolder((folder) =>
    python.run<Solver[]>('probeFit.py', [
      writeRaw(folder, 'x.f64', effectiveRows(dataset, rows)),
      writeRaw(folder, 'y.f64', Float64Array.from(dataset.labels)),
      String(ROWS),
      String(DIMS),
      String(spec.probe.C),
      String(REPEATS),
    ]),
  );
  for (const { name, seconds, iterations, coef, intercept } of solvers) {
    const largest = Math.max(...probe.standardizedWeights.map(Math.abs));
    const apart = Math.max(...coef.map((w, j) => Math.abs(w - probe.standardizedWeights[j]))) / largest;
    const ms = seconds.map((s) => 1000 * s);
    const off = Math.max(apart, Math.abs(intercept - probe.standardizedBias));
    table.push([name, median(ms), Math.min(...ms), `${iterations} steps`, `weights ${off.toExponential(1)} from ours`]);
    if (name.startsWith('lbfgs, default')) lbfgs = median(ms);
    if (name.startsWith('newton')) newton = median(ms);
  }
}
printTable(['fit', 'median ms', 'fastest ms', 'work', 'gradient / its scale'], table);
if (python !== null)
  note(`${python.versions}; StandardScaler and fit, on the same float64 rows; NumPy may use all cores.`);
figure({
  name: 'probe fit, 7,000 × 1,024 to rounding level',
  hold: 'no slower than scikit-learn’s lbfgs',
  measured: `${median(times).toFixed(0)} ms${lbfgs === null ? '' : ` (lbfgs ${lbfgs.toFixed(0)} ms, stopped earlier; newton-cholesky ${newton?.toFixed(0) ?? '–'} ms)`}`,
  held: lbfgs === null ? null : median(times) <= lbfgs,
  numbers: {
    ms: median(times),
    lbfgs,
    newtonCholesky: newton,
    gradient: probe.gradientNorm / probe.gradientScale,
    iterations: probe.iterations,
    hessianProducts: probe.hessianProducts,
  },
});
