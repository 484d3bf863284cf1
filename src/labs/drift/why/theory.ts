import type { WhyEntry } from '../../why/entry.ts';

export const theoryRocAuc: WhyEntry = {
  title: 'AUC by theory',
  definition: 'The AUC that the theory expects of this drift, before a single row is drifted.',
  formula: [
    'AUC = Φ(Δ′ / √(s₀² + s₁² + 2ν²))',
    'Δ′: gap of the class means after drift; s₀, s₁: spread of clean logits; ν: spread of projected noise',
  ],
  source: 'docs/METHODS.md, “Theory”; binormal AUC: Green and Swets 1966.',
  convention:
    'Logits of each class taken as Gaussian with the measured means and spreads; the distribution-free curve averages over the measured logits instead.',
  misleads:
    'The law of the logits is an approximation: where they are skewed or bounded the curve lies off the measured points, as the residual strip shows.',
};

export const equivalentSigma: WhyEntry = {
  title: 'Equivalent σ',
  definition: 'The strength of Gaussian noise that turns the measured rows by the same mean angle as this drift.',
  formula: ['σ with mean angle of noise(σ) = mean angle of this drift'],
  source: 'This lab; the expected angle of noise is arctan(σ√D) per coordinate, arctan(σ) for the total norm.',
  convention: 'Solved on the measured rows; both readings of σ are named.',
  misleads: 'Equal angle is not equal harm: noise turns each row by itself, an update can turn all of them together.',
};

export const displacement: WhyEntry = {
  title: 'Displacement',
  definition: 'How far drift moves a row, in units of the row’s length, averaged over rows.',
  formula: ['mean of ‖x′ − x‖ / ‖x‖'],
  source: 'This lab; it makes mechanisms with unlike σ comparable.',
  convention: 'Distance after renormalisation where that is on.',
  misleads: 'It adds what is along the row and across it: stretching a unit row moves it far and turns it not at all.',
};

export const meanCosine: WhyEntry = {
  title: 'Mean pairwise cosine',
  definition:
    'The cosine between two rows, averaged over all pairs: how narrow the cone is that the embeddings lie in.',
  formula: ['(‖Σ u_i‖² − n) / (n(n − 1)), u_i the unit rows'],
  source: 'Anisotropy: Ethayarajh 2019; Mu and Viswanath 2018.',
  convention: 'Over all pairs of different rows, exactly, from the sum of the unit rows.',
  misleads:
    'A high mean cosine is no defect by itself: with a standardised probe it decides where the cliff stands, without a scaler it does not.',
};
