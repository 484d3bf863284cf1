import { formatNumber, formatSigma, plural } from '../../../../charts/format.ts';
import type { LineChartData } from '../../../../charts/lineChartData.ts';
import type { BesideReport } from '../../../../engine/analyses/beside.ts';
import type { MlpProbeInfo } from '../../../../engine/api.ts';
import type { SweepColumn } from '../../../../engine/results.ts';

/** The loss that decides, at the best epoch, and both losses there; validation is null without validation rows. */
export function bestLosses({ history, bestEpoch }: MlpProbeInfo): {
  readonly training: number;
  readonly validation: number | null;
} {
  const { trainLoss, validationLoss } = history;
  return { training: trainLoss[bestEpoch - 1], validation: validationLoss && validationLoss[bestEpoch - 1] };
}

/** Losses by epoch, with the best epoch and the early stop marked on the line that decides. */
export function lossLines(probe: MlpProbeInfo): LineChartData {
  const { history, bestEpoch, epochs, stoppedEarly, monitored } = probe;
  const { trainLoss, validationLoss } = history;
  const x = Float64Array.from(trainLoss, (_, k) => k + 1);
  const watched = (monitored === 'validation' ? validationLoss : null) ?? trainLoss;
  const point = (id: string, name: string, tone: 'plain-3' | 'plain-4', epoch: number) => ({
    ...{ id, name, tone, x: [epoch], y: [watched[epoch - 1]], marks: true },
  });
  return {
    series: [
      { id: 'training', name: 'Training loss', tone: 'plain-1', x, y: trainLoss },
      ...(validationLoss
        ? [{ id: 'validation', name: 'Validation loss', tone: 'plain-2', dashed: true, x, y: validationLoss } as const]
        : []),
      point('best', `Best epoch, whose weights are used: ${bestEpoch}`, 'plain-3', bestEpoch),
      ...(stoppedEarly ? [point('stop', `Stopped early after epoch ${epochs}`, 'plain-4', epochs)] : []),
    ],
  };
}

export function lossSentence(probe: MlpProbeInfo): string {
  const { bestEpoch, epochs, stoppedEarly, monitored } = probe;
  const { training, validation } = bestLosses(probe);
  const end = stoppedEarly
    ? `Training stopped early after ${plural(epochs, 'epoch')}`
    : `Training ran for ${plural(epochs, 'epoch')}, all that it was given`;
  const watched =
    monitored === 'validation'
      ? `the validation loss was lowest at epoch ${bestEpoch}, ${formatNumber(validation, 4)} nats beside a training loss of ${formatNumber(training, 4)}`
      : `the training loss was lowest at epoch ${bestEpoch}, ${formatNumber(training, 4)} nats; there are no validation rows`;
  return `${end}; ${watched}. The weights of epoch ${bestEpoch} are used.`;
}

/** One number of both probes over the amounts of drift. */
export function besideLines({ linear, network }: BesideReport, column: SweepColumn): LineChartData {
  return {
    series: [
      { id: 'network', name: 'Network', tone: 'a', x: network.sigmas, y: network[column] },
      { id: 'linear', name: 'Linear probe', tone: 'b', dashed: true, x: linear.sigmas, y: linear[column] },
    ],
  };
}

/** "AUC of the network falls from 0.93 to 0.52, of the linear probe from 0.91 to 0.51, between σ 0.0001 and 2." */
export function besideSentence(name: string, { series }: LineChartData): string {
  const [network, linear] = series;
  const ends = (y: ArrayLike<number>) => `${formatNumber(y[0], 3)} to ${formatNumber(y[y.length - 1], 3)}`;
  const { x } = network;
  return (
    `${name} between ${formatSigma(x[0])} and ${formatSigma(x[x.length - 1])}: ` +
    `network ${ends(network.y)}, linear probe ${ends(linear.y)}.`
  );
}

/** Values of both probes at the measured amount closest to `amount`. */
export function besideAt(
  { linear, network }: BesideReport,
  column: SweepColumn,
  amount: number,
): { readonly at: number; readonly linear: number; readonly network: number } {
  const { sigmas } = network;
  let k = 0;
  for (let i = 1; i < sigmas.length; i++) if (Math.abs(sigmas[i] - amount) < Math.abs(sigmas[k] - amount)) k = i;
  return { at: sigmas[k], linear: linear[column][k], network: network[column][k] };
}

/** Accuracy at the last measured amount less that at the first, of both probes. */
export function accuracyChanges({ linear, network }: BesideReport): {
  readonly amount: number;
  readonly linear: number;
  readonly network: number;
} {
  const last = network.sigmas.length - 1;
  const change = ({ accuracy }: BesideReport['linear']): number => accuracy[last] - accuracy[0];
  return { amount: network.sigmas[last], linear: change(linear), network: change(network) };
}
