import { binRows, type BinSettings } from '../../../core/metrics/bins.ts';
import { calibrationErrors } from '../../../core/metrics/calibrationError.ts';
import { corp } from '../../../core/metrics/corp.ts';
import { expectedNullEceOf } from '../../../core/metrics/nullEce.ts';
import { calibrationForecasts } from '../../../core/metrics/reliability.ts';
import { smoothEce } from '../../../core/metrics/smoothEce.ts';
import type { MetricsSpec } from '../../../spec/types.ts';
import { convention, withCurrent, type Convention, type Measured } from './convention.ts';

const BINS = [5, 10, 15, 20, 50];

/** Yields each as it is done: some take milliseconds for every ten thousand rows. */
export function* eceConventions({ labels, p, spec }: Measured): Generator<Convention, void> {
  const { target, threshold, confidence, bins, binning, closed } = spec.metrics;
  const settings: BinSettings = { bins, binning, closed };
  const forecastsOf = (of: MetricsSpec['target']) => calibrationForecasts(labels, p, of, threshold, confidence);
  const { forecast, outcome } = forecastsOf(target);
  const ece = (changed: Partial<BinSettings>) =>
    calibrationErrors(binRows(forecast, outcome, { ...settings, ...changed }).sums).ece;

  for (const of of ['top-label', 'positive-class'] as const) {
    const { forecast: f, outcome: o } = forecastsOf(of);
    const value = calibrationErrors(binRows(f, o, settings).sums).ece;
    yield convention(`target-${of}`, value, { inUse: of === target });
  }
  for (const end of ['right', 'left'] as const) {
    if (binning === 'width') yield convention(`closed-${end}`, ece({ closed: end }), { inUse: end === closed });
  }
  for (const count of withCurrent(BINS, bins)) {
    yield convention('bins', ece({ bins: count }), { parameter: count, inUse: count === bins });
  }
  for (const way of ['width', 'mass'] as const) {
    yield convention(`binning-${way}`, ece({ binning: way }), { inUse: way === binning });
  }
  if (target === 'top-label') {
    // Confidence of ŷ can be below ½ where the threshold is not ½: such rows have no place in these bins.
    const fits = forecast.every((value) => value >= 0.5);
    yield convention('upper-half', fits ? ece({ binning: 'width', range: 'upper-half' }) : null, {
      reason: 'Some confidences are below ½.',
    });
  }
  yield convention('smooth', smoothEce(forecast, outcome).value);
  yield convention('null-ece', expectedNullEceOf(forecast, binRows(forecast, outcome, settings)), {
    comparable: false,
  });
  yield convention('corp', corp(labels, p)?.miscalibration ?? null, { comparable: false });
}
