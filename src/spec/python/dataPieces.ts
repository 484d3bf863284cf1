import type { ExperimentSpec, SyntheticSpec } from '../types.ts';
import { scriptFiles } from './files.ts';
import { py, type Piece } from './literals.ts';

/** Makes `x` (rows × dimensions), `y`, and where they are needed `table` and `target`. */
export function dataPiece(spec: ExperimentSpec): Piece {
  const files = scriptFiles(spec);
  if (files === null && spec.data.synthetic !== null) return synthetic(spec, spec.data.synthetic);
  if (files === null) throw new RangeError('A synthetic set has settings of its generator.');
  const rows = prepared(spec);
  const own = spec.data.id === 'own' ? spec.data.own : null;
  return {
    lines: [
      'parser = argparse.ArgumentParser(description="Recomputes one state of the Silent Failure Lab.")',
      'parser.add_argument("--data", metavar="FOLDER", default=".", help="where the files are")',
      'folder = parser.parse_args().data',
      `with open(f"{folder}/${files.labels}", newline="", encoding="utf-8-sig") as file:`,
      '    table = list(csv.DictReader(file))',
      'y = np.array([int(row["label"]) for row in table])',
      ...(files.target === null
        ? [`x = np.load(f"{folder}/${files.embeddings}").astype(np.float64)`, ...rows.lines]
        : [`x, target = load("${files.embeddings}"), load("${files.target}")`]),
      ...(own === null
        ? []
        : [
            `if x.shape != (${own.rows}, ${own.dims}):`,
            `    raise SystemExit(f"embeddings: {x.shape[0]} rows of {x.shape[1]}, not the ${own.rows} of ${own.dims} of this link")`,
          ]),
    ],
    uses: rows.uses,
  };
}

/** Rows in float64 as everything after takes them: the lines that make `x` of `x`. */
function prepared({ data: { cone, normalize } }: ExperimentSpec): Piece {
  const lines = normalize ? ['x /= lengths(x)  # every row to length 1'] : [];
  if (cone === null) return { lines };
  return {
    lines: [
      ...lines,
      `cone = ${py(cone.multiple)} * unit(stream(${py(cone.seed)}, "cone").standard_normal(x.shape[1]))  # a common direction`,
      ...(normalize
        ? ['x = (x + cone).astype(np.float32).astype(np.float64)', 'x /= lengths(x)']
        : [
            'own = lengths(x)',
            'x = (x / np.where(own > 0, own, 1) + cone).astype(np.float32).astype(np.float64)',
            'x *= own / lengths(x)  # turned, with its length kept',
          ]),
    ],
    uses: ['unit', 'stream'],
  };
}

/** `load(name)`, where a second encoder version goes the same way as the first; no lines where there is one alone. */
export function loadPiece(spec: ExperimentSpec): Piece {
  if (!scriptFiles(spec)?.target) return { lines: [] };
  const { lines, uses } = prepared(spec);
  return {
    lines: [
      'def load(name):',
      '    x = np.load(f"{folder}/{name}").astype(np.float64)',
      ...lines.map((line) => `    ${line}`),
      '    return x',
    ],
    uses,
  };
}

function synthetic(spec: ExperimentSpec, settings: SyntheticSpec): Piece {
  const { lines, uses = [] } = prepared(spec);
  const { rows, dims, separation, spectrum, meanCosine, seed } = settings;
  return {
    lines: [
      `rows, dims, seed = ${py(rows)}, ${py(dims)}, ${py(seed)}`,
      'spectrum = np.arange(1, dims + 1.0) ** ' + py(-spectrum),
      'spectrum /= spectrum.sum()  # variances along the principal axes',
      'axis = np.argmin(np.abs(spectrum - 1 / dims))  # the one on which the class means differ',
      `distance = ${py(separation)} * np.sqrt(spectrum[axis])`,
      'common, sign1, sign2 = stream(seed, "synthetic-directions").standard_normal((3, dims))',
      'common[axis] = 0',
      `common *= np.sqrt(${py(meanCosine)} / (1 - ${py(meanCosine)}) * (1 + (distance / 2) ** 2)) / np.linalg.norm(common)`,
      'y = np.arange(rows) % 2',
      'x = common + np.sqrt(spectrum) * stream(seed, "synthetic-rows").standard_normal((rows, dims))',
      'x[:, axis] += (y - 0.5) * distance',
      'power = 2 ** int(np.log2(dims))  # mixing: no coordinate is a principal axis',
      'x *= np.where(sign1 < 0, -1, 1)',
      'x[:, :power] = hadamard(x[:, :power])',
      'x *= np.where(sign2 < 0, -1, 1)',
      'x[:, dims - power:] = hadamard(x[:, dims - power:])',
      'x = x.astype(np.float32).astype(np.float64)',
      ...lines,
    ],
    uses: ['stream', ...uses],
  };
}

/** The Walsh–Hadamard transform that mixes synthetic rows. */
export const HADAMARD: readonly string[] = [
  'def hadamard(x):',
  '    n, half = x.shape[1], 1',
  '    while half < n:',
  '        a, b = np.moveaxis(x.reshape(len(x), n // (2 * half), 2, half), 2, 0)',
  '        x = np.stack([a + b, a - b], axis=2).reshape(len(x), n)',
  '        half *= 2',
  '    return x / np.sqrt(n)',
];

/** Makes the masks `train` and `test`, and `validation` where a network asks for it. */
export function splitPiece({ data, split, probe }: ExperimentSpec): Piece {
  const cut = (value: string): string => `int(np.floor(${value} * len(rows) + 0.5))`;
  const { train, validation, stratified, seed } = split;
  const drawn = [
    `u = stream(${py(seed)}, "split").random(len(y))`,
    'part = np.full(len(y), "test", dtype="U10")',
    `for rows in ${stratified ? '(np.flatnonzero(y == 0), np.flatnonzero(y == 1))' : '(np.arange(len(y)),)'}:`,
    '    rows = rows[np.argsort(u[rows], kind="stable")]',
    `    part[rows[:${cut(`(${py(train)} + ${py(validation)})`)}]] = "validation"`,
    `    part[rows[:${cut(py(train))}]] = "train"`,
  ];
  const own = data.id === 'own';
  const masks = ['train', ...(probe.kind === 'mlp' ? ['validation'] : []), 'test'];
  return {
    lines: [
      ...drawn,
      ...(own
        ? [
            'if "split" in table[0]:  # a split of your own wins',
            '    part = np.array([row["split"].strip() for row in table])',
          ]
        : []),
      `${masks.join(', ')} = ${masks.map((name) => `part == "${name}"`).join(', ')}`,
    ],
    uses: ['stream'],
  };
}
