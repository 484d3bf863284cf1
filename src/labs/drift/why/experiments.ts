import type { WhyEntry } from '../../why/entry.ts';

export const compareDifference: WhyEntry = {
  title: 'Difference B − A',
  definition: 'How far a number of state B is from that of state A, with a 95 % interval.',
  formula: [
    'B − A',
    'AUC: DeLong. Accuracy, high-confidence errors, mean confidence: normal, of the rows’ differences; of two samples Newcombe, for the mean confidence Welch',
    'ECE, silent-failure rate, Brier score, F1: 1,000 bootstrap resamples of rows, 2.5 to 97.5 percentile',
  ],
  source: 'DeLong et al. 1988; Newcombe 1998, method 10; Welch 1947 (Biometrika 34, 28–35); Efron 1979.',
  convention:
    'Both probes are held fixed. Paired where both states measure the same rows with the same labels; the method stands beside each interval.',
  misleads:
    'Two intervals that overlap do not mean that nothing changed: on the same rows the difference is known far better than either number.',
};

export const walk: WhyEntry = {
  title: 'Numbers of the walk',
  definition: 'What each checkpoint says when every one drifts the one before it.',
  formula: ['x_k = drift(x_{k − 1}), the probe of checkpoint 0 throughout'],
  source:
    'This lab. (arXiv 2603.01297 drifts every checkpoint afresh from the clean rows.) Alignment: Schönemann 1966.',
  convention:
    'Each step draws its own noise unless the same draw is asked for. Re-centred: the bias is moved by the shift of the training rows’ mean, b − w·(m′ − m). Refitted: fitted anew on the drifted training rows with their labels.',
  misleads:
    'Small drifts do not simply add: steps that draw anew go about as far as one of σ√k, steps of one direction as far as one of kσ (without renormalisation).',
};

export const walkLargestDistance: WhyEntry = {
  title: 'Distance after undoing the walk',
  definition: 'The largest distance of any row to where it began, once every step has been undone, by its length.',
  formula: ['max over rows of ‖x″ − x‖ / ‖x‖'],
  source: 'This lab.',
  convention:
    'Every step is inverted with the displacement and the length that it had; rows are float32 between steps.',
  misleads:
    'It is rounding alone. It says that the walk can be undone where every displacement is known, which no one has in production.',
};

export const f1: WhyEntry = {
  title: 'F1',
  definition: 'The harmonic mean of precision and recall of class 1.',
  formula: ['F1 = 2·TP / (2·TP + FP + FN)'],
  source: 'van Rijsbergen 1979.',
  convention: ({ metrics }) => `Class 1 at threshold ${metrics.threshold}; 0 where no row of class 1 is found.`,
  misleads: 'It ignores the rows of class 0 that are right, and changes when the classes swap names.',
};

export const highConfidenceErrorShare: WhyEntry = {
  title: 'High-confidence errors, of all rows',
  definition: 'The share of all measured rows that are wrong with confidence above τ.',
  formula: ['#(wrong and confidence > τ) / n'],
  source: 'The same count as the silent-failure rate (arXiv 2603.01297, eqs. 15 to 17), over all rows.',
  convention: ({ metrics }) => `τ = ${metrics.highConfidence}, strictly above.`,
  misleads: 'It is small where errors are few, however sure the probe is of those.',
};

export const brier: WhyEntry = {
  title: 'Brier score',
  definition: 'The mean squared difference between the probability of class 1 and the label. 0 is perfect.',
  formula: ['mean of (p − y)²'],
  source: 'Brier 1950.',
  convention: 'One class, without the factor 2 of the sum over both classes.',
  misleads: 'It mixes calibration with discrimination: the same value can come from either.',
};

export const flips: WhyEntry = {
  title: 'Rows that changed sides',
  definition: 'Rows that A answers rightly and B wrongly, and the other way round.',
  formula: ['p = min(1, 2·P(X ≤ min(b, c))), X binomial of b + c rows and ½'],
  source: 'McNemar 1947 (Psychometrika 12, 153–157), exact two-sided form.',
  convention: 'Only where A and B measure the same rows. p is undefined where no row changed.',
  misleads: 'Many flips both ways leave accuracy as it was, and p near 1: other rows are wrong now.',
};

