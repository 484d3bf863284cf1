import { useEffect, useMemo, useState } from 'react';
import type { CliffLayer } from '../../../charts/cliffLayer.ts';
import {
  bandAt,
  deepestBelow,
  insideBand,
  largestResidual,
  theoryAucAt,
  type CliffLayerData,
} from '../../../charts/cliffLayerData.ts';
import { createCliffLayer } from '../../../charts/cliffLayers.ts';
import { paperMeasured, PUBLISHED_AUC, PUBLISHED_PLATEAU } from '../../../charts/cliffPublished.ts';
import { formatNumber, formatSigma } from '../../../charts/format.ts';
import { useSettled } from '../../../charts/settled.ts';
import type { BandReport } from '../../../engine/analyses/band.ts';
import { THEORY_METRICS, type OverlayReport } from '../../../engine/analyses/overlay.ts';
import { settingsKey } from '../../../engine/keys.ts';
import type { StepResult } from '../../../engine/results.ts';
import { sweepAmounts } from '../../../state/sweepAmounts.ts';
import { AnalysisStatus } from '../../AnalysisStatus.tsx';
import { useDrawn, useSession, useSpec, useStatus } from '../../session.tsx';
import { useAnalysis } from '../../useAnalysis.ts';
import { Why } from '../../why/Why.tsx';
import type { WhyMetric } from '../why/index.ts';
import type { LayerId } from './Cliff.tsx';

const DRAWS = [20, 200, 1000] as const;
const NAME = {
  rocAuc: 'AUC',
  accuracy: 'Accuracy',
  meanConfidence: 'Mean confidence',
  ece: 'ECE',
  silentFailureRate: 'Silent-failure rate',
};

interface CliffLayersProps {
  readonly on: ReadonlySet<LayerId>;
  readonly draws: number;
  readonly onDraws: (draws: number) => void;
  readonly onLayer: (layer: CliffLayer | null) => void;
}

/** Computes what is switched on, hands it to the chart as a layer, and says its numbers. */
export default function CliffLayers({ on, draws, onDraws, onLayer }: CliffLayersProps) {
  const shown = useStatus((status) => status.shownSpec);
  const isModel = useSpec((state) => state.spec.drift.kind === 'model');
  const { spec } = useSession();
  const [band, setBand] = useState<BandReport | null>(null);
  const [overlay, setOverlay] = useState<OverlayReport | null>(null);
  const amounts = useMemo(() => {
    const { spec: now } = spec.getState();
    const kind = isModel ? ('model' as const) : ('gaussian' as const);
    return [...sweepAmounts({ ...now, drift: { ...now.drift, kind } })];
  }, [spec, isModel]);
  const measured = shown !== null && paperMeasured(shown.drift.kind, shown.drift.direction);
  const data = useMemo<CliffLayerData>(
    () => ({
      band: on.has('band') ? band : null,
      overlay: on.has('theory') || on.has('reach') ? overlay : null,
      theory: on.has('theory'),
      reach: on.has('reach'),
      published: on.has('published') && measured,
    }),
    [on, band, overlay, measured],
  );
  useEffect(() => onLayer(createCliffLayer(data)), [data, onLayer]);
  useEffect(() => () => onLayer(null), [onLayer]);
  return (
    <section className="cliff-notes" aria-label="Over the cliff">
      <Numbers data={data} />
      {on.has('band') && (
        <>
          <DrawsChoice draws={draws} onDraws={onDraws} />
          <BandRun amounts={amounts} draws={draws} onResult={setBand} />
          <BandWords band={data.band} data={data} />
        </>
      )}
      {(on.has('theory') || on.has('reach')) && (
        <>
          <OverlayRun amounts={amounts} onResult={setOverlay} />
          {data.overlay !== null && <TheoryWords overlay={data.overlay} theory={data.theory} reach={data.reach} />}
        </>
      )}
      {on.has('published') && <Published measured={measured} />}
    </section>
  );
}

function DrawsChoice({ draws, onDraws }: { readonly draws: number; readonly onDraws: (draws: number) => void }) {
  return (
    <fieldset className="cliff-draws">
      <legend>Draws of the band</legend>
      {DRAWS.map((count) => (
        <button
          key={count}
          type="button"
          className="chart-button"
          aria-pressed={draws === count}
          onClick={() => onDraws(count)}
        >
          {count} draws
        </button>
      ))}
    </fieldset>
  );
}

/** A result, as long as it belongs to the settings whose cliff is shown. */
function useMatching<R>(result: R | null, resultKey: string | null, onResult: (result: R | null) => void): void {
  const shownKey = useStatus((status) => status.shownKey);
  const matching = resultKey === shownKey ? result : null;
  useEffect(() => onResult(matching), [matching, onResult]);
  useEffect(() => () => onResult(null), [onResult]);
}

