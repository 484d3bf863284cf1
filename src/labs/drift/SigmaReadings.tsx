import { useId } from 'react';
import { expectedNoiseAngle } from '../../core/drift/equivalentSigma.ts';
import type { StepResult } from '../../engine/results.ts';
import type { NoiseUnits } from '../../spec/types.ts';
import { useDrawn, useSession, useSpec, useStatus } from '../session.tsx';
import { formatHeadline } from './headlines.ts';
import { KINDS } from './words.ts';

/** What σ means for the kind of drift; for noise a choice between its two readings. */
export function SigmaReadings({ className }: { readonly className: string }) {
  const kind = useSpec((state) => state.spec.drift.kind);
  return kind === 'gaussian' ? <Readings className={className} /> : <Meaning className={className} />;
}

const READINGS: readonly (readonly [NoiseUnits, string])[] = [
  ['per-coordinate', 'per coordinate'],
  ['total-norm', 'as total length'],
];

/**
 * Both readings of σ, each with how far it turns a row: a push of total length σ at a right angle by arctan σ; one of σ per
 * coordinate has length σ·√D.
 */
function Readings({ className }: { readonly className: string }) {
  const { step, spec } = useSession();
  const chosen = useSpec((state) => state.spec.drift.units);
  const dims = useStatus((status) => status.context?.data.dims ?? null);
  const name = useId();
  const ref = useDrawn<StepResult, HTMLFieldSetElement>(step, (set, { sigma }) => {
    set.querySelectorAll<HTMLElement>('[data-part]').forEach((part, k) => {
      const units = READINGS[k][0];
      const angle = dims === null && units === 'per-coordinate' ? null : expectedNoiseAngle(sigma, units, dims ?? 1);
      part.textContent = formatHeadline(angle, 'degrees');
    });
  });
  return (
    <fieldset className={`sigma-readings sigma-choice ${className}`} ref={ref}>
      <legend>σ read</legend>
      {READINGS.map(([units, label]) => (
        <label key={units} title="Angle by which σ turns a row, about">
          <input
            type="radio"
            name={name}
            checked={chosen === units}
            onChange={() => spec.getState().commit({ drift: { units } })}
          />{' '}
          {label}: <span data-part />
        </label>
      ))}
    </fieldset>
  );
}

function Meaning({ className }: { readonly className: string }) {
  const { step } = useSession();
  const kind = useSpec((state) => state.spec.drift.kind);
  const ref = useDrawn<StepResult, HTMLParagraphElement>(step, (line, { headline }) => {
    const [measured] = line.querySelectorAll<HTMLElement>('[data-part]');
    measured.textContent = `Measured: ${formatHeadline(headline.meanAngleDegrees, 'degrees')} on average.`;
  });
  return (
    <p className={`sigma-readings ${className}`} ref={ref}>
      {kind === 'model'
        ? 'The slider goes from the old encoder’s rows (0) to the new encoder’s rows (1).'
        : `σ is the ${KINDS[kind].sigma}.`}{' '}
      <strong data-part="measured" />
    </p>
  );
}
