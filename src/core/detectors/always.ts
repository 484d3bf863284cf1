import type { DetectorDefinition } from './detector.ts';

/** A dummy: alarms at every step. Whatever cannot beat its delay, or does so by alarming as often, has learnt nothing. */
export const alwaysFires: DetectorDefinition<Record<string, never>> = {
  id: 'always-fires',
  reads: 'scores',
  defaults: {},
  alarms: 'at-least',
  guarantee: () => ({
    kind: 'none',
    value: null,
    horizon: null,
    assumptions: ['It alarms at the first step, shift or none.'],
    source: 'By construction',
  }),
  cost: 'O(1)',
  init: () => ({ threshold: 1, update: () => ({ statistic: 1, alarm: true }) }),
};
