import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calibrationScores } from './nonconformity.ts';
import { rowOutcomes, summarise } from './outcomes.ts';
import { predictionSet } from './predictionSet.ts';
import { splitThreshold } from './splitQuantile.ts';
import {
  effectiveSampleSize,
  massAtInfinity,
  publishedWeightedThreshold,
  weightedCalibration,
  weightedThreshold,
} from './weightedQuantile.ts';

// Published series have no licence: they are read from the folder that REFERENCE_DIR names, and these tests are skipped elsewhere.
const folder = process.env.REFERENCE_DIR === undefined ? null : join(process.env.REFERENCE_DIR, 'golden', 'monitor');

interface Golden {
  unit: { epsilon: number; scores: number[] | null; level: number; q: number; order_statistic_q: number }[];
  weighted_unit: {
    scores: number[];
    weights: number[];
    epsilon: number;
    q_w: number;
    ess: number;
    reached: boolean;
  }[];
  null_scores: Record<
    string,
    {
      q: number;
      pre_shift_coverage: number;
      published_pre_shift_coverage: number;
      collapsed_all_floor_q_w: number;
      collapsed_rank_of_300: number;
      collapsed_pre_shift_coverage: number;
      published_weighted_pre_shift_coverage: number | null;
      abstentions_on_pre: number;
    }
  >;
  prediction_sets: Record<string, number | number[]>[];
  tibshirani_correct: {
    'all_floor_w_cal_0.1': {
      w_test: number;
      mass_at_infinity: number;
      'finite_quantile_exists_at_eps_0.1': boolean;
    }[];
  };
}

function read<T>(name: string): T {
  const path = join(folder ?? '', name);
  if (!existsSync(path)) throw new Error(`REFERENCE_DIR is set but ${name} is not there.`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

describe.skipIf(folder === null)('golden 13: conformal abstention as published', () => {
  const golden = folder === null ? null : read<Golden>('13_conformal.json');
  const nulls = folder === null ? null : read<Record<string, unknown>>('data_null_scores.json');

  test('interpolated and exact quantiles', () => {
    const cases = golden?.unit.filter((unit) => unit.scores !== null) ?? [];
    expect(cases.length).toBe(5);
    for (const { scores, epsilon, q, order_statistic_q } of cases) {
      const values = Float64Array.from(scores ?? []);
      expect(Math.abs(splitThreshold(values, epsilon, 'as-published').q - q)).toBeLessThanOrEqual(1e-12);
      expect(splitThreshold(values, epsilon).q).toBe(order_statistic_q);
    }
  });

  test('weighted quantiles, prediction sets and the mass at +∞', () => {
    for (const { scores, weights, epsilon, q_w, ess, reached } of golden?.weighted_unit ?? []) {
      const calibration = weightedCalibration(Float64Array.from(scores), Float64Array.from(weights));
      const found = publishedWeightedThreshold(calibration, epsilon);
      expect([found.q, found.reached]).toEqual([q_w, reached]);
      expect(Math.abs((effectiveSampleSize(calibration.weights) ?? 0) - ess)).toBeLessThanOrEqual(1e-12);
    }
    for (const row of golden?.prediction_sets ?? []) {
      for (const [name, wanted] of Object.entries(row)) {
        if (!name.startsWith('q=') || !Array.isArray(wanted)) continue;
        const bits = wanted.reduce((set, label) => set + (label === 1 ? 2 : 1), 0);
        expect(predictionSet(row.score as number, Number(name.slice(2)))).toBe(bits);
      }
    }
    const floor = weightedCalibration(
      Float64Array.from({ length: 300 }, (_, i) => i),
      new Float64Array(300).fill(0.1),
    );
    for (const row of golden?.tibshirani_correct['all_floor_w_cal_0.1'] ?? []) {
      expect(Math.abs(massAtInfinity(floor, row.w_test) - row.mass_at_infinity)).toBeLessThanOrEqual(1e-12);
      expect(weightedThreshold(floor, row.w_test, 0.1) < Infinity).toBe(row['finite_quantile_exists_at_eps_0.1']);
    }
  });

  test('coverage before the shift and after the collapse are the published ones, with no tolerance', () => {
    const entries = Object.entries(golden?.null_scores ?? {});
    expect(entries.length).toBe(4);
    for (const [name, wanted] of entries) {
      const all = Float64Array.from(nulls?.[name] as number[]);
      expect(all.length).toBe(500);
      const [past, test] = [all.slice(0, 300), all.slice(300)];
      const scores = calibrationScores(past, new Uint8Array(300), { oneClass: 'allow' });
      const { q } = splitThreshold(scores, 0.1, 'as-published');
      expect(Math.abs(q - wanted.q)).toBeLessThanOrEqual(1e-12);
      const labels = new Uint8Array(200);
      const before = summarise(rowOutcomes(test, labels, q));
      expect(before.coverage.value).toBe(wanted.pre_shift_coverage);
      expect(before.coverage.value).toBe(wanted.published_pre_shift_coverage);
      expect(before.n - before.answered).toBe(wanted.abstentions_on_pre);
      const floor = weightedCalibration(scores, new Float64Array(300).fill(0.1));
      const collapsed = publishedWeightedThreshold(floor, 0.1);
      expect(collapsed.q).toBe(wanted.collapsed_all_floor_q_w);
      expect(collapsed.rank).toBe(wanted.collapsed_rank_of_300);
      const after = summarise(rowOutcomes(test, labels, collapsed.q)).coverage.value;
      expect(after).toBe(wanted.collapsed_pre_shift_coverage);
      // The published weights of the two larger classifiers collapsed; DeBERTa's did not.
      if (name === 'llama-guard' || name === 'shieldgemma') {
        expect(after).toBe(wanted.published_weighted_pre_shift_coverage);
      }
    }
  });
});