export const algebra: WhyEntry = {
  title: 'Numbers of the master formula',
  definition: 'What the four faders say of a probe whose classes of scores are Gaussian.',
  formula: [
    's′ = (s + h + η)/c, s = w·x/‖w‖, class means Δ′ apart, η of variance ν²',
    'AUC = Φ(Δ′ / √(τ₀² + τ₁² + 2ν²)); the rest by integrals over both normal laws',
  ],
  source: 'This lab; docs/METHODS.md, “Master formula”.',
  convention:
    'Faders are in units of τ̄ = √((τ₀² + τ₁²)/2). Accuracy is at the threshold of the settings; ECE is of infinitely many bins.',
  misleads: 'Real scores are only about Gaussian: compare with the measured column, clean state included.',
};

export const besideAuc: WhyEntry = {
  title: 'AUC of network and linear probe',
  definition: 'The AUC of both probes on the same drifted test rows, at the measured amount nearest the slider.',
  formula: ['AUC as in the headline, once for each probe'],
  source: 'This lab.',
  convention: 'Same data, split, standardisation, class weights and drift: the kind of probe alone differs.',
  misleads: 'A drift that follows the probe follows each its own, so the rows are then not the same.',
};

export const figure: WhyEntry = {
  title: 'Numbers of the paper’s figures',
  definition: 'A value of the paper beside the one that this lab computes under a named reading.',
  formula: [
    'difference = recomputed − published',
    'AUC lost: 1 − AUC(σ)/AUC(0). Confidence when wrong: mean of max(p, 1 − p) over the wrong rows',
  ],
  source: 'arXiv 2603.01297, figures 1 to 3, text and abstract; each row says which.',
  convention:
    'Recomputed by the readings chosen above, each checkpoint drifted afresh from the clean rows. Published values are quoted from notes on the paper and never recomputed.',
  misleads: 'The rows are not the paper’s: agreement of shape can be expected, agreement of digits cannot.',
};

export const sensitivityCrossing: WhyEntry = {
  title: 'Where AUC has lost 10 %',
  definition: 'The first σ at which AUC has lost a tenth of its value without drift.',
  formula: ['1 − AUC(σ)/AUC(0) = 0.1'],
  source: 'The dashed line of figure 2 in arXiv 2603.01297.',
  convention:
    'By a straight line between neighbours of 96 values of σ, even in log σ from 1e-4 to .15. Undefined where AUC stays above.',
  misleads:
    'It takes AUC 1 to .9 as it takes .6 to .54; of the way down to chance the first is a fifth, the second three fifths.',
};

export const figureSeparability: WhyEntry = {
  title: 'Separability in figure 1',
  definition: 'How far apart the classes lie without drift, by the measures that the paper names.',
  formula: [
    'silhouette: mean of (b − a)/max(a, b), eq. 25',
    'Fisher: ‖μ₁ − μ₀‖² / (mean_j σ²₀j + mean_j σ²₁j), eq. 26',
    'overlap: ∫ min(f₀, f₁) over logits',
  ],
  source: 'arXiv 2603.01297, eqs. 25 and 26; the paper’s overlap was not recovered.',
  convention:
    'Silhouette: Euclidean, on at most 600 test rows, evenly spread. Fisher: all rows. Overlap: logits of the test rows, Gaussian kernels.',
  misleads: 'Silhouette .245 and Fisher 4.23 cannot both hold in some 900 dimensions by these equations.',
};

export const mlpLoss: WhyEntry = {
  title: 'Losses of the network',
  definition: 'Mean log loss at the end of the best epoch, on all training and on all validation rows, in nats.',
  formula: ['mean of s·log(1 + exp(−y·z)), y = ±1, z the logit', 's: class weight, 1 where there is none'],
  source:
    'Adam: Kingma and Ba 2015; first weights: He et al. 2015; early stopping: Prechelt 1998 (Neural Networks 11, 761–767).',
  convention:
    'Without the penalty. The weights kept are those of the epoch with the lowest validation loss; of the lowest training loss where there are no validation rows.',
  misleads: 'A low validation loss says nothing about rows that drift has moved away from the training data.',
};

export const mechanismAucSpread: WhyEntry = {
  title: 'Spread over mechanisms',
  definition:
    'The highest AUC of any mechanism less the lowest, over those that reach the strength, “each class towards the other” among them.',
  formula: ['max AUC − min AUC'],
  source: 'Test of the claim of mechanism invariance in arXiv 2603.01297.',
  convention:
    'Strength is the mean displacement or the mean angle over the measured rows, as chosen; each mechanism gets the σ that gives it.',
  misleads: 'A spread within the interval of one AUC is no evidence of a difference.',
};