interface BandRunProps {
  readonly amounts: readonly number[];
  readonly draws: number;
  readonly onResult: (band: BandReport | null) => void;
}

function BandRun({ amounts, draws, onResult }: BandRunProps) {
  const options = useMemo(() => ({ amounts, draws }), [amounts, draws]);
  const analysis = useAnalysis('band', options, { when: 'rest', keyOf: settingsKey });
  const { result, resultSpec } = analysis;
  useMatching(result, resultSpec && settingsKey(resultSpec), onResult);
  return <AnalysisStatus analysis={analysis} start="Draw the band" showsOld={false} />;
}

interface OverlayRunProps {
  readonly amounts: readonly number[];
  readonly onResult: (overlay: OverlayReport | null) => void;
}

function OverlayRun({ amounts, onResult }: OverlayRunProps) {
  const options = useMemo(() => ({ amounts }), [amounts]);
  const analysis = useAnalysis('overlay', options, { when: 'rest', keyOf: settingsKey });
  const { result, resultSpec } = analysis;
  useMatching(result, resultSpec && settingsKey(resultSpec), onResult);
  return <AnalysisStatus analysis={analysis} start="Work out the theory" showsOld={false} />;
}

/** How unusual the draw of the seed is, in a sentence. */
function ThisDraw({ data }: { readonly data: CliffLayerData }) {
  const { step, sweep } = useSession();
  const now = useSettled(step);
  const curve = useSettled(sweep);
  if (now === null || curve === null) return null;
  const found = insideBand(data, { now: curve, beside: now });
  const band = bandAt(data, 'rocAuc', now.sigma);
  const auc = now.headline.rocAuc;
  if (found === null || band === null || auc === null || now.sigma === 0) return null;
  const place =
    auc < band[0]
      ? 'lower than in 95 % of the draws'
      : auc > band[1]
        ? 'higher than in 95 % of the draws'
        : 'among the middle 90 % of the draws';
  return (
    <p data-metric="drawPlace" data-value={auc < band[0] ? 'below' : auc > band[1] ? 'above' : 'inside'}>
      This draw: at σ = {formatSigma(now.sigma)} its AUC is {place}; over the curve it is inside at {found.inside} of{' '}
      {found.of} points, where nine in ten are expected on average. The 95 % intervals of the cards are over rows and
      leave this spread between draws out.
    </p>
  );
}

function BandWords({ band, data }: { readonly band: BandReport | null; readonly data: CliffLayerData }) {
  if (band === null) return null;
  if (band.method === null) return <p data-metric="bandMethod">No band. {band.reason}</p>;
  return (
    <>
      <ThisDraw data={data} />
      <p data-metric="bandMethod" data-value={band.method}>
        {band.method === 'exact in law' ? (
          <>
            Band: 5 % to 95 % over {band.draws} draws of the noise, <strong>exact in law</strong>: its products with the
            rows and the probe are drawn directly, not the noise itself. The solid lines are the real draw of the seed:
            one draw serves all amounts, so that its points lie inside or outside together.
          </>
        ) : (
          <>
            Band: 5 % to 95 % over {band.draws} <strong>real draws</strong>: the drift made anew with each of the next{' '}
            {band.draws} seeds
            {band.draws < band.asked ? ` (${band.draws} of the ${band.asked} asked for: each is a whole pass)` : ''}.
          </>
        )}
      </p>
    </>
  );
}

interface TheoryWordsProps {
  readonly overlay: OverlayReport;
  readonly theory: boolean;
  readonly reach: boolean;
}

function TheoryWords({ overlay, theory, reach }: TheoryWordsProps) {
  const { theory: formula, expected, floor } = overlay;
  return (
    <>
      {theory &&
        (formula.model === null ? (
          <p role="note">No theory. {formula.reason}</p>
        ) : (
          <>
            <p>
              Thick lines: measured. Thin dashed lines: the Gaussian formula, from the clean scores of the measured rows
              alone (two normal classes of logits, shifted, spread and shrunk by the drift). ECE is for infinitely many
              bins.
              {expected.values === null
                ? ` No dotted curve: ${expected.reason}`
                : ' Dotted: expected AUC for scores of any shape; with renormalisation an approximation for rows nearly orthogonal to the probe’s direction (seen off by up to .2 where they lie along it).'}
            </p>
            {THEORY_METRICS.flatMap((metric) => {
              const why = formula.missing[metric];
              return why === undefined ? [] : [<p key={metric}>{`${NAME[metric]}: no theory. ${why}`}</p>];
            })}
            {formula.ends !== null && (
              <p>{`The formula ends at ${formatSigma(formula.ends.amount)}. ${formula.ends.reason}`}</p>
            )}
          </>
        ))}
      {reach && (
        <p>
          {floor.values === null
            ? `No bound. ${floor.reason}`
            : 'Hatched: AUC that no isotropic noise on a linear probe can be expected to show, given the measured AUC at half the amount (one octave less noise). One draw scatters around what is expected.'}
        </p>
      )}
    </>
  );
}

