import type { Separability } from '../../../../engine/analyses/separability.ts';
import { PUBLISHED_PAIR } from '../../../../data/publishedFigures.ts';
import type { WhyMetric } from '../../why/index.ts';

export interface Measure {
  /** The name that `data-metric` carries. */
  readonly name: string;
  readonly why: WhyMetric;
  readonly label: string;
  /** What it is, in one line. */
  readonly meaning: string;
  readonly read: (column: Separability) => number | null;
  readonly range?: (column: Separability) => { readonly low: number | null; readonly high: number | null };
  readonly format: 'number' | 'share';
  readonly published?: { readonly base: number; readonly instruct: number };
}

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly Measure[];
}

const published = (name: 'silhouette' | 'fisher' | 'overlap') => ({
  base: PUBLISHED_PAIR[name].base.value,
  instruct: PUBLISHED_PAIR[name].instruct.value,
});

export const GROUPS: readonly MeasureGroup[] = [
  {
    title: 'Along the probe (logits)',
    measures: [
      {
        name: 'dPrime',
        why: 'dPrime',
        label: 'd′',
        meaning: 'Gap of the class means over √((s₀² + s₁²)/2): each class weighs the same.',
        read: (column) => column.dPrime,
        format: 'number',
      },
      {
        name: 'cohensD',
        why: 'cohensD',
        label: 'Cohen’s d',
        meaning: 'The same gap over the pooled standard deviation: each row weighs the same.',
        read: (column) => column.cohensD,
        format: 'number',
      },
      {
        name: 'fisherOneDimensional',
        why: 'fisher',
        label: 'Fisher, one-dimensional',
        meaning: 'Squared gap over s₀² + s₁², along the probe: d′²/2.',
        read: (column) => column.fisher,
        format: 'number',
      },
      {
        name: 'kernelOverlap',
        why: 'overlap',
        label: 'Class overlap, kernel',
        meaning: '∫ min(f₀, f₁) of the logits’ densities, by Gaussian kernels (Silverman’s bandwidth).',
        read: (column) => column.kernelOverlap,
        format: 'share',
        published: published('overlap'),
      },
      {
        name: 'histogramOverlap',
        why: 'histogramOverlap',
        label: 'Class overlap, histogram',
        meaning: 'Σ min of the shares in 50 equal bins: more bins give less overlap.',
        read: (column) => column.histogramOverlap,
        format: 'share',
      },
      {
        name: 'signalToNoise',
        why: 'signalToNoise',
        label: 'SNR',
        meaning: 'Mean of logit²/(‖w‖²σ²) of the clean logits, without renormalisation (paper, eqs. 21–23).',
        read: (column) => column.signalToNoise,
        format: 'number',
      },
      {
        name: 'paperSignalToNoise',
        why: 'paperSignalToNoise',
        label: 'SNR, the paper’s estimate',
        meaning: '1/(dσ²), which takes ‖w‖ ≈ √d and a logit near 1 (eq. 24).',
        read: (column) => column.paperSignalToNoise,
        format: 'number',
      },
    ],
  },
  {
    title: 'In all dimensions',
    measures: [
      {
        name: 'fisherTraceRatio',
        why: 'fisherTrace',
        label: 'Fisher, trace ratio',
        meaning: 'tr S_B/tr S_W: spread of the class means over spread within the classes.',
        read: (column) => column.traceRatio,
        format: 'number',
      },
      {
        name: 'fisherPaper',
        why: 'fisherPaper',
        label: 'Fisher, the paper’s eq. 26',
        meaning: '‖μ₁ − μ₀‖² over the mean variance of a dimension in class 0 plus that in class 1: grows with D.',
        read: (column) => column.paperFisher,
        format: 'number',
        published: published('fisher'),
      },
      {
        name: 'silhouetteEuclidean',
        why: 'silhouette',
        label: 'Silhouette, Euclidean',
        meaning: 'Mean of (b − a)/max(a, b): distance to the other class against that to the own.',
        read: (column) => column.silhouetteEuclidean.value,
        range: (column) => column.silhouetteEuclidean,
        format: 'number',
        published: published('silhouette'),
      },
      {
        name: 'silhouetteCosine',
        why: 'silhouette',
        label: 'Silhouette, cosine',
        meaning: 'The same with 1 − cosine as the distance.',
        read: (column) => column.silhouetteCosine.value,
        range: (column) => column.silhouetteCosine,
        format: 'number',
      },
      {
        name: 'mahalanobis',
        why: 'mahalanobis',
        label: 'Mahalanobis distance',
        meaning: '√(δᵀS⁻¹δ) of the class means under the covariance within classes: what the best line could see.',
        read: (column) => column.mahalanobis,
        format: 'number',
      },
    ],
  },
];
