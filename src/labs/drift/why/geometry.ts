import type { WhyEntry } from '../../why/entry.ts';

export const commonAngleDegrees: WhyEntry = {
  title: 'Common angle',
  definition:
    'The part of the turn that all rows share: the angle between the centroids of the unit rows before and after drift.',
  formula: ['angle(Σ u_i, Σ u′_i)'],
  source: 'This lab; docs/METHODS.md, “Common and individual angle”.',
  convention: 'Centroids of the measured rows, each at unit length, so that long rows do not weigh more.',
  misleads: 'Common and individual part do not add up to the mean angle: they are angles of different pairs.',
};

export const individualAngleDegrees: WhyEntry = {
  title: 'Individual angle',
  definition: 'The mean angle that is left when the turn that all rows share has been undone.',
  formula: ['mean of angle(u_i, R u′_i), R the turn of one centroid back to the other'],
  source: 'This lab; docs/METHODS.md, “Common and individual angle”.',
  convention: 'R turns within the plane of both centroids and leaves everything across it alone.',
  misleads: 'A turn that all rows share counts as individual as far as it is not in the plane of both centroids.',
};

export const medianCertifiedAngle: WhyEntry = {
  title: 'Median certified angle',
  definition:
    'A row keeps its answer under every turn by less than its certified angle, and some turn by that angle flips it. This is the median of those angles.',
  formula: [
    'θ = |arccos((t − b)/‖w‖) − arccos(w·x/‖w‖)|, t the logit of the threshold',
    'median over the right rows, by linear interpolation',
  ],
  source:
    'This lab; exact for a linear probe on the sphere, so that randomised smoothing (Cohen, Rosenfeld and Kolter 2019) has nothing to add.',
  convention:
    'Clean measured rows of unit length that are answered rightly; wrong rows have an angle and are left out.',
  misleads: 'It is about the worst direction; a random turn by the same angle seldom goes that way.',
};

export const worstCaseAccuracy: WhyEntry = {
  title: 'Worst-case accuracy',
  definition:
    'The accuracy left when every row is turned by the mean angle of the drift on screen, in the direction that harms it most.',
  formula: [
    'arccos(ŵ·x) + θ for class 1 (at most π), − θ for class 0 (at least 0)',
    'equal to the share of rows that are right and whose certified angle exceeds θ',
  ],
  source: 'This lab; the same geometry as the certified angle.',
  convention: 'At the threshold of the settings. Each row is turned by itself, straight towards the other side.',
  misleads: 'No drift of one mechanism turns each row in its own worst direction: it is a floor, not a forecast.',
};

export const worstCaseAuc: WhyEntry = {
  title: 'AUC after the worst turn',
  definition:
    'The AUC left when every row is turned by the mean angle of the drift on screen, straight away from its own class.',
  formula: ['arccos(ŵ·x) + θ for class 1 (at most π), − θ for class 0 (at least 0)', 'AUC of the cosines that result'],
  source: 'This lab. Every row gets its worst score at once, so no turns by θ or less give a lower AUC.',
  convention: 'Clean measured rows of unit length, a linear probe; ties count one half.',
  misleads: 'It reads the labels, which no update of an encoder does: it is a floor, not a forecast.',
};

export const randomTurn: WhyEntry = {
  title: 'After a random turn',
  definition:
    'AUC and accuracy when the rows are turned by isotropic noise whose mean angle is that of the drift on screen.',
  formula: ['y = x + σε, renormalised; σ such that the mean angle is θ'],
  source: 'This lab; docs/METHODS.md, “Certified angle”.',
  convention: 'One draw, exact in law: products of the noise with row and probe are drawn, not the noise itself.',
  misleads: 'It is not the draw of the slider’s noise, so it differs from the headline by the luck of a draw.',
};

export const secondAxis: WhyEntry = {
  title: 'Share of variance of the axes',
  definition:
    'How much of the spread of the training rows lies along an axis of the picture. What is left is not drawn.',
  formula: ['eᵀSe / tr S, S the covariance of the training rows'],
  source: 'Principal component by power iteration; docs/METHODS.md, “Where the rows go”.',
  convention:
    'The second axis is the direction of most variance among those orthogonal to the probe’s; tr S counts all directions, the probe’s too.',
  misleads: 'Two of hundreds of dimensions are drawn: rows that overlap here can lie far apart.',
};
