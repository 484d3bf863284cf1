import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEvaluator } from '../core/metrics/evaluate.ts';
import { readSeen, writeSeen } from '../spec/linkSeen.ts';
import type { Pin } from './pin.ts';
import { compareSeen, countTolerance, seenOf } from './seen.ts';
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
    expect(countTolerance(seen, two, LAB)).toBeCloseTo(1e-4, 8);
    expect(compareSeen(seen, two, LAB, 2)).toMatchObject({ reproduced: true, near: 2, leaned: true });
    expect(compareSeen(seen, two, LAB, 1)).toMatchObject({ reproduced: false, near: 1 });
    const three = withHeadline(snapshot, { accuracy: (headline.accuracy ?? 0) - 3.3 / rows });
    expect(compareSeen(seen, three, LAB, rows)).toMatchObject({ reproduced: false, near: 2, reasons: ['backend'] });
    const noRows = read(writeSeen(seenOf(onWebgpu(snapshot, 0), LAB)));
    expect(compareSeen(noRows, two, LAB, 2).reproduced).toBe(false);
    const shifted = withHeadline(snapshot, { rocAuc: (headline.rocAuc ?? 0) + 9e-5 });
    expect(compareSeen(noRows, shifted, LAB)).toMatchObject({ reproduced: true, leaned: false });
    expect(compareSeen(seenOf(snapshot, LAB), shifted, LAB).reproduced).toBe(false);
    const here = onWebgpu(two, 2);
    expect(compareSeen(seenOf(snapshot, LAB), here, LAB, 2)).toMatchObject({ reproduced: true, near: 2 });
    const both = read(writeSeen(seenOf(onWebgpu(snapshot, 1), LAB)));
    expect(countTolerance(both, onWebgpu(two, 1), LAB)).toBeCloseTo(2e-4, 8);
    expect(compareSeen(both, onWebgpu(two, 1), LAB, 2)).toMatchObject({ reproduced: true, near: 2 });
  });

  test('gets no room from rows that a link says were near and that are not', () => {
    const none = read(`acc:.5,near:${rows}`);
    expect(compareSeen(none, snapshot, LAB, rows)).toMatchObject({ reproduced: false, near: 0 });
    expect(countTolerance(none, snapshot, LAB)).toBe(null);
    const doctored = read('acc:.5,on:webgpu,near:9999');
    // The screen's own count of rows, at the tolerance asked for, decides; the claim alone would carry any number.
    expect(compareSeen(doctored, snapshot, LAB, Infinity).reproduced).toBe(true);
    expect(countTolerance(doctored, snapshot, LAB)).toBeCloseTo(1e-4, 8);
    for (const nearHere of [0, 1, 5]) {
      expect(compareSeen(doctored, snapshot, LAB, nearHere)).toMatchObject({ reproduced: false, near: nearHere });
      expect(compareSeen(doctored, onWebgpu(snapshot, nearHere), LAB, nearHere).reproduced).toBe(false);
    }
    expect(compareSeen(doctored, snapshot, LAB).reproduced).toBe(false);
  });

  test('asks for no count of rows where none of them can change the verdict', () => {
    expect(countTolerance(read(writeSeen(seenOf(onWebgpu(snapshot, 3), LAB))), snapshot, LAB)).toBe(null);
    expect(countTolerance(read('auc:.5,on:webgpu,near:9999'), snapshot, LAB)).toBe(null);
    expect(countTolerance(seenOf(snapshot, LAB), withHeadline(snapshot, { accuracy: 0.5 }), LAB)).toBe(null);
  });

  const settings = { ...snapshot.spec.metrics, highConfidence: 0.8 };
  const edges = [0.5, 0.8, 0.2, 2 / 3, 1 / 3].map((p) => Math.log(p / (1 - p)));
  /** A label, a logit at most 3e-4 from a boundary or anywhere, and the errors of two backends. */
  const row = fc.tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.oneof(
      fc.tuple(fc.constantFrom(...edges), fc.double({ min: -3e-4, max: 3e-4, noNaN: true })).map(([z, by]) => z + by),
      fc.double({ min: -6, max: 6, noNaN: true }),
    ),
    fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
  );

  test.each(['webgpu to cpu', 'cpu to webgpu', 'webgpu to webgpu'])(
    'from %s is reproduced whatever float32 does to rows near a boundary',
    (way) => {
      const [from, to] = way.split(' to ').map((name) => name === 'webgpu');
      let leaned = 0;
      fc.assert(
        fc.property(fc.array(row, { minLength: 20, maxLength: 60 }), (drawn) => {
          const labels = Uint8Array.from(drawn, ([label]) => label);
          const pinOf = (logits: Float64Array, webgpu: boolean): { pin: Pin; near: (tolerance: number) => number } => {
            const { nearBoundary, confusion, ...numbers } = createEvaluator(labels, settings).evaluate(logits, 'full');
            const pin = withHeadline({ ...snapshot, step: { ...snapshot.step, confusion } }, numbers);
            return { pin: webgpu ? onWebgpu(pin, nearBoundary(1e-4)) : pin, near: nearBoundary };
          };
          const sender = pinOf(
            Float64Array.from(drawn, ([, z, error]) => z + (from ? error : 0)),
            from,
          );
          const receiver = pinOf(
            Float64Array.from(drawn, ([, z, , error]) => z + (to ? error : 0)),
            to,
          );
          const { numbers, ...rest } = seenOf(sender.pin, LAB);
          // Without AUC: rows of both classes that lie together change places, which is not bounded by their number.
          const { acc, conf, silent, ece } = numbers;
          const seen = read(writeSeen({ ...rest, numbers: { acc, conf, silent, ece } }));
          const tolerance = countTolerance(seen, receiver.pin, LAB);
          const nearHere = tolerance === null ? 0 : receiver.near(tolerance);
          const report = compareSeen(seen, receiver.pin, LAB, nearHere);
          if (report.leaned) leaned++;
          // No error on one side only leaves a rate undefined there: that is told as a difference.
          fc.pre((silent === null) === (receiver.pin.step.headline.silentFailureRate === null));
          expect(report.reproduced).toBe(true);
        }),
        { numRuns: 400, seed: 7 },
      );
      expect(leaned).toBeGreaterThan(10);
    },
  );

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
