import { encodeLink } from '../link.ts';
import type { ExperimentSpec } from '../types.ts';
import { dataPiece, HADAMARD, loadPiece, splitPiece } from './dataPieces.ts';
import { driftPiece } from './driftPieces.ts';
import { folderWords, scriptFiles } from './files.ts';
import { HELPERS } from './helpers.ts';
import { py, type Helper } from './literals.ts';
import { measureLines } from './measurePieces.ts';
import { logitsOf, probePiece } from './probePieces.ts';

/**
 * A Python script that computes the numbers of a spec anew with NumPy and scikit-learn (1.2 or later), and prints them as
 * JSON: under "clean" without drift, under "metrics" with it, by the names that `lab run` gives them. It holds only what
 * this spec needs. Shipped and own data are read from `--data FOLDER`; synthetic rows are drawn. Throws RangeError for
 * synthetic data without settings, which parseSpec refuses.
 */
export function pythonScript(spec: ExperimentSpec): string {
  const synthetic = scriptFiles(spec) === null;
  const { slice } = spec.view;
  const [data, load, split, probe, drift] = [dataPiece, loadPiece, splitPiece, probePiece, driftPiece].map((make) =>
    make(spec),
  );
  const uses = new Set<Helper>(['lengths', ...[data, load, split, probe, drift].flatMap((piece) => piece.uses ?? [])]);
  const functions = [
    ...(['stream', 'lengths', 'unit'] as const).filter((name) => uses.has(name)).map((name) => HELPERS[name]),
    ...(synthetic ? [HADAMARD] : []),
    load.lines,
  ].filter((lines) => lines.length > 0);
  const lines = [
    ...head(spec),
    ...imports(spec),
    ...functions.flatMap((lines) => ['', '', ...lines]),
    '',
    '',
    '# The rows',
    ...data.lines,
    '',
    '# The split',
    ...split.lines,
    '',
    '# The probe',
    ...probe.lines,
    '',
    '# The drift of the test rows',
    'clean, labels = x[test], y[test]',
    ...drift.lines,
    ...(slice === null
      ? []
      : [
          '',
          '# The slice that is measured',
          `kept = np.array([row[${py(slice.column)}] == ${py(slice.value)} for row in table])[test]`,
          'clean, moved, labels = clean[kept], moved[kept], labels[kept]',
        ]),
    '',
    '',
    ...measureLines(spec.metrics),
    '',
    '',
    '# The numbers',
    ...numbers(spec),
  ];
  return `${lines.join('\n')}\n`;
}

/** Angles, and what is printed. A row without length has no angle; only rows used as given may be such. */
function numbers(spec: ExperimentSpec): readonly string[] {
  const { data, drift } = spec;
  const mean = data.normalize && drift.renormalize ? 'angle.mean()' : 'np.nanmean(angle)';
  return [
    'before, after = clean / lengths(clean), moved / lengths(moved)',
    'angle = np.degrees(2 * np.arctan2(lengths(before - after), lengths(before + after)))',
    `metrics = {**measure(${logitsOf(spec, 'moved')}), "meanAngleDegrees": ${mean}}`,
    `print(json.dumps({"clean": measure(${logitsOf(spec, 'clean')}), "metrics": metrics}, indent=2))`,
  ];
}

function head(spec: ExperimentSpec): readonly string[] {
  const link = encodeLink(spec);
  const files = scriptFiles(spec);
  return [
    '"""Recomputes one state of the Silent Failure Lab with NumPy and scikit-learn (1.2 or later), and prints its numbers.',
    '',
    `    python3 reproduce.py${files === null ? '' : ' --data FOLDER'}`,
    '',
    ...(files === null ? [] : [...folderWords(spec), '']),
    link === '' ? 'It is the state that the lab opens with.' : `The state as a link: #${link}`,
    '"""',
  ];
}

function imports({ data, probe }: ExperimentSpec): readonly string[] {
  return [
    ...(data.id === 'synthetic' ? [] : ['import argparse', 'import csv']),
    'import json',
    'import zlib',
    '',
    'import numpy as np',
    ...(probe.kind === 'mlp' ? [] : ['from sklearn.linear_model import LogisticRegression']),
    'from sklearn.metrics import f1_score, matthews_corrcoef, roc_auc_score',
    'from sklearn.preprocessing import StandardScaler',
  ];
}
