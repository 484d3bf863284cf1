import type { WhyEntry } from '../../why/entry.ts';

export const commonAngleDegrees: WhyEntry = {
  title: 'Common angle',
  definition:
    'The part of the turn that all rows share: the angle between the centroids of the unit rows before and after drift.',
  formula: ['angle(Σ u_i, Σ u′_i)'],
  source: 'This lab; docs/METHODS.md, “Angles”.',
  convention: 'Centroids of unit rows, so that long rows do not weigh more.',
  misleads: 'Common and individual part do not add up to the mean angle: they are angles of different pairs.',
};

export const individualAngleDegrees: WhyEntry = {
  title: 'Individual angle',
  definition: 'The mean angle that is left when the turn that all rows share has been undone.',
  formula: ['mean of angle(u_i, R u′_i), R the turn of one centroid back to the other'],
  source: 'This lab; docs/METHODS.md, “Angles”.',
  convention: 'R turns within the plane of both centroids and leaves everything across it alone.',
  misleads: 'A common turn about another axis than the centroids’ plane counts as individual.',
};

export const medianCertifiedAngle: WhyEntry = {
  title: 'Median certified angle',
  definition: 'How far half of the right rows can be turned, in any direction, before their answer can flip.',
  formula: [
    'θ = |arccos((t − b)/‖w‖) − arccos(w·x/‖w‖)|, t the logit of the threshold',
    'median over right rows of unit length',
  ],
  source: 'Exact for a linear probe on the sphere; compare randomised smoothing, Cohen, Rosenfeld and Kolter 2019.',
  convention: 'Clean unit rows that are answered rightly.',
  misleads: 'It is a bound for the worst direction; random drift of the same angle seldom goes that way.',
};

export const worstCaseAccuracy: WhyEntry = {
  title: 'Worst-case accuracy',
  definition: 'The accuracy left when every row may be turned by the given angle in the direction that harms it most.',
  formula: ['share of rows that are right and whose certified angle exceeds the angle'],
  source: 'The same certificate as the certified angle.',
  convention: 'Each row is turned by itself towards the decision circle.',
  misleads: 'No drift of one mechanism turns each row in its own worst direction; it is a floor, not a forecast.',
};
