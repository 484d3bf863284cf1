import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rocAuc } from '../metrics/auc.ts';
import { stream } from '../random/streams.ts';
import { certifiedAngles } from './certifiedAngle.ts';
import { rootOfIncreasing } from './rootOfIncreasing.ts';
import { createTurnStudy, turnGrid } from './turnStudy.ts';
import { opposedShift, randomTurn, worstTurn } from './turns.ts';

const RADIANS = Math.PI / 180;
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, j) => sum + v * b[j], 0);
const unit = (a: Float64Array): Float64Array => a.map((v) => v / Math.sqrt(dot(a, a)));
const angleOf = (a: Float64Array, b: Float64Array): number => {
  const [u, v] = [unit(a), unit(b)];
  const difference = u.map((x, j) => x - v[j]);
  const sum = u.map((x, j) => x + v[j]);
  return (2 * Math.atan2(Math.sqrt(dot(difference, difference)), Math.sqrt(dot(sum, sum)))) / RADIANS;
};

/** Rows in all their dimensions, and the few numbers a row that the turns are computed from. */
function makeWorld(seed: number, count: number, dims: number) {
  const generator = stream(seed, 'turns');
  const draw = () => generator.standardNormal(new Float64Array(dims));
  const w = unit(draw());
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const rows = Array.from(labels, (label) => {
    const x = draw();
    return unit(x.map((v, j) => v + (label - 0.5) * 2 * w[j]));
  });
  const noise = rows.map(() => draw());
  return {
    w,
    rows,
    noise,
    labels,
    unitRows: { cosines: Float64Array.from(rows, (u) => dot(u, w)), labels },
    unitNoise: {
      we: Float64Array.from(noise, (e) => dot(e, w)),
      ue: Float64Array.from(noise, (e, i) => dot(e, rows[i])),
      ee: Float64Array.from(noise, (e) => dot(e, e)),
    },
  };
}

describe('the worst turn of every row by one angle', () => {
  test('gives the scores of rows that are built in all dimensions, at exactly that angle', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 3, max: 12 }),
        fc.double({ min: 0.01, max: 60, noNaN: true }),
        (seed, dims, degrees) => {
          const { w, rows, labels, unitRows } = makeWorld(seed, 20, dims);
          const out = new Float64Array(20);
          worstTurn(unitRows, degrees, out);
          const built = Float64Array.from(rows, (u, i) => {
            const c = dot(u, w);
            const across = unit(w.map((v, j) => v - c * u[j]));
            const wanted = (labels[i] === 1 ? -1 : 1) * degrees * RADIANS;
            const most = Math.acos(c);
            const turn = Math.max(most - Math.PI, Math.min(most, wanted));
            const y = u.map((v, j) => Math.cos(turn) * v + Math.sin(turn) * across[j]);
            expect(angleOf(u, y)).toBeCloseTo(Math.abs(turn) / RADIANS, 6);
            return dot(y, w);
          });
          built.forEach((value, i) => expect(out[i]).toBeCloseTo(value, 9));
          expect(rocAuc(labels, out)).toBeCloseTo(rocAuc(labels, built) ?? Number.NaN, 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('has an AUC and an accuracy that no other turn by that angle or less goes below', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.double({ min: 0.1, max: 40, noNaN: true }), (seed, degrees) => {
        const { w, rows, labels, unitRows, unitNoise } = makeWorld(seed, 24, 8);
        const worst = createTurnStudy(unitRows, unitNoise, 0.05).at(degrees).worst;
        const generator = stream(seed, 'others');
        const other = Float64Array.from(rows, (u) => {
          const e = generator.standardNormal(new Float64Array(8));
          const along = dot(e, u);
          const across = unit(e.map((v, j) => v - along * u[j]));
          const turn = degrees * RADIANS * generator.random(new Float64Array(1))[0];
          return dot(
            u.map((v, j) => Math.cos(turn) * v + Math.sin(turn) * across[j]),
            w,
          );
        });
        expect(rocAuc(labels, other) ?? 0).toBeGreaterThanOrEqual(worst.rocAuc ?? 1);
        const right = other.reduce((sum, c, i) => sum + ((c >= 0.05 ? 1 : 0) === labels[i] ? 1 : 0), 0);
        expect(right / 24).toBeGreaterThanOrEqual(worst.accuracy ?? 1);
      }),
      { numRuns: 100 },
    );
  });

  test('turns a right row wrong exactly where its certified angle ends', () => {
    const { unitRows, unitNoise } = makeWorld(3, 400, 16);
    const { degrees } = certifiedAngles(unitRows.cosines, new Float64Array(400).fill(1), 1, -0.02);
    const study = createTurnStudy(unitRows, unitNoise, 0.02);
    for (const turn of [0.5, 3, 10]) {
      const standing = Array.from(unitRows.labels).filter(
        (label, i) => (unitRows.cosines[i] >= 0.02 ? 1 : 0) === label && (degrees?.[i] ?? 0) > turn,
      ).length;
      expect(study.at(turn).worst.accuracy).toBe(standing / 400);
    }
  });
});

