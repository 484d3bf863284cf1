import type { WhyEntry } from '../../why/entry.ts';

export const theoryRocAuc: WhyEntry = {
  title: 'AUC by theory',
  definition:
    'The AUC that the Gaussian master formula expects of this drift. It is worked out from clean products of rows, probe and drift; no drifted row is scored.',
  formula: [
    'AUC = Φ(Δ′ / √(τ₀² + τ₁² + 2ν²))',
    'of the scores s = w·x/‖w‖. Δ′: gap of the class means after drift; τ₀, τ₁: spread of each class without drift; ν²: variance that drift adds',
  ],
  source: 'This lab; docs/METHODS.md, “Master formula”. AUC of two normal laws: Green and Swets 1966.',
  convention:
    'Each class of scores is taken as Gaussian with the mean and the spread (n − 1) of the measured rows. Worked out at this very σ, not read off the curve. The dotted curve takes the scores as they are instead.',
  misleads:
    'Real scores are only about Gaussian: where they are skewed the formula lies off the measured points, as the residual strip shows. It is an expectation, and one draw of noise scatters around it.',
};

export const equivalentSigma: WhyEntry = {
  title: 'Equivalent σ',
  definition: 'The strength of Gaussian noise that turns the test rows by the same mean angle as this update does.',
  formula: ['σ with mean angle of noise(σ) = mean angle of this drift'],
  source: 'This lab.',
  convention:
    'The mean angle of the noise that the seed would draw, over all test rows, by bisection. Above two million values of test rows the expected angle arctan(σ√D) is turned round instead; the text says which. The total length is σ·√D.',
  misleads: 'Equal angle is not equal harm: noise turns each row by itself, an update can turn all of them together.',
};

export const displacement: WhyEntry = {
  title: 'Displacement',
  definition: 'How far drift moves a row in space, averaged over the measured rows.',
  formula: ['mean of ‖x′ − x‖', 'renormalised unit rows: ‖x′ − x‖ = 2·sin(φ/2), φ the angle'],
  source: 'This lab; it makes mechanisms with unlike σ comparable.',
  convention:
    'In the units of the rows: a unit row has length 1, and rows of other lengths are not divided by theirs. Measured after renormalisation where that is on.',
  misleads:
    'It counts what is along the row and across it alike: stretching a row moves it far and turns it not at all.',
};

export const meanCosine: WhyEntry = {
  title: 'Mean pairwise cosine',
  definition:
    'The cosine between two rows, averaged over all pairs: how narrow the cone is that the embeddings lie in.',
  formula: ['(‖Σ u_i‖² − n) / (n(n − 1)), u_i the unit rows'],
  source: 'Anisotropy: Ethayarajh 2019; Mu and Viswanath 2018.',
  convention:
    'Over all pairs of different rows of the whole dataset, not of the test rows alone; exact, from the sum of the unit rows. Undefined with a row of zeros.',
  misleads:
    'A high mean cosine is no defect by itself: a probe separates clean rows in a narrow cone as well as in a wide one. It decides what noise of a given σ does: with a scaler AUC falls and confidence stays, without one both fall.',
};
