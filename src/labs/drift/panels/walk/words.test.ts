import { describe, expect, test } from 'vitest';
import type { EvaluationNumbers } from '../../../../core/metrics/evaluate.ts';
import type { WalkReport } from '../../../../engine/analyses/walk.ts';
import type { Headline } from '../../../../engine/results.ts';
import { verdict, wayRows, waySentence } from './words.ts';

const numbers = (rocAuc: number, accuracy: number) => ({ rocAuc, accuracy, errors: 3 }) as unknown as EvaluationNumbers;

function report(end: readonly [number, number], recentred: readonly [number, number]): WalkReport {
  const checkpoint = (step: number, rocAuc: number, accuracy: number) => ({
    ...{ step, cumulativeErrors: 0, refitted: null, jumpAmount: null, jump: null },
    headline: numbers(rocAuc, accuracy) as Headline,
    recentred: numbers(...recentred),
  });
  return {
    checkpoints: [checkpoint(0, 0.9, 0.8), checkpoint(1, ...end)],
    back: {
      ...{ undone: numbers(0.9, 0.8), recentred: numbers(...recentred), refitted: numbers(...end) },
      ...{ aligned: null, alignedPairs: 0, largestDistance: 0 },
    },
  } as unknown as WalkReport;
}

describe('the verdict on a way back', () => {
  test('follows from the three values', () => {
    expect(verdict('rocAuc', 0.942, 0.6, 0.941)).toBe('returns: 0.941 of 0.942');
    expect(verdict('rocAuc', 0.942, 0.6, 0.8)).toBe('returns in part: 0.800 of 0.942');
    expect(verdict('rocAuc', 0.942, 0.6, 0.62)).toBe('does not return: 0.620 of 0.942');
    expect(verdict('rocAuc', 0.942, 0.94, 0.941)).toBe('was not lost: 0.941 of 0.942');
    expect(verdict('rocAuc', 0.942, 0.94, 0.7)).toBe('is lost by it: 0.700 of 0.942');
    expect(verdict('rocAuc', null, 0.94, 0.7)).toBe('undefined');
  });
});

describe('the sentence on the ways back', () => {
  test('names those that bring a metric back, and says where none does', () => {
    expect(waySentence(report([0.6, 0.5], [0.61, 0.5]))).toBe(
      'AUC fell from 0.900 to 0.600, and accuracy fell from 0.800 to 0.500. ' +
        'Only undoing every step exactly restores all of it; re-centring and refitting with labels recover next to nothing.',
    );
    expect(waySentence(report([0.9, 0.5], [0.9, 0.8]))).toBe(
      'Accuracy fell from 0.800 to 0.500. ' +
        'Undoing every step exactly and re-centring restore all of it; refitting with labels recovers next to nothing.',
    );
  });

  test('says the share of each loss that comes back', () => {
    const said = waySentence(report([0.6, 0.5], [0.828, 0.71]));
    expect(said).toContain('Only undoing every step exactly restores all of it; re-centring recovers ');
    expect(said).toContain('recovers 76 % of the lost AUC and 70 % of the lost accuracy; ');
    expect(said).toMatch(/; refitting with labels next to nothing\.$/);
    expect(waySentence(report([0.6, 0.5], [0.9, 0.5]))).toContain(
      're-centring recovers all of the lost AUC and nothing of the lost accuracy',
    );
    // A way back that leaves less than the walk did is no recovery.
    expect(waySentence(report([0.6, 0.5], [0.4, 0.3]))).toContain('re-centring and refitting with labels recover next');
    expect(waySentence(report([0.9, 0.8], [0.9, 0.8]))).toContain('nothing to bring back');
  });

  test('goes with a row for each state, the alignment only where it was done', () => {
    expect(wayRows(report([0.9, 0.5], [0.9, 0.8])).map(({ id }) => id)).toEqual([
      'start',
      'end',
      'undone',
      'recentred',
      'refitted',
    ]);
  });
});
