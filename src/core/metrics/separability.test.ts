import { expect, test } from 'vitest';
import { angleDegrees, rowAngles, splitAngles, summarizeAngles } from './angle.ts';
import { classMoments } from './classMoments.ts';
import { embeddingsOf } from './fixtures/embeddings.ts';
import { golden, largestGap } from './fixtures/golden.ts';
import { scikit } from './fixtures/scikit.ts';
import { histogramOverlap, kernelOverlap } from './overlap.ts';
import { axisSeparation, fisherRatios, mahalanobis } from './separability.ts';
import { meanSignalToNoise, paperSignalToNoise, signalToNoise } from './signalToNoise.ts';
import { silhouette } from './silhouette.ts';

const EXACT = 1e-12;
const set = golden.separability;
const { embeddings, all } = embeddingsOf(set.X);
const labels = Uint8Array.from(set.y);
const drawn = scikit.embedding;
const drawnRows = embeddingsOf(drawn.x);
const drawnLabels = Uint8Array.from(drawn.y);

test('golden separation along the probe', () => {
  const scores = Float64Array.from(set.X, (x) => x.reduce((sum, value, j) => sum + value * set.w[j], 0));
  const result = axisSeparation(labels, scores);
  expect(
    largestGap(
      [result.fisher, result.dPrime, result.cohensD],
      [set.fisher_1d, set.d_prime_pooled, set.cohens_d_n_weighted],
    ),
  ).toBeLessThanOrEqual(EXACT);
  expect(result.fisher).toBeCloseTo(Number(result.dPrime) ** 2 / 2, 12);
});

test('golden trace ratio, Mahalanobis distance and linear AUC', () => {
  const ratios = fisherRatios(classMoments(embeddings, all, labels));
  const result = mahalanobis(embeddings, all, labels);
  expect(
    largestGap(
      [ratios.traceRatio, result.squared, result.distance, result.gaussianAuc],
      [set.fisher_trace_ratio, set.mahalanobis_sq, set.mahalanobis_between_means, set.lda_auc_gauss],
    ),
  ).toBeLessThanOrEqual(EXACT);
});

test('golden silhouettes', () => {
  const euclidean = silhouette(embeddings, all, labels, 'euclidean');
  const cosine = silhouette(embeddings, all, labels, 'cosine');
  expect(largestGap(euclidean.samples, set.silhouette_samples)).toBeLessThanOrEqual(EXACT);
  expect(
    largestGap([euclidean.mean, cosine.mean], [set.silhouette_euclidean, set.silhouette_cosine]),
  ).toBeLessThanOrEqual(EXACT);
});

test('golden angles', () => {
  const angles = rowAngles(embeddings, all, embeddingsOf(set.X_drifted).embeddings, all);
  expect(largestGap(angles, set.angle_deg_stable)).toBeLessThanOrEqual(EXACT);
  expect(largestGap([summarizeAngles(angles).mean], [set.angle_mean])).toBeLessThanOrEqual(EXACT);
});

test('golden centroids: their angle and their distance', () => {
  const { means } = classMoments(embeddings, all, labels);
  const cosine = Math.cos((angleDegrees(means[0], means[1]) * Math.PI) / 180);
  const distance = Math.hypot(...means[1].map((value, j) => value - means[0][j]));
  expect(largestGap([cosine, distance], [set.centroid_cosine, set.centroid_distance])).toBeLessThanOrEqual(EXACT);
});

test('Mahalanobis, shrunk and not, the paper’s Fisher ratio and silhouettes equal numpy and scikit-learn', () => {
  const { embeddings: x, all: rows } = drawnRows;
  expect(
    largestGap(
      [
        mahalanobis(x, rows, drawnLabels).squared,
        mahalanobis(x, rows, drawnLabels, 0.3).squared,
        fisherRatios(classMoments(x, rows, drawnLabels)).paper,
      ],
      [drawn.mahalanobis_sq, drawn['mahalanobis_sq_shrunk_0.3'], drawn.fisher_eq26],
    ),
  ).toBeLessThanOrEqual(EXACT);
  for (const [metric, wanted] of [
    ['euclidean', drawn.silhouette_euclidean],
    ['cosine', drawn.silhouette_cosine],
  ] as const) {
    expect(largestGap(silhouette(x, rows, drawnLabels, metric).samples, wanted)).toBeLessThanOrEqual(EXACT);
  }
});