describe('other turns of the same angle', () => {
  test('place rows where the shift and the noise do in all dimensions, and know the mean angle', () => {
    const { w, rows, noise, labels, unitRows, unitNoise } = makeWorld(9, 30, 7);
    const out = new Float64Array(30);
    const shifted = rows.map((u, i) => u.map((v, j) => v + (labels[i] === 1 ? -0.4 : 0.4) * w[j]));
    const mean = (others: Float64Array[]) => rows.reduce((sum, u, i) => sum + angleOf(u, others[i]) / 30, 0);
    expect(opposedShift(unitRows, 0.4, out)).toBeCloseTo(mean(shifted), 9);
    shifted.forEach((y, i) => expect(out[i]).toBeCloseTo(dot(unit(y), w), 12));
    const noisy = rows.map((u, i) => u.map((v, j) => v + 0.3 * noise[i][j]));
    expect(randomTurn(unitRows, unitNoise, 0.3, out)).toBeCloseTo(mean(noisy), 9);
    noisy.forEach((y, i) => expect(out[i]).toBeCloseTo(dot(unit(y), w), 12));
  });

  test('by 1.15°: chance costs next to nothing, the worst turn nearly everything (a probe of AUC .816 in 1,024 dimensions)', () => {
    // Scores of one row are all that matters: s ~ N(±Δ/2, τ²) with τ = .0085, Δ = .9·√2·τ, the other 1,023 dimensions free.
    const [count, dims, tau] = [4000, 1024, 0.0085];
    const generator = stream(1, 'facts');
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
    const draws = generator.standardNormal(new Float64Array(count));
    const cosines = Float64Array.from(labels, (label, i) => tau * (draws[i] + (label - 0.5) * 0.9 * Math.SQRT2));
    const noise = { we: new Float64Array(count), ue: new Float64Array(count), ee: new Float64Array(count) };
    for (let i = 0; i < count; i++) {
      const e = generator.standardNormal(new Float64Array(dims));
      noise.we[i] = e[0];
      noise.ue[i] = cosines[i] * e[0] + Math.sqrt(1 - cosines[i] ** 2) * e[1];
      noise.ee[i] = dot(e, e);
    }
    const study = createTurnStudy({ cosines, labels }, noise, 0);
    const clean = study.at(0).worst;
    expect(clean.rocAuc).toBeGreaterThan(0.79);
    expect(clean.rocAuc).toBeLessThan(0.84);
    const { worst, opposed, random } = study.at(1.146);
    expect((clean.rocAuc ?? 0) - (random.rocAuc ?? 0)).toBeLessThan(0.003);
    expect(worst.rocAuc).toBeLessThan(0.05);
    expect(worst.accuracy).toBeLessThan(0.1);
    expect(opposed.rocAuc).toBeLessThan(0.05);
    const { degrees } = certifiedAngles(cosines, new Float64Array(count).fill(1), 1, 0);
    const right = Array.from(degrees ?? []).filter((_, i) => (cosines[i] >= 0 ? 1 : 0) === labels[i]);
    const median = right.sort((a, b) => a - b)[Math.floor(right.length / 2)];
    expect(median).toBeGreaterThan(0.4);
    expect(median).toBeLessThan(0.55);
  });

  test('are undefined at angles that they do not reach, and equal the clean state at 0', () => {
    const { unitRows, unitNoise } = makeWorld(2, 40, 5);
    const study = createTurnStudy(unitRows, unitNoise, 0.02);
    expect(study.at(0).random).toEqual(study.at(0).worst);
    expect(study.at(0).opposed).toEqual(study.at(0).worst);
    expect(study.at(179).random.rocAuc).toBeNull();
  });
});

test('the grid of angles goes from 0 to 90, with most of its points below 5°', () => {
  const grid = turnGrid(64);
  expect(grid[0]).toBe(0);
  expect(grid[63]).toBe(90);
  expect(grid.filter((angle) => angle < 5).length).toBeGreaterThan(32);
  for (let i = 1; i < 64; i++) expect(grid[i]).toBeGreaterThan(grid[i - 1]);
});

test('the root of an increasing function is found from any guess, or reported missing', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 99, noNaN: true }),
      fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
      (root, guess) => {
        const f = (x: number) => Math.atan(x) + x / 50;
        expect(rootOfIncreasing(f, f(root), guess, 100)).toBeCloseTo(root, 6);
      },
    ),
  );
  expect(rootOfIncreasing((x) => x, 5, 1, 4)).toBeNull();
  expect(rootOfIncreasing((x) => x, 0, 1, 4)).toBe(0);
});
