import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSeen, writeSeen } from '../spec/linkSeen.ts';
import type { Pin } from './pin.ts';
import { compareSeen, seenOf } from './seen.ts';
import { reviveSnapshot } from './snapshot.ts';

const snapshot = reviveSnapshot(
  JSON.parse(readFileSync(new URL('../labs/drift/defaultResult.json', import.meta.url), 'utf8')),
);
const LAB = '0.1.0';
const read = (text: string) => {
  const seen = readSeen(text);
  if (!seen.ok) throw new Error(seen.expected);
  return seen.value;
};
const onWebgpu = (pin: Pin, nearBoundary = 0): Pin => ({
  ...pin,
  step: { ...pin.step, nearBoundary },
  context: { ...pin.context, backend: { name: 'webgpu', adapter: 'some', logitTolerance: 1e-4 } },
});
const withHeadline = (pin: Pin, change: Partial<Pin['step']['headline']>): Pin => ({
  ...pin,
  step: { ...pin.step, headline: { ...pin.step.headline, ...change } },
});
const { headline, confusion } = snapshot.step;
const rows = confusion.tp + confusion.fp + confusion.tn + confusion.fn;

describe('what a sender saw', () => {
  test('is reproduced by the same numbers, through the text of a link', () => {
    const text = writeSeen(seenOf(snapshot, LAB));
    expect(compareSeen(read(text), snapshot, LAB)).toMatchObject({ reproduced: true, near: 0, reasons: [] });
    expect(text.length).toBeLessThan(100);
  });

  test('is said to the digits that tell one row from the next, and no more', () => {
    const { numbers } = seenOf(snapshot, LAB);
    const wrong = confusion.fp + confusion.fn;
    expect(numbers.acc).toBe((headline.accuracy ?? 0).toFixed(3).replace(/^0/, ''));
    expect([rows, wrong]).toEqual([800, 167]);
    for (let other = 0; other <= rows; other++) {
      const accuracy = other / rows;
      const same = Math.abs(accuracy - (headline.accuracy ?? 0)) < 1e-12;
      expect(compareSeen(read(`acc:${numbers.acc}`), withHeadline(snapshot, { accuracy }), LAB).reproduced).toBe(same);
    }
  });

  test('differs where any one number is moved by more than its digits', () => {
    const seen = seenOf(snapshot, LAB);
    for (const [name, key, step] of [
      ['auc', 'rocAuc', 1e-5],
      ['conf', 'meanConfidence', 1e-5],
      ['ece', 'ece', 1e-5],
      ['silent', 'silentFailureRate', 1 / 167],
      ['angle', 'meanAngleDegrees', 1e-3],
    ] as const) {
      const moved = withHeadline(snapshot, { [key]: (headline[key] ?? 0) + 1.01 * step });
      const report = compareSeen(seen, moved, LAB);
      expect(report.reproduced).toBe(false);
      expect(report.lines.filter(({ agrees }) => !agrees).map((line) => line.name)).toEqual([name]);
      expect(report.reasons).toEqual(['unknown']);
    }
  });

  test('has undefined numbers, which only undefined numbers reproduce', () => {
    const none = withHeadline(snapshot, { silentFailureRate: null });
    const seen = read(writeSeen(seenOf(none, LAB)));
    expect(seen.numbers.silent).toBe(null);
    expect(compareSeen(seen, none, LAB).reproduced).toBe(true);
    expect(compareSeen(seen, snapshot, LAB).reproduced).toBe(false);
    expect(compareSeen(seenOf(snapshot, LAB), none, LAB).reproduced).toBe(false);
  });

  test('on webgpu leaves room for float32, and for as many rows as lie near a threshold', () => {
    const seen = read(writeSeen(seenOf(onWebgpu(snapshot, 2), LAB)));
    expect(seen).toMatchObject({ on: 'webgpu', near: 2 });
    const two = withHeadline(snapshot, { accuracy: (headline.accuracy ?? 0) - 2 / rows });
    expect(compareSeen(seen, two, LAB)).toMatchObject({ reproduced: true, near: 2, leaned: true });
    const three = withHeadline(snapshot, { accuracy: (headline.accuracy ?? 0) - 3.3 / rows });
    expect(compareSeen(seen, three, LAB)).toMatchObject({ reproduced: false, reasons: ['backend'] });
    const noRows = read(writeSeen(seenOf(onWebgpu(snapshot, 0), LAB)));
    expect(compareSeen(noRows, two, LAB).reproduced).toBe(false);
    const shifted = withHeadline(snapshot, { rocAuc: (headline.rocAuc ?? 0) + 9e-5 });
    expect(compareSeen(noRows, shifted, LAB)).toMatchObject({ reproduced: true, leaned: false });
    expect(compareSeen(seenOf(snapshot, LAB), shifted, LAB).reproduced).toBe(false);
    expect(compareSeen(seenOf(snapshot, LAB), onWebgpu(two, 2), LAB)).toMatchObject({ reproduced: true, near: 2 });
  });

  test('computed on cpu, gets no room from rows that it says were near', () => {
    const doctored = read(`acc:.5,near:${rows}`);
    expect(compareSeen(doctored, snapshot, LAB)).toMatchObject({ reproduced: false, near: 0 });
  });

  test('names other data, another version and another backend as reasons', () => {
    const moved = withHeadline(snapshot, { rocAuc: 0.5 });
    expect(compareSeen(read('auc:.87,data:000000,lab:0.0.9'), moved, LAB).reasons).toEqual(['data', 'lab']);
    const network: Pin = { ...moved, spec: { ...moved.spec, probe: { ...moved.spec.probe, kind: 'mlp' } } };
    expect(compareSeen(read('auc:.87,on:webgpu'), network, LAB).reasons).toEqual(['network']);
  });

  test('without a number to compare is not reproduced', () => {
    expect(compareSeen(read('lab:0.1.0'), snapshot, LAB).reproduced).toBe(false);
  });

  test('of any shares agrees with itself to the digits written', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 180, noNaN: true }), (p, a) => {
        const pin = withHeadline(snapshot, { rocAuc: p, meanConfidence: p, ece: p, meanAngleDegrees: a });
        expect(compareSeen(read(writeSeen(seenOf(pin, LAB))), pin, LAB).reproduced).toBe(true);
      }),
    );
  });
});
