import { useEffect } from 'react';
import type { Estimate } from '../../core/metrics/types.ts';
import type { StepResult } from '../../engine/results.ts';
import { useDrawn, useSession } from '../session.tsx';
import { Why } from '../why/Why.tsx';
import { formatChange, formatHeadline, HEADLINES, type HeadlineMetric } from './headlines.ts';
import { usePinned } from './usePinned.ts';
import { drawsNumbers } from './words.ts';

/** The numbers that always appear together: ranking, operating point, confidence, calibration, size of the drift. */
export function Headlines() {
  const { step } = useSession();
  const ref = useDrawn<StepResult, HTMLDListElement>(step, (list, now) => {
    list.dataset.sigma = String(now.sigma);
  });
  return (
    <dl className="headlines" aria-label="Headline numbers" ref={ref}>
      {HEADLINES.map((metric) => (
        <Tile key={metric.name} metric={metric} />
      ))}
    </dl>
  );
}

function Tile({ metric }: { readonly metric: HeadlineMetric }) {
  const { step, clean, aucChange, status, spec } = useSession();
  const pinned = usePinned();
  const ref = useDrawn<StepResult, HTMLDivElement>(step, (tile, now) => {
    const [value, change, range] = tile.querySelectorAll<HTMLElement>('[data-part]');
    const number = metric.read(now);
    value.textContent = formatHeadline(number, metric.format);
    value.dataset.value = number === null ? '' : String(number);
    const interval = metric.interval?.(now);
    range.textContent =
      interval && interval.low !== null && interval.high !== null
        ? `95% over rows${drawsNumbers((status.getState().shownSpec ?? spec.getState().spec).drift) ? ', for this draw of noise' : ''}: ${formatHeadline(interval.low, metric.format)} to ${formatHeadline(interval.high, metric.format)}`
        : '';
    delete change.dataset.value;
    change.title = '';
    const before = pinned?.step ?? clean.get();
    const was = before ? metric.read(before) : null;
    change.textContent = metric.name === 'meanAngleDegrees' ? spread(now) : formatChange(number, was, metric.format);
    const half =
      interval && interval.low !== null && interval.high !== null ? (interval.high - interval.low) / 2 : 0.02;
    const worse = number !== null && was !== null && (number - was) * metric.better < -half;
    change.classList.toggle('headline-worse', worse);
    if (pinned) showAgainstA(change, number, metric.read(pinned.step), metric);
    else if (metric.name === 'rocAuc') showPairedChange(change, now, aucChange.get());
  });
  useEffect(() => {
    if (metric.name !== 'rocAuc' || pinned) return;
    return aucChange.subscribe((paired) => {
      const line = ref.current?.querySelector<HTMLElement>('[data-part="change"]');
      const now = step.get();
      if (line && now) showPairedChange(line, now, paired);
    });
  }, [metric, ref, step, aucChange, pinned]);
  return (
    <div className="headline" ref={ref}>
      <dt>{metric.label}</dt>
      <dd>
        <span className="headline-value" data-part="value" data-metric={metric.name} />
        <span className="headline-change" data-part="change" />
        <span className="headline-range" data-part="range" />
        <span className="headline-meaning">{metric.meaning}</span>
        <Why metric={metric.name} of={metric.label} />
      </dd>
    </div>
  );
}

/** Both AUCs are of the same rows, so the interval of their difference is narrower than either interval suggests. */
function showPairedChange(
  line: HTMLElement,
  now: StepResult,
  paired: { readonly generation: number; readonly change: Estimate } | null,
): void {
  if (!paired || paired.generation !== now.generation) return;
  const { value, low, high } = paired.change;
  if (value === null || low === null || high === null) return;
  line.textContent = `${formatChange(value, 0, 'decimal')} ± ${((high - low) / 2).toFixed(3)}`;
  line.title = 'Change against no drift on the same rows, with its paired 95 % interval (DeLong)';
  line.dataset.value = String(value);
}

/** While a state is pinned: its value, and by how much the present one differs. */
function showAgainstA(line: HTMLElement, b: number | null, a: number | null, { format }: HeadlineMetric): void {
  const change = formatChange(b, a, format);
  line.textContent = `A: ${formatHeadline(a, format)}${change && ` · B − A: ${change}`}`;
  line.title = 'B is what is on screen. Intervals of the difference: panel “A against B”';
  line.dataset.value = a === null || b === null ? '' : String(b - a);
}

function spread(now: StepResult): string {
  if (!now.angleQuantiles) return '';
  const [low, , high] = now.angleQuantiles;
  return low === high ? 'every row' : `5–95%: ${formatHeadline(low, 'degrees')} to ${formatHeadline(high, 'degrees')}`;
}
