import type { DetectorDefinition } from './detector.ts';

/** A dummy: never alarms. Its false-alarm rate is 0, and so is its detection rate. */
export const neverFires: DetectorDefinition<Record<string, never>> = {
  id: 'never-fires',
  reads: 'scores',
  defaults: {},
  alarms: 'at-least',
  guarantee: () => ({
    kind: 'ever',
    value: 0,
    horizon: null,
    assumptions: ['None: it does not look at the stream.'],
    source: 'By construction',
  }),
  cost: 'O(1)',
  init: () => ({ threshold: 1, update: () => ({ statistic: 0, alarm: false }) }),
};
