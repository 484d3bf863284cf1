import { formatNumber } from '../format.ts';
import type { ChartTable } from '../table.ts';
import { classDensity, type DensityPair } from './densityGeometry.ts';

export interface DensityOptions {
  /** Decision threshold as a probability. */
  readonly threshold: number;
  readonly name0: string;
  readonly name1: string;
}

export function thresholdLogit(threshold: number): number {
  return Math.log(threshold / (1 - threshold));
}

const say = (value: number) => formatNumber(value, 2);

export function densitySentence({ now, clean }: DensityPair, { threshold, name0, name1 }: DensityOptions): string {
  return (
    `By the formula, logits of “${name1}” have mean ${say(now.mu1)} and standard deviation ${say(now.sd1)} ` +
    `(clean: ${say(clean.mu1)} and ${say(clean.sd1)}); those of “${name0}” ${say(now.mu0)} and ${say(now.sd0)} ` +
    `(clean: ${say(clean.mu0)} and ${say(clean.sd0)}). The threshold ${threshold} stands at logit ${say(thresholdLogit(threshold))}.`
  );
}

export function densityTable({ now, clean }: DensityPair, { name0, name1 }: DensityOptions): ChartTable {
  return {
    columns: ['Class', 'Share of rows', 'Mean logit, clean', 'Mean logit', 'S.d., clean', 'S.d.'],
    rows: [
      [name1, say(now.pi1), say(clean.mu1), say(now.mu1), say(clean.sd1), say(now.sd1)],
      [name0, say(1 - now.pi1), say(clean.mu0), say(now.mu0), say(clean.sd0), say(now.sd0)],
    ],
  };
}

export function densityReading({ now }: DensityPair, { name0, name1 }: DensityOptions, logit: number): string {
  const [one, zero] = [classDensity(now, 1, logit), classDensity(now, 0, logit)];
  const p = 1 / (1 + Math.exp(-logit));
  const truth = one + zero > 0 ? one / (one + zero) : null;
  return (
    `Logit ${say(logit)}: the probe says ${formatNumber(p)} for “${name1}”; of the rows there ` +
    `${formatNumber(truth)} are “${name1}”, the rest “${name0}”.`
  );
}
