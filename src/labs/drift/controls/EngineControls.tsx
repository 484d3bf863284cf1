import type { VerifyReport } from '../../../engine/api.ts';
import { SelectField } from '../../fields/SelectField.tsx';
import type { StepResult } from '../../../engine/results.ts';
import { useDrawn, useSession, useSpec, useStatus } from '../../session.tsx';

const tiny = (value: number) => (value === 0 ? '0' : value.toExponential(1));
const milliseconds = (ms: number) => {
  if (ms < 0.1) return 'under 0.1 ms';
  return ms < 10 ? `${ms.toFixed(2)} ms` : `${Math.round(ms).toLocaleString('en-US')} ms`;
};

export function EngineControls() {
  const session = useSession();
  const wanted = useStatus((status) => status.wantedBackend);
  const backend = useStatus((status) => status.backend);
  const fallback = useStatus((status) => status.fallback);
  const parity = useStatus((status) => status.parity);
  const checking = useStatus((status) => status.checking);
  const verification = useStatus((status) => status.verification);
  const firstPicture = useStatus((status) => status.firstPicture);
  const phase = useStatus((status) => status.phase);
  const idle = phase === 'ready' || phase === 'failed';
  return (
    <>
      <SelectField
        label="Compute with"
        hint="The processor computes in float64 and is the reference. The graphics card computes the heavy passes in float32 through WebGPU."
        value={wanted}
        disabled={!idle}
        options={[
          { value: 'cpu', label: 'Processor (cpu, float64)' },
          { value: 'webgpu', label: 'Graphics card (webgpu, float32)' },
        ]}
        onCommit={(name) => void session.useBackend(name)}
      />
      {fallback && (
        <div className="notice" role="alert">
          <p>
            {fallback.from} is not in use: {fallback.reason} The lab goes on with {backend?.name ?? 'cpu'}; nothing is
            lost.
          </p>
          <button
            type="button"
            className="button"
            disabled={!idle}
            onClick={() => void session.useBackend(fallback.from)}
          >
            Try {fallback.from} again
          </button>
        </div>
      )}
      <dl className="facts">
        <div>
          <dt>In use</dt>
          <dd data-metric="backend" data-value={backend?.name ?? ''}>
            {backend ? `${backend.name}${backend.adapter ? ` (${backend.adapter})` : ''}` : 'starting…'}
          </dd>
        </div>
        {firstPicture && (
          <div>
            <dt>First picture</dt>
            <dd data-testid="first-picture" data-agrees={firstPicture.agrees}>
              {firstPicture.agrees
                ? 'recomputed here, the same numbers'
                : `recomputed here: numbers differ by up to ${tiny(firstPicture.largestDifference)}`}
            </dd>
          </div>
        )}
        <NearBoundary />
        <div>
          <dt>Self-check</dt>
          <dd aria-live="polite">
            {parity ? (
              <span data-metric="parityDifference" data-value={parity.fastDifference}>
                {parity.agrees ? 'agrees' : 'does not agree'} with the plain float64 reference: logits differ by at most{' '}
                {tiny(Math.max(parity.fastDifference, parity.literalDifference))} on {parity.rows} × {parity.dims} rows
                {parity.network && (
                  <>
                    ; those of a network of {parity.network.hidden} units by at most{' '}
                    <span
                      data-metric="networkParityDifference"
                      data-value={Math.max(parity.network.fastDifference, parity.network.literalDifference)}
                    >
                      {tiny(Math.max(parity.network.fastDifference, parity.network.literalDifference))}
                    </span>{' '}
                    on {parity.network.rows} × {parity.network.dims}
                  </>
                )}
              </span>
            ) : checking ? (
              'running…'
            ) : (
              'not run'
            )}
          </dd>
        </div>
      </dl>
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={!idle || checking}
          onClick={() => void session.checkParity()}
        >
          Check again
        </button>
        <button
          type="button"
          className="button"
          disabled={!idle || verification?.state === 'running'}
          onClick={() => void session.verify()}
        >
          Verify this state
        </button>
      </div>
      <p className="field-hint">
        Verify drifts every test row in all its dimensions and compares with the fast path that the slider uses.
      </p>
      <div aria-live="polite">
        {verification?.state === 'running' && (
          <p className="field-hint">
            Drifting every row…{' '}
            <button type="button" className="button" onClick={() => session.cancelVerify()}>
              Cancel
            </button>
          </p>
        )}
        {verification?.state === 'done' && <Verification report={verification.report} />}
      </div>
    </>
  );
}

/** How many rows another device could count otherwise. */
function NearBoundary() {
  const { step } = useSession();
  const ref = useDrawn<StepResult, HTMLElement>(step, (cell, now) => {
    cell.textContent =
      now.nearBoundary === 0
        ? 'no row is close enough to a threshold or bin edge to be counted otherwise elsewhere'
        : `${now.nearBoundary} of ${now.headline.n} rows lie so close to a threshold or bin edge that another device may count them otherwise`;
    cell.dataset.value = String(now.nearBoundary);
  });
  return (
    <div>
      <dt>On the edge</dt>
      <dd ref={ref} data-metric="nearBoundary" />
    </div>
  );
}

function Verification({ report }: { readonly report: VerifyReport }) {
  const update = useSpec((state) => state.spec.drift.kind === 'model');
  return (
    <p className={report.agrees ? 'verdict verdict-good' : 'verdict verdict-bad'} data-testid="verification">
      {report.agrees ? 'Same scores.' : 'The scores differ.'} At {update ? 'share' : 'σ'} {report.amount}, over{' '}
      {report.rows.toLocaleString('en-US')} rows on {report.backend.name}, logits differ by at most{' '}
      <span data-metric="verifyDifference" data-value={report.largestDifference}>
        {tiny(report.largestDifference)}
      </span>{' '}
      (allowed:{' '}
      <span data-metric="verifyTolerance" data-value={report.tolerance}>
        {tiny(report.tolerance)}
      </span>
      ), {report.answersThatDiffer} answers differ. Literal {milliseconds(report.literalMs)}, fast path{' '}
      {milliseconds(report.fastMs)}.
    </p>
  );
}
