import type { ExperimentSpec } from '../types.ts';
import { py, type Piece } from './literals.ts';

/** Makes `moved`, the test rows after the drift, from `clean` (test rows) and `labels` (theirs). */
export function driftPiece(spec: ExperimentSpec): Piece {
  const { kind, renormalize, t } = spec.drift;
  const { lines, uses = [] } = move(spec);
  if (!renormalize || kind === 'rotation') return { lines, uses };
  const back =
    kind === 'model'
      ? `moved *= (${py(1 - t)} * lengths(clean) + ${py(t)} * lengths(other)) / lengths(moved)  # to its length on the way`
      : 'moved *= lengths(clean) / lengths(moved)  # each row back to its own length';
  return { lines: [...lines, back], uses: [...uses, 'lengths'] };
}

function move({ drift }: ExperimentSpec): Piece {
  const { kind, units, planes, t, direction } = drift;
  const [sigma, seed] = [py(drift.sigma), py(drift.seed)];
  switch (kind) {
    case 'gaussian':
      return {
        lines: [
          `noise = stream(${seed}, "noise").standard_normal(clean.shape)`,
          ...(units === 'total-norm' ? ['noise /= lengths(noise)  # sigma is the length of the whole move'] : []),
          `moved = clean + ${sigma} * lengths(clean) * noise`,
        ],
        uses: ['stream', 'lengths'],
      };
    case 'directional': {
      const axis = {
        random: `unit(stream(${seed}, "direction").standard_normal(x.shape[1]))`,
        'along-probe': 'unit(w)',
        'against-probe': '-unit(w)',
        opposed: 'unit(w)',
        'class-mean': 'unit(x[train & (y == 1)].mean(axis=0) - x[train & (y == 0)].mean(axis=0))',
      }[direction];
      const sign = direction === 'opposed' ? 'np.where(labels == 1, -1, 1)[:, None] * ' : '';
      return {
        lines: [
          `axis = ${axis}`,
          `moved = clean + ${sigma} * lengths(clean) * ${sign}axis${sign === '' ? '' : '  # each class towards the other'}`,
        ],
        uses: ['unit', 'lengths', ...(direction === 'random' ? (['stream'] as const) : [])],
      };
    }
    case 'mean-shift':
      return {
        lines: [`moved = clean + ${sigma} * lengths(clean) * unit(x[train].mean(axis=0))`],
        uses: ['unit', 'lengths'],
      };
    case 'scaling':
      return {
        lines: [`moved = clean * (1 + ${sigma} * stream(${seed}, "scaling").standard_normal(x.shape[1]))`],
        uses: ['stream'],
      };
    case 'subspace':
      return {
        lines: [
          ...orthogonal(seed),
          `theta = ${sigma} * np.pi / 2`,
          'moved = np.cos(theta) * clean + np.sin(theta) * (clean @ q.T)',
        ].map((line) => line.replaceAll('theta', 'angle')),
        uses: ['stream'],
      };
    case 'rotation':
      return {
        lines: [
          ...orthogonal(seed),
          `planes = ${planes === null ? 'x.shape[1] // 2' : py(planes)}  # column 2j turns towards column 2j + 1`,
          'first, second = q[:, 0 : 2 * planes : 2], q[:, 1 : 2 * planes : 2]',
          'one, other = clean @ first, clean @ second',
          `turn, shrink = np.sin(${sigma}), np.cos(${sigma}) - 1`,
          'moved = clean + turn * (one @ second.T - other @ first.T) + shrink * (one @ first.T + other @ second.T)',
        ],
        uses: ['stream'],
      };
    case 'model':
      return {
        lines: ['other = target[test]', `moved = ${py(1 - t)} * clean + ${py(t)} * other`],
      };
  }
}

const orthogonal = (seed: string): readonly string[] => [
  `q, r = np.linalg.qr(stream(${seed}, "rotation").standard_normal((x.shape[1], x.shape[1])))`,
  'q *= np.sign(np.diag(r))  # uniform over all orthogonal matrices',
];
