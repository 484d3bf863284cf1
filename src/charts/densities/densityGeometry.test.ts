import { expect, test } from 'vitest';
import { classDensity, densityBox, densityDomain, densityPath, largestDensity } from './densityGeometry.ts';
import { densityReading, densitySentence } from './densityWords.ts';

const clean = { mu0: -3, sd0: 1.5, mu1: 4, sd1: 2, pi1: 0.3 };
const now = { ...clean, sd0: 5, sd1: 6 };

test('each class holds its share of the rows, and the tallest is known', () => {
  for (const label of [0, 1] as const) {
    let sum = 0;
    let tallest = 0;
    for (let k = -4000; k < 4000; k++) {
      sum += classDensity(now, label, k / 100) / 100;
      tallest = Math.max(tallest, classDensity(now, label, k / 100));
    }
    expect(sum).toBeCloseTo(label === 1 ? 0.3 : 0.7, 6);
    expect(tallest).toBeLessThanOrEqual(largestDensity(now) + 1e-12);
  }
});

test('the drawing spans both states and zero, and its curves stay inside', () => {
  const domain = densityDomain({ now, clean });
  expect(domain[0]).toBeLessThanOrEqual(-3 - 3.5 * 5);
  expect(domain[1]).toBeGreaterThanOrEqual(4 + 3.5 * 6);
  const box = densityBox(500);
  const path = densityPath(now, 1, box, domain, largestDensity(now), false);
  const places = [...path.matchAll(/[ML]([\d.-]+),([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(places.length).toBeGreaterThan(100);
  for (const [x, y] of places) {
    expect(x).toBeGreaterThanOrEqual(box.left - 0.01);
    expect(x).toBeLessThanOrEqual(box.right + 0.01);
    expect(y).toBeGreaterThanOrEqual(box.top - 0.01);
    expect(y).toBeLessThanOrEqual(box.bottom + 0.01);
  }
});

test('words say means, spreads and what the probe is told at a logit', () => {
  const options = { threshold: 0.5, name0: 'no', name1: 'yes' };
  expect(densitySentence({ now, clean }, options)).toContain('mean 4.00 and standard deviation 6.00');
  expect(densityReading({ now, clean }, options, 0)).toContain('the probe says 0.500 for “yes”');
});
