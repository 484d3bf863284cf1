import type { StepResult } from '../../engine/results.ts';
import { useDrawn, useSession } from '../session.tsx';
import { dashboardVerdict, NOTICE_POINTS, WARNING_POINTS } from './dashboard.ts';
import { usePinned } from './usePinned.ts';

/** What a dashboard that only sees mean confidence would report, next to what is true. */
export function DashboardSentence() {
  const session = useSession();
  const pinned = usePinned();
  const ref = useDrawn<StepResult, HTMLElement>(session.step, (section, now) => {
    const [dashboard, truth] = section.querySelectorAll<HTMLElement>('[data-part]');
    const clean = session.clean.get();
    const { shownSpec } = session.status.getState();
    const tau = (shownSpec ?? session.spec.getState().spec).metrics.highConfidence;
    const verdict = clean && dashboardVerdict(clean.headline, now.headline, tau);
    dashboard.textContent = verdict?.dashboard ?? 'There is nothing to report: confidence is undefined.';
    truth.textContent = verdict?.truth ?? 'There are no rows to measure.';
    section.dataset.silent = String(verdict?.silent ?? false);
    section.dataset.alarm = verdict?.alarm ?? 'none';
  });
  return (
    <section className="dashboard" ref={ref} aria-label="What a dashboard says, and what is true">
      <div className="dashboard-side">
        <h2>A dashboard of mean confidence says</h2>
        <p data-part="dashboard" data-testid="dashboard-says" />
        <p className="dashboard-rule">
          Its rule looks at falls of mean confidence only: a look from {NOTICE_POINTS} points, an alarm from{' '}
          {WARNING_POINTS}.{pinned && ' Both sentences compare with no drift, not with A.'}
        </p>
      </div>
      <div className="dashboard-side dashboard-truth">
        <h2>What is true</h2>
        <p data-part="truth" data-testid="truth" />
      </div>
    </section>
  );
}
