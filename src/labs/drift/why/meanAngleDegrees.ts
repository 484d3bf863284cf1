import type { WhyEntry } from '../../why/entry.ts';
import { labelled } from './labelled.ts';

export const meanAngleDegrees: WhyEntry = {
  title: 'Measured angle',
  definition: 'The angle between a row before and after drift, averaged over the measured rows.',
  formula: ['θ = atan2(‖x ∧ x′‖, x·x′)', 'mean over rows, in degrees'],
  source:
    'This lab; atan2 and not arccos, which loses every digit of a small angle (Kahan, Computing Cross-Products and Rotations, §13).',
  convention: 'Mean over rows. Lengths play no part, so renormalising does not move it.',
  misleads:
    'A turn that all rows share and turns of each row alone can have the same mean, and do quite different harm.',
  conventions: {
    metric: 'meanAngleDegrees',
    format: 'degrees',
    words: labelled({
      'angle-mean': 'Mean over rows',
      'angle-median': 'Median over rows',
      'angle-p95': '95 % quantile over rows',
      'angle-common': 'Common part: the angle between both centroids',
      'angle-individual': 'Individual part: what is left when the common turn is undone',
    }),
  },
};
