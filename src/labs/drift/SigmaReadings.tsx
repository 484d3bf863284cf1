import { expectedNoiseAngle } from '../../core/drift/equivalentSigma.ts';
import type { StepResult } from '../../engine/results.ts';
import { useDrawn, useSession, useSpec, useStatus } from '../session.tsx';
import { formatHeadline } from './headlines.ts';
import { KINDS } from './words.ts';

/**
 * Both readings of σ and what was measured. A push of total length σ at a right angle turns a row by arctan σ; one of σ
 * per coordinate has length σ·√D.
 */
export function SigmaReadings({ className }: { readonly className: string }) {
  const { step } = useSession();
  const drift = useSpec((state) => state.spec.drift);
  const dims = useStatus((status) => status.context?.data.dims ?? null);
  const ref = useDrawn<StepResult, HTMLParagraphElement>(step, (line, now) => {
    const [expected, measured] = line.querySelectorAll<HTMLElement>('[data-part]');
    const perCoordinate = dims === null ? null : expectedNoiseAngle(now.sigma, 'per-coordinate', dims);
    const total = expectedNoiseAngle(now.sigma, 'total-norm', dims ?? 1);
    const say = (angle: number | null) => formatHeadline(angle, 'degrees');
    expected.textContent =
      drift.kind === 'gaussian'
        ? `Read per coordinate, σ turns a row by about ${say(perCoordinate)}; read as total length, by about ${say(total)}. In use: ${drift.units === 'per-coordinate' ? 'per coordinate' : 'total length'}.`
        : drift.kind === 'model'
          ? 'The slider goes from the old encoder’s rows (0) to the new encoder’s rows (1).'
          : `σ is the ${KINDS[drift.kind].sigma}.`;
    measured.textContent = `Measured: ${say(now.headline.meanAngleDegrees)} on average.`;
  });
  return (
    <p className={`sigma-readings ${className}`} ref={ref}>
      <span data-part="expected" /> <strong data-part="measured" />
    </p>
  );
}
