import { amountOf } from '../../engine/keys.ts';
import { SWEEP_COLUMNS } from '../../engine/results.ts';
import type { Exported } from './exported.ts';
import { LAB_VERSION } from './version.ts';

/** The result as an object; numbers have the names that `lab run` prints. */
export function resultOf({ spec, link, step, clean, context, sweep, aucChange }: Exported) {
  const { aucInterval, accuracyInterval, silentInterval, angleQuantiles } = step;
  return {
    lab: { name: 'Silent Failure Lab', version: LAB_VERSION },
    link,
    spec,
    data: context.data,
    backend: context.backend,
    splitFrom: context.splitFrom,
    split: context.splitRows,
    probe: context.probe,
    amount: amountOf(spec.drift),
    clean: clean.headline,
    metrics: {
      ...step.headline,
      confusion: step.confusion,
      nearBoundary: step.nearBoundary,
      intervals: {
        rocAuc: aucInterval,
        accuracy: accuracyInterval,
        silentFailureRate: silentInterval,
        rocAucChange: aucChange,
      },
      angleQuantilesDegrees: angleQuantiles && {
        p5: angleQuantiles[0],
        p50: angleQuantiles[1],
        p95: angleQuantiles[2],
      },
    },
    sweep: sweep && { amounts: sweep.sigmas, ...Object.fromEntries(SWEEP_COLUMNS.map((name) => [name, sweep[name]])) },
  };
}

/** As a file: every digit, arrays of numbers on one line, null for a number that is undefined. The same state gives the same file. */
export function resultJson(state: Exported): string {
  const lists: string[] = [];
  const text = JSON.stringify(
    resultOf(state),
    (_, value: unknown) => {
      if (!ArrayBuffer.isView(value) && !(Array.isArray(value) && value.every((item) => typeof item === 'number')))
        return value;
      const numbers = Array.from(value as ArrayLike<number>, (number) => (Number.isFinite(number) ? number : null));
      return `\u0000${lists.push(JSON.stringify(numbers).replaceAll(',', ', ')) - 1}\u0000`;
    },
    2,
  );
  return `${text.replace(/"\\u0000(\d+)\\u0000"/g, (_, at) => lists[Number(at)])}\n`;
}