test('only the rows asked for are measured, with the factor of each row', () => {
  const doubled = { ...embeddings, scale: new Float64Array(embeddings.rows).fill(2) };
  const some = Uint32Array.of(9, 2, 11, 0, 5);
  const chosen = embeddingsOf(Array.from(some, (row) => set.X[row].map((value) => 2 * value)));
  const someLabels = Uint8Array.from(some, (row) => set.y[row]);
  expect(silhouette(doubled, some, someLabels, 'euclidean')).toEqual(
    silhouette(chosen.embeddings, chosen.all, someLabels, 'euclidean'),
  );
  expect(fisherRatios(classMoments(doubled, some, someLabels))).toEqual(
    fisherRatios(classMoments(chosen.embeddings, chosen.all, someLabels)),
  );
});

test('a singular covariance says so, and shrinkage helps', () => {
  const few = Uint32Array.of(0, 1, 8);
  const fewLabels = Uint8Array.of(0, 0, 1);
  const result = mahalanobis(embeddings, few, fewLabels);
  expect(result.squared).toBeNull();
  expect(result.reason).toMatch(/singular \(3 rows, 3 dimensions\)/);
  expect(mahalanobis(embeddings, few, fewLabels, 0.5).squared).toBeGreaterThan(0);
  expect(mahalanobis(embeddings, Uint32Array.of(0, 1), Uint8Array.of(0, 0)).reason).toMatch(/no rows/);
  expect(() => mahalanobis(embeddings, few, fewLabels, 2)).toThrow(RangeError);
});

test('separation without spread or without a class is null', () => {
  expect(axisSeparation(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 1, 1, 1)).dPrime).toBeNull();
  expect(axisSeparation(Uint8Array.of(0, 1), Float64Array.of(1, 2)).fisher).toBeNull();
  expect(fisherRatios(classMoments(embeddings, all, new Uint8Array(15))).paper).toBeNull();
  expect(silhouette(embeddings, all, new Uint8Array(15), 'cosine').mean).toBeNull();
});

test.each(scikit.overlap)('overlap of $name classes equals that of scipy’s kernels and numpy’s histogram', (c) => {
  const y = Uint8Array.from(c.y);
  const z = Float64Array.from(c.z);
  const kernel = kernelOverlap(y, z);
  expect(largestGap(kernel.bandwidths ?? [], c.bandwidths)).toBeLessThanOrEqual(EXACT);
  expect(Math.abs(Number(kernel.value) - c.kernel)).toBeLessThan(1e-4);
  expect(histogramOverlap(y, z, 20).value).toBeCloseTo(c.histogram20, 12);
});

test('kernel densities integrate to one, and a class without spread has no overlap but a reason', () => {
  const c = scikit.overlap[0];
  const { grid, densities } = kernelOverlap(Uint8Array.from(c.y), Float64Array.from(c.z));
  for (const density of densities) {
    expect(density.reduce((a, b) => a + b) * (grid[1] - grid[0])).toBeCloseTo(1, 10);
  }
  const spike = kernelOverlap(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 1, 0, 2));
  expect([spike.value, spike.reason]).toEqual([null, 'All scores of a class are equal, so it has no density.']);
  expect(kernelOverlap(Uint8Array.of(0, 1), Float64Array.of(1, 2)).reason).toMatch(/fewer than two rows/);
  expect(histogramOverlap(Uint8Array.of(1), Float64Array.of(1)).value).toBeNull();
  expect(histogramOverlap(Uint8Array.of(0, 1), Float64Array.of(1, 1)).value).toBe(1);
});

