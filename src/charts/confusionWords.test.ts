import { expect, test } from 'vitest';
import { confusionSentence, confusionTable, rowShare } from './confusionWords.ts';

const data = { confusion: { tp: 80, fn: 20, fp: 1, tn: 1899 } };
const options = { label1: 'toxic', label0: 'harmless', threshold: 0.5 };

test('shares are of the true class', () => {
  expect(rowShare(data, 'tp')).toBe(0.8);
  expect(rowShare(data, 'fp')).toBeCloseTo(1 / 1900, 12);
  expect(rowShare({ confusion: { tp: 0, fn: 0, fp: 1, tn: 1 } }, 'fn')).toBeNull();
});

test('the sentence uses the names of the classes and plain words', () => {
  expect(confusionSentence(data, options)).toBe(
    'Of 100 rows that are toxic, the probe catches 80 (80.0%) and misses 20. Of 1,900 rows that are harmless, it passes 1,899 and raises 1 false alarm (0.1%). Threshold 0.5.',
  );
  expect(confusionSentence({ confusion: { tp: 0, fn: 0, fp: 0, tn: 5 } }, options)).toContain('No row here is toxic.');
});

test('the table has the four cells', () => {
  expect(confusionTable(data, options).rows).toEqual([
    ['toxic', 'toxic', 'caught', '80', '80.0%'],
    ['toxic', 'harmless', 'missed', '20', '20.0%'],
    ['harmless', 'toxic', 'false alarm', '1', '0.1%'],
    ['harmless', 'harmless', 'passed', '1,899', '99.9%'],
  ]);
});