function Published({ measured }: { readonly measured: boolean }) {
  if (!measured) return <p>No published points: the paper did not measure this kind of drift.</p>;
  const { from, to, low, high } = PUBLISHED_PLATEAU;
  return (
    <p>
      Hollow marks are <em>published</em> (arXiv 2603.01297), on other data and not recomputed:{' '}
      {PUBLISHED_AUC.map(({ source }) => source).join('; ')}; AUC {low.toFixed(2)} to {high.toFixed(2)} from σ = {from}{' '}
      up to {to.toFixed(2)} (frame).
    </p>
  );
}

interface Item {
  readonly metric: string;
  readonly why: WhyMetric;
  readonly label: string;
  readonly value: number | null;
  readonly note?: string;
  /** Said instead of the value. */
  readonly text?: string | undefined;
  readonly sign?: boolean;
}

function itemsOf(data: CliffLayerData, step: StepResult, sweep: Parameters<typeof insideBand>[1]): Item[] {
  const items: Item[] = [];
  const { sigma, headline } = step;
  if (data.band?.band != null) {
    const found = bandAt(data, 'rocAuc', sigma);
    items.push({ metric: 'bandLow', why: 'band', label: 'AUC, 5 % of draws', value: found?.[0] ?? null });
    items.push({ metric: 'bandHigh', why: 'band', label: 'AUC, 95 % of draws', value: found?.[1] ?? null });
    const inside = insideBand(data, sweep);
    items.push({
      metric: 'bandCoverage',
      why: 'bandCoverage',
      label: 'Measured AUC inside',
      value: inside === null ? null : inside.inside / inside.of,
      text: inside === null ? undefined : `${inside.inside} of ${inside.of} points`,
    });
  }
  if (data.theory && data.overlay?.theory.model != null) {
    const theory = theoryAucAt(data, sigma);
    items.push({ metric: 'theoryRocAuc', why: 'theoryRocAuc', label: 'AUC by the formula', value: theory });
    const residual = theory === null || headline.rocAuc === null ? null : headline.rocAuc - theory;
    items.push({
      metric: 'residualRocAuc',
      why: 'residualRocAuc',
      label: 'Measured − formula',
      value: residual,
      sign: true,
    });
    const largest = largestResidual(data);
    items.push({
      metric: 'largestResidual',
      why: 'residualRocAuc',
      label: 'Largest AUC residual',
      value: largest?.value ?? null,
      note: largest === null ? '' : `at ${formatSigma(largest.sigma)}`,
      sign: true,
    });
  }
  if (data.reach && data.overlay?.floor.values != null) {
    const below = deepestBelow(data);
    const deep = below !== null && below.value > 0;
    items.push({
      metric: 'belowReach',
      why: 'belowReach',
      label: 'Below the reach of noise',
      value: below === null ? null : Math.max(0, below.value),
      text:
        below === null ? undefined : deep ? `${formatNumber(below.value)} at ${formatSigma(below.sigma)}` : 'nowhere',
    });
  }
  return items;
}

/** The numbers at the handle; they follow a drag outside React's render. */
function Numbers({ data }: { readonly data: CliffLayerData }) {
  const { step, sweep } = useSession();
  const first = step.get();
  const items = first === null ? [] : itemsOf(data, first, { now: sweep.get(), beside: first });
  const list = useDrawn<StepResult, HTMLDListElement>(step, (element, now) => {
    const found = itemsOf(data, now, { now: sweep.get(), beside: now });
    for (const item of found) {
      const node = element.querySelector<HTMLElement>(`[data-metric="${item.metric}"]`);
      if (node === null) continue;
      node.dataset.value = item.value === null ? '' : String(item.value);
      node.textContent =
        item.text ??
        `${item.sign === true && item.value !== null && item.value > 0 ? '+' : ''}${formatNumber(item.value)}`;
    }
  });
  if (items.length === 0) return null;
  return (
    <dl className="cliff-numbers" aria-label="Numbers over the cliff, at the handle" ref={list}>
      {items.map(({ metric, label, note, why }) => (
        <div key={metric}>
          <dt>{label}</dt>
          <dd>
            <span data-metric={metric} /> {note !== undefined && note !== '' && <small>{note}</small>}{' '}
            <Why metric={why} of={`Cliff: ${label}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
