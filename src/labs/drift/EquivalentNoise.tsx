import { sigmaForExpectedAngle } from '../../core/drift/equivalentSigma.ts';
import { formatNumber } from '../../charts/format.ts';
import { exact, formatSigma, SIGMA_MAX } from '../../charts/index.ts';
import { seededKey } from '../../engine/keys.ts';
import { useSettled } from '../../charts/settled.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { useAnalysis } from '../useAnalysis.ts';
import { Why } from '../why/Why.tsx';

const OPTIONS = {};
/** Up to so many values of test rows the noise is drawn and σ found by its measured angle; above it σ is the expected one. */
const CHEAP = 2e6;

/** The Gaussian noise that turns the rows as far as a real update does, and a way to try it. */
export default function EquivalentNoise() {
  const context = useStatus((status) => status.context);
  if (!context) return null;
  return context.splitRows.test * context.data.dims <= CHEAP ? (
    <Measured dims={context.data.dims} />
  ) : (
    <Expected dims={context.data.dims} />
  );
}

/** Why no noise turns the rows as far. */
const unreachable = (limit: number | null, reason: string | null): string =>
  limit === null
    ? (reason ?? 'No Gaussian noise turns rows this far.')
    : `No Gaussian noise turns rows this far: its limit is ${formatNumber(limit, 1)}°.`;

function Measured({ dims }: { readonly dims: number }) {
  const { phase, result } = useAnalysis('equivalentNoise', OPTIONS, { when: 'rest', keyOf: seededKey });
  if (phase !== 'done' || !result) return <Expected dims={dims} />;
  if (result.sigma === null)
    return <Words dims={dims} sigma={null} how={unreachable(result.limitDegrees, result.reason)} />;
  return <Words dims={dims} sigma={result.sigma} how={`by measured angle, noise seed ${result.seed}`} />;
}

function Expected({ dims }: { readonly dims: number }) {
  const { step } = useSession();
  const degrees = useSettled(step)?.headline.meanAngleDegrees ?? null;
  const sigma = degrees === null ? null : sigmaForExpectedAngle(degrees, 'per-coordinate', dims);
  return <Words dims={dims} sigma={sigma} how={sigma === null ? unreachable(90, null) : 'by expected angle'} />;
}

function Words({ dims, sigma, how }: { readonly dims: number; readonly sigma: number | null; readonly how: string }) {
  const { spec } = useSession();
  const renormalize = useSpec((state) => state.spec.drift.renormalize);
  if (sigma === null) {
    return (
      <p className="sigma-readings" data-metric="equivalentSigma" data-value="null">
        {how} <Why metric="equivalentSigma" of="equivalent σ" />
      </p>
    );
  }
  const total = sigma * Math.sqrt(dims);
  const beyond = sigma > SIGMA_MAX;
  const tryIt = () =>
    spec
      .getState()
      .commit({ drift: { kind: 'gaussian', units: 'per-coordinate', sigma: Number(sigma.toPrecision(6)) } });
  return (
    <p className="sigma-readings">
      Gaussian noise turns the rows as far at σ ={' '}
      <output data-metric="equivalentSigma" data-value={exact(sigma)}>
        {formatSigma(sigma)}
      </output>{' '}
      per coordinate, or{' '}
      <output data-metric="equivalentSigmaTotal" data-value={exact(total)}>
        {formatSigma(total)}
      </output>{' '}
      of total length ({how}). <Why metric="equivalentSigma" of="equivalent σ" />{' '}
      <button type="button" className="button" disabled={beyond || sigma === 0} onClick={tryIt}>
        Try that noise instead
      </button>{' '}
      {beyond
        ? `The slider ends at σ = ${SIGMA_MAX}.`
        : renormalize
          ? ''
          : 'The angle does not depend on renormalising.'}
    </p>
  );
}
