import type { WhyEntry } from '../../why/entry.ts';

export const band: WhyEntry = {
  title: 'Band over draws',
  definition: 'Where another seed of the drift would put the number, on the same rows and with the same probe.',
  formula: ['5 % and 95 % quantiles over draws, at each σ'],
  source: 'This lab; docs/METHODS.md, “Band over draws”.',
  convention:
    'Quantiles by linear interpolation; between points of the curve a straight line. Gaussian noise on a linear probe is drawn exact in law, other drifts are really drawn, at most 20 times: the text says which.',
  misleads: 'It says nothing about other rows, splits or probes: it is no confidence interval of the AUC.',
};

export const bandCoverage: WhyEntry = {
  title: 'Measured points inside the band',
  definition: 'The share of the points of the curve with drift whose measured AUC lies within the band.',
  formula: ['#(low ≤ measured ≤ high) / #points with drift'],
  source: 'This lab.',
  convention: 'The measured curve is the draw of the seed in the settings.',
  misleads:
    'One draw serves all points, so that they lie inside or outside together: nine of ten is not to be expected.',
};

export const residualRocAuc: WhyEntry = {
  title: 'Residual of AUC',
  definition: 'The measured AUC less the AUC by the Gaussian formula: here at the handle, or where it is largest.',
  formula: ['measured − Φ(Δ′ / √(τ₀² + τ₁² + 2ν²))'],
  source: 'This lab; docs/METHODS.md, “Master formula”.',
  convention: 'One draw against an expectation. The largest is the one furthest from 0, with its sign.',
  misleads: 'It mixes the luck of the draw with scores that are not Gaussian; the band shows how large the first is.',
};

export const belowReach: WhyEntry = {
  title: 'Below the reach of noise',
  definition:
    'How far the measured AUC lies, at worst, below the lowest AUC that isotropic noise can be expected to lead to from half the σ.',
  formula: [
    'largest of: lowest AUC in reach from AUC(σ/2) − AUC(σ)',
    'doubling noise takes at most max over q of Φ(q) − Φ(q/2) = .161',
  ],
  source: 'This lab; docs/METHODS.md, “Octave bound”.',
  convention: 'AUC(σ/2) by a straight line between points of the curve; 0 where the curve is nowhere below.',
  misleads: 'It bounds the expectation, for noise proportional to σ on a linear probe: one draw scatters around it.',
};
