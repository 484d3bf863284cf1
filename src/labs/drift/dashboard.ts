import type { Headline } from '../../engine/results.ts';

/** What a dashboard of mean confidence says, and what is true; both in plain sentences. */
export interface DashboardVerdict {
  /** How the dashboard would colour the state: by mean confidence alone. */
  readonly alarm: 'none' | 'notice' | 'warning';
  readonly dashboard: string;
  readonly truth: string;
  /** Whether the truth is worse than the dashboard lets on. */
  readonly silent: boolean;
}

/** Fall of mean confidence, in points, from which a dashboard would call for a look, and for an alarm. */
export const NOTICE_POINTS = 5;
export const WARNING_POINTS = 10;
/** Fall of accuracy, in points, from which a probe is called broken here. */
export const BROKEN_POINTS = 5;

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

function moved(from: number, to: number): string {
  if (percent(from) === percent(to)) return `unchanged at ${percent(to)}`;
  return `${to > from ? 'up' : 'down'} from ${percent(from)} to ${percent(to)}`;
}

export function dashboardVerdict(clean: Headline, now: Headline, tau: number): DashboardVerdict | null {
  if (now.meanConfidence === null || clean.meanConfidence === null) return null;
  if (now.accuracy === null || clean.accuracy === null) return null;
  const fall = (clean.meanConfidence - now.meanConfidence) * 100;
  const alarm = fall >= WARNING_POINTS ? 'warning' : fall >= NOTICE_POINTS ? 'notice' : 'none';
  const says = { none: 'No alarm.', notice: 'Worth a look.', warning: 'Alarm.' }[alarm];
  const broken = (clean.accuracy - now.accuracy) * 100 >= BROKEN_POINTS;
  const errors =
    now.errors === 0
      ? 'There are no errors.'
      : `${now.highConfidenceErrors.toLocaleString('en-US')} of ${now.errors.toLocaleString('en-US')} errors were made with confidence above ${tau}.`;
  return {
    alarm,
    dashboard: `Mean confidence is ${moved(clean.meanConfidence, now.meanConfidence)}. ${says}`,
    truth: `Accuracy is ${moved(clean.accuracy, now.accuracy)}. ${errors}`,
    silent: broken && alarm === 'none',
  };
}
