import { useEffect, useRef, useState } from 'react';
import { settingsKey } from '../../../../engine/keys.ts';
import type { Headline } from '../../../../engine/results.ts';
import { formatNumber, formatPercent } from '../../../../charts/format.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';
import { formatCosine } from '../../controls/coneScale.ts';
import { useSession, useSpec, useStatus } from '../../../session.tsx';
import { Why } from '../../../why/Why.tsx';
import { LESSON, standsAt, STEPS } from './steps.ts';
import './cliffWalk.css';

interface Measured {
  readonly now: Headline;
  readonly clean: Headline;
  readonly meanCosine: number | null;
}

/** From noise that does nothing to the paper's cliff, one setting at a time; each step is one step of undo. */
export default function CliffWalkPanel() {
  const session = useSession();
  const { spec } = session;
  const at = useSpec((state) => STEPS.findIndex((step) => standsAt(state.spec, step)));
  const [last, setLast] = useState<number | null>(null);
  const [ended, setEnded] = useState(false);
  const begun = useRef(false);
  // Undo and other controls can lead to another step: that is then the one to come back to.
  if (last !== null && at >= 0 && at !== last) {
    setLast(at);
    setEnded(false);
  }
  const [seen, setSeen] = useState<readonly (Measured | null)[]>(() => STEPS.map(() => null));
  const before = useRef<ExperimentSpec | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const context = useStatus((status) => status.context);

  useEffect(() => {
    const read = () => {
      // The opening settings happen to be those of the second step, which nobody has walked to yet.
      if (!begun.current) return;
      const { spec: asked } = spec.getState();
      const { shownKey, context: behind, phase } = session.status.getState();
      const [step, clean] = [session.step.get(), session.clean.get()];
      const place = STEPS.findIndex((candidate) => standsAt(asked, candidate));
      if (place < 0 || phase !== 'ready' || shownKey !== settingsKey(asked) || !step || !clean || !behind) return;
      if (step.sigma !== asked.drift.sigma) return;
      const measured = { now: step.headline, clean: clean.headline, meanCosine: behind.data.meanCosine };
      setSeen((old) =>
        old[place]?.now === measured.now ? old : old.map((value, k) => (k === place ? measured : value)),
      );
    };
    read();
    const stops = [session.step.subscribe(read), session.status.subscribe(read), spec.subscribe(read)];
    return () => stops.forEach((stop) => stop());
  }, [session, spec]);

  const go = (place: number) => {
    if (last === null) before.current = spec.getState().spec;
    begun.current = true;
    setLast(place);
    setEnded(false);
    spec.getState().commit(STEPS[place].patch);
    heading.current?.focus();
  };
  const close = () => {
    const { panels } = spec.getState().spec.view;
    spec.getState().show({ panels: panels.filter((id) => id !== 'cliffWalk') });
    document.querySelector<HTMLElement>('[data-panel="cliffWalk"] .panel-toggle')?.focus();
  };
  const leave = () => {
    const then = before.current;
    if (then) spec.getState().replace({ ...then, view: { ...then.view, panels: spec.getState().spec.view.panels } });
    close();
  };

  const end = () => {
    setEnded(true);
    heading.current?.focus();
  };

  // The walk begins when a person begins it.
  const place = last === null ? null : at >= 0 ? at : last;
  const step = place === null ? null : STEPS[place];
  const wandered = place !== null && at < 0;
  return (
    <div className="cliff-walk">
      <p className="cliff-walk-place" role="status">
        {place === null
          ? `${STEPS.length} steps on the tweets, with σ = .02 throughout.`
          : ended
            ? `All ${STEPS.length} steps walked`
            : `Step ${place + 1} of ${STEPS.length}`}
      </p>
      <h4 ref={heading} tabIndex={-1} className="cliff-walk-title">
        {ended ? 'What the walk has shown' : step ? step.title : 'From nothing to a collapse'}
      </h4>
      <p className="cliff-walk-text">
        {ended
          ? LESSON
          : step
            ? step.text
            : 'Each step sets the lab, changes one thing, and can be undone. It shows where the paper’s cliff comes from: the reading of σ, the cone of the rows, and the scaler of the probe.'}
      </p>
      {wandered && !ended && (
        <p role="status" className="cliff-walk-note">
          The settings have changed since this step.{' '}
          <button type="button" className="button" onClick={() => go(place)}>
            Set this step again
          </button>
        </p>
      )}
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={place === null || (place === 0 && !ended)}
          onClick={() => go(ended ? STEPS.length - 1 : (place ?? 1) - 1)}
        >
          Back
        </button>
        {ended ? (
          <button type="button" className="button button-primary" onClick={leave}>
            Finish
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button button-primary"
              onClick={() => (place === STEPS.length - 1 ? end() : go(place === null ? 0 : place + 1))}
            >
              {place === null ? 'Start the walk' : 'Next'}
            </button>
            <button type="button" className="button" onClick={close}>
              Close
            </button>
            {last !== null && (
              <button type="button" className="button" onClick={leave}>
                Close and restore my settings
              </button>
            )}
          </>
        )}
      </div>
      {ended && <p className="cliff-walk-note">Finish closes the walk and brings back your settings from before it.</p>}
      {place !== null && seen.some((value) => value !== null) && (
        <Seen seen={seen} place={at} rows={context?.splitRows.test ?? null} />
      )}
    </div>
  );
}

/** What was measured at the steps walked so far. */
function Seen({
  seen,
  place,
  rows,
}: {
  readonly seen: readonly (Measured | null)[];
  readonly place: number;
  readonly rows: number | null;
}) {
  return (
    <div className="cliff-walk-scroll" role="region" aria-label="Measured at the steps walked so far" tabIndex={0}>
      <table className="cliff-walk-table">
        <caption>
          Measured by this lab at the steps walked so far{rows === null ? '' : `, on ${rows} test rows`}; clean → with
          drift.
        </caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">
              Mean cosine <Why metric="meanCosine" of="mean cosine of a step" />
            </th>
            <th scope="col">Angle</th>
            <th scope="col">AUC</th>
            <th scope="col">Accuracy</th>
            <th scope="col">Mean confidence</th>
            <th scope="col">Silent-failure rate</th>
          </tr>
        </thead>
        <tbody>
          {STEPS.map((step, k) => {
            const value = seen[k];
            if (!value) return null;
            const { now, clean, meanCosine } = value;
            const cell = (
              metric: 'rocAuc' | 'accuracy' | 'meanConfidence' | 'silentFailureRate',
              text: (x: number | null) => string,
            ) => (
              <td>
                {text(clean[metric])} →{' '}
                <strong>
                  <output data-metric={`walk-${k + 1}-${metric}`} data-value={String(now[metric])}>
                    {text(now[metric])}
                  </output>
                </strong>
              </td>
            );
            return (
              <tr key={step.title} aria-current={k === place ? 'step' : undefined}>
                <th scope="row">
                  {k + 1}. {step.title}
                </th>
                <td>{formatCosine(meanCosine)}</td>
                <td>{formatNumber(now.meanAngleDegrees, 1)}°</td>
                {cell('rocAuc', (x) => formatNumber(x, 3))}
                {cell('accuracy', (x) => formatPercent(x))}
                {cell('meanConfidence', (x) => formatPercent(x))}
                {cell('silentFailureRate', (x) => formatPercent(x))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