test('the paper’s signal-to-noise example: 896 dimensions, σ = 0.02', () => {
  expect(paperSignalToNoise(896, 0.02)).toBeCloseTo(2.79, 2);
  expect(signalToNoise(1, Math.sqrt(896), 0.02)).toBeCloseTo(paperSignalToNoise(896, 0.02), 12);
  expect(meanSignalToNoise(Float64Array.of(1, -3), 2, 0.5)).toBeCloseTo(5, 12);
  expect(meanSignalToNoise(new Float64Array(0), 2, 0.5)).toBeNull();
  for (const [norm, sigma] of [
    [2, 0],
    [0, 0.5],
    [NaN, 1],
  ]) {
    expect(signalToNoise(1, norm, sigma)).toBeNull();
    expect(meanSignalToNoise(Float64Array.of(0, 0), norm, sigma)).toBeNull();
  }
});

test('tiny angles keep their digits, opposite vectors are 180 degrees apart, a zero vector has no angle', () => {
  const tiny = 1e-9;
  const angle = angleDegrees(Float64Array.of(1, 0), Float64Array.of(Math.cos(tiny), Math.sin(tiny)));
  expect(angle / ((tiny * 180) / Math.PI)).toBeCloseTo(1, 12);
  expect(angleDegrees(Float64Array.of(1, 2), Float64Array.of(-2, -4))).toBeCloseTo(180, 12);
  expect(angleDegrees(Float64Array.of(0, 0), Float64Array.of(1, 0))).toBeNaN();
});

test('a rotation in the plane of the centroids is all common, and nothing is left', () => {
  // Rows that scatter about the first axis, all turned by 20 degrees in the plane of the first two axes.
  const rows = Array.from({ length: 40 }, (_, i) => [1, 0, 0.3 * Math.sin(i), 0.3 * Math.cos(2 * i)]);
  const flat = rows.map((row) => [row[0], 0, row[2] - 0.3 * Math.sin(0), row[3]]);
  const symmetric = flat.flatMap((row) => [row, [row[0], 0, -row[2], -row[3]]]);
  const turn = (20 * Math.PI) / 180;
  const turned = symmetric.map((r) => [
    Math.cos(turn) * r[0] - Math.sin(turn) * r[1],
    Math.sin(turn) * r[0] + Math.cos(turn) * r[1],
    r[2],
    r[3],
  ]);
  const before = embeddingsOf(symmetric);
  const after = embeddingsOf(turned);
  const split = splitAngles(before.embeddings, before.all, after.embeddings, after.all);
  expect(split.common).toBeCloseTo(20, 10);
  expect(split.individual).toBeCloseTo(0, 10);
});

test('noise about the centroid is all individual', () => {
  const before = embeddingsOf(Array.from({ length: 40 }, () => [1, 0, 0]));
  const after = embeddingsOf(
    Array.from({ length: 40 }, (_, i) => [1, 0.2 * Math.cos((i * Math.PI) / 20), 0.2 * Math.sin((i * Math.PI) / 20)]),
  );
  const split = splitAngles(before.embeddings, before.all, after.embeddings, after.all);
  expect(split.common).toBeCloseTo(0, 10);
  expect(split.individual).toBeCloseTo((Math.atan(0.2) * 180) / Math.PI, 10);
});

test('rows that point everywhere, or centroids that are opposite, cannot be split, and the reason is given', () => {
  const everywhere = embeddingsOf([
    [1, 0],
    [-1, 0],
  ]);
  expect(splitAngles(everywhere.embeddings, everywhere.all, everywhere.embeddings, everywhere.all).reason).toMatch(
    /centroid is zero/,
  );
  const one = embeddingsOf([[1, 0]]);
  const other = embeddingsOf([[-1, 0]]);
  expect(splitAngles(one.embeddings, one.all, other.embeddings, other.all).reason).toMatch(/opposite/);
  expect(splitAngles(one.embeddings, new Uint32Array(0), other.embeddings, new Uint32Array(0)).common).toBeNull();
  expect(summarizeAngles(new Float64Array(0)).mean).toBeNull();
  expect(summarizeAngles(Float64Array.of(3, 1, 2, 4), [0, 0.5, 1]).quantiles).toEqual([1, 2.5, 4]);
});
