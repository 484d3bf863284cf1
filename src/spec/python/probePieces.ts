import type { ExperimentSpec } from '../types.ts';
import { py, type Piece } from './literals.ts';

/** Fits on `x[train]`, `y[train]`; makes `w`, the direction that drifts along the probe follow, and what {@link logitsOf} asks for. */
export function probePiece(spec: ExperimentSpec): Piece {
  return spec.probe.kind === 'mlp' ? network(spec) : logistic(spec);
}

/** The expression for the logits of some rows. */
export function logitsOf({ probe }: ExperimentSpec, rows: string): string {
  return probe.kind === 'mlp' ? `output(scaler.transform(${rows}))` : `${rows} @ w + b`;
}

function logistic({ probe }: ExperimentSpec): Piece {
  const { C, standardize, classWeight } = probe;
  return {
    lines: [
      standardize
        ? 'scaler = StandardScaler().fit(x[train])'
        : 'scaler = StandardScaler(with_std=False).fit(x[train])  # centring moves the intercept alone, and helps the solver',
      `probe = LogisticRegression(C=${py(C)}, class_weight=${py(classWeight)}, solver="newton-cholesky", tol=1e-12, max_iter=1000)`,
      'probe.fit(scaler.transform(x[train]), y[train])',
      `w = probe.coef_[0]${standardize ? ' / scaler.scale_  # of the rows themselves' : ''}`,
      'b = probe.intercept_[0] - scaler.mean_ @ w',
    ],
  };
}

/**
 * scikit-learn's MLPClassifier draws its first weights and the order of rows in its own way, so that the lab's network
 * cannot come out of it; the lab's recipe is short enough to be written in NumPy.
 */
function network({ probe, drift }: ExperimentSpec): Piece {
  const { mlp, standardize, classWeight } = probe;
  const follows = drift.kind === 'directional' && drift.direction !== 'random' && drift.direction !== 'class-mean';
  return {
    lines: [
      "# scikit-learn's MLPClassifier draws weights and the order of rows otherwise, and cannot give this network:",
      '# this is the recipe of the lab (He initialisation, mini-batches, Adam, early stop), in float64.',
      standardize
        ? 'scaler = StandardScaler().fit(x[train])'
        : 'scaler = StandardScaler(with_mean=False, with_std=False).fit(x[train])  # features as they are',
      'features, answers, n = scaler.transform(x[train]), y[train], int(train.sum())',
      classWeight === null ? 'costs = np.ones(2)' : 'costs = n / (2 * np.bincount(answers))  # balanced classes',
      `draw, order = stream(${py(mlp.seed)}, "mlp"), stream(${py(mlp.seed)}, "mlp-order")`,
      `hidden, dims, l2 = ${py(mlp.hidden)}, x.shape[1], ${py(mlp.l2)}`,
      'theta = [draw.standard_normal((hidden, dims)) * np.sqrt(2 / dims), np.zeros(hidden)]',
      'theta += [draw.standard_normal(hidden) * np.sqrt(2 / hidden), np.zeros(1)]',
      '',
      '',
      'def output(rows):',
      '    return np.maximum(0, rows @ theta[0].T + theta[1]) @ theta[2] + theta[3][0]',
      '',
      '',
      'def loss(rows, labels):',
      '    z = output(rows)',
      '    return np.mean(costs[labels] * np.logaddexp(0, np.where(labels == 1, -z, z)))',
      '',
      '',
      'first, second = [np.zeros_like(t) for t in theta], [np.zeros_like(t) for t in theta]',
      'step, best, best_epoch = 0, np.inf, 0',
      `for epoch in range(1, ${py(mlp.epochs)} + 1):`,
      '    where = order.permutation(n)',
      `    for start in range(0, n, ${py(mlp.batch)}):`,
      `        rows = where[start : start + ${py(mlp.batch)}]`,
      '        r, label, step = features[rows], answers[rows], step + 1',
      '        into = r @ theta[0].T + theta[1]',
      '        act = np.maximum(0, into)',
      '        slope = costs[label] * (1 / (1 + np.exp(-(act @ theta[2] + theta[3][0]))) - label) / len(rows)',
      '        back = np.outer(slope, theta[2]) * (into > 0)',
      '        grads = [back.T @ r + l2 * theta[0], back.sum(0), act.T @ slope + l2 * theta[2], [slope.sum()]]',
      '        for k, grad in enumerate(map(np.asarray, grads)):',
      '            first[k] = 0.9 * first[k] + 0.1 * grad',
      '            second[k] = 0.999 * second[k] + 0.001 * grad**2',
      '            scale = np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8',
      `            theta[k] = theta[k] - ${py(mlp.learningRate)} * first[k] / (1 - 0.9**step) / scale`,
      '    held = validation if validation.any() else train',
      '    now = loss(scaler.transform(x[held]), y[held])',
      '    if now < best:',
      '        best, best_epoch, kept = now, epoch, [t.copy() for t in theta]',
      `    if not np.isfinite(now) or epoch - best_epoch >= ${py(mlp.patience)}:`,
      '        break',
      'theta = kept',
      ...(follows
        ? [
            'on = features @ theta[0].T + theta[1] > 0',
            `w = (theta[2] * on.mean(axis=0)) @ theta[0]${standardize ? ' / scaler.scale_' : ''}  # mean slope of the logit over the training rows`,
          ]
        : []),
    ],
    uses: ['stream'],
  };
}
