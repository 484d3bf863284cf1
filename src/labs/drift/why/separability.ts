import type { WhyEntry } from '../../why/entry.ts';

export const dPrime: WhyEntry = {
  title: 'd′',
  definition: 'The distance of the class means along the probe, in units of the classes’ spread.',
  formula: ['d′ = (μ₁ − μ₀) / √((s₀² + s₁²)/2)'],
  source: 'Green and Swets 1966.',
  convention: 's² with n − 1; each class weighs the same, however many rows it has.',
  misleads: 'It is the whole story only where logits are Gaussian.',
};

export const cohensD: WhyEntry = {
  title: 'Cohen’s d',
  definition: 'd′ with the spread pooled over rows.',
  formula: ['d = (μ₁ − μ₀) / √(((n₀ − 1)s₀² + (n₁ − 1)s₁²)/(n₀ + n₁ − 2))'],
  source: 'Cohen 1988.',
  convention: 'Each row weighs the same, so the larger class decides the spread.',
  misleads: 'With unequal classes it differs from d′; papers mix both.',
};

export const fisher: WhyEntry = {
  title: 'Fisher’s ratio along the probe',
  definition: 'The squared distance of the class means over the sum of their variances.',
  formula: ['J = (μ₁ − μ₀)² / (s₀² + s₁²) = d′²/2'],
  source: 'Fisher 1936.',
  convention: 'One dimension: the logit.',
  misleads: 'Definitions in papers differ by factors: compare ratios of one definition only.',
};

export const fisherTrace: WhyEntry = {
  title: 'Fisher’s ratio, traces',
  definition: 'Between-class scatter over within-class scatter, summed over all dimensions.',
  formula: ['tr S_B / tr S_W'],
  source: 'Fukunaga 1990.',
  convention:
    'Scatter matrices of rows, so class sizes weigh in. For classes of equal size it is eq. 26 divided by 2D.',
  misleads: 'Dimensions that tell nothing dilute it.',
};

export const fisherPaper: WhyEntry = {
  title: 'Fisher’s ratio, as the paper writes it',
  definition:
    'The paper’s equation 26: the squared distance of the class centroids over the sum of both classes’ variances, each averaged over the dimensions.',
  formula: ['‖μ₁ − μ₀‖² / (mean_j σ²₀j + mean_j σ²₁j)'],
  source: 'arXiv 2603.01297, eq. 26.',
  convention:
    'Variances over n, averaged over dimensions. Published values are marked as published, these are recomputed.',
  misleads:
    'The numerator adds up over dimensions and the denominator is a mean over them, so it grows with their number: compare sets of equal dimension only.',
};

export const silhouette: WhyEntry = {
  title: 'Silhouette',
  definition: 'How much nearer a row is to its own class than to the other, averaged; from −1 to 1.',
  formula: ['(b − a) / max(a, b), a and b the mean distances to the own and the other class'],
  source: 'Rousseeuw 1987.',
  convention:
    'The distance is named beside the number, and how many rows enter is said on screen. The interval takes the values of rows as independent, which they are not quite.',
  misleads:
    'In many dimensions all distances are alike, so that it is near 0 even for classes that a probe parts well.',
};

export const mahalanobis: WhyEntry = {
  title: 'Mahalanobis distance',
  definition:
    'The distance of the class means in units of the spread in the direction between them, over all dimensions.',
  formula: ['√((μ₁ − μ₀)ᵀ S⁻¹ (μ₁ − μ₀)), S the pooled covariance'],
  source: 'Mahalanobis 1936.',
  convention:
    'S pooled over both classes (n − 2). Below five rows a dimension it is shrunk by a tenth towards a multiple of the identity, said on screen.',
  misleads:
    'It is measured on the rows that S is estimated on: with few rows for the dimensions it is much too large, because chance directions part the classes.',
};

export const overlap: WhyEntry = {
  title: 'Class overlap',
  definition: 'The area that the two classes’ densities of logits share: 0 is apart, 1 is the same.',
  formula: ['∫ min(f₀, f₁) over logits'],
  source: 'Overlapping coefficient: Inman and Bradley 1989.',
  convention:
    'Gaussian kernels with Silverman’s width (1986, eq. 3.31) in each class; each density has area 1, however many rows a class has.',
  misleads:
    'The width of the kernels moves it: smoother densities overlap more. How the paper measured it is not known.',
};

export const histogramOverlap: WhyEntry = {
  title: 'Class overlap, histogram',
  definition: 'The shared area of the two classes’ histograms of logits: 0 is apart, 1 is the same.',
  formula: ['Σ over bins of min(share of class 0, share of class 1)'],
  source: 'Overlapping coefficient: Inman and Bradley 1989.',
  convention: '50 bins of equal width over the range of all logits measured.',
  misleads: 'More bins give less overlap, whatever the classes are: compare at one number of bins only.',
};

export const signalToNoise: WhyEntry = {
  title: 'SNR (signal-to-noise ratio)',
  definition: 'The squared logit of a row against the variance that noise gives it, averaged over the measured rows.',
  formula: ['SNR = mean of (w·x + b)² / (‖w‖²σ²)'],
  source: 'arXiv 2603.01297, eqs. 21 to 23.',
  convention:
    'Clean logits, without renormalisation; σ per coordinate (of noise of total length σ it is σ/√D). Undefined without noise, for other drifts and for a network.',
  misleads: 'It mixes the size of the logits with how the classes lie: a large bias raises it and separates nothing.',
};

export const paperSignalToNoise: WhyEntry = {
  title: 'SNR, the paper’s estimate',
  definition: 'What the signal-to-noise ratio is where the weights have length √D and logits are about 1.',
  formula: ['SNR ≈ 1/(Dσ²)', '2.79 at D = 896, σ = .02'],
  source: 'arXiv 2603.01297, eq. 24.',
  convention: 'σ per coordinate. It reads neither the probe nor the rows.',
  misleads: 'Neither assumption need hold: compare with the SNR of the rows above it.',
};
