import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { meanPairwiseCosine } from '../core/linalg/meanCosine.ts';
import { normSummary } from './checks.ts';
import { loadLabels, loadVersion } from './loadSet.ts';
import { parseManifest } from './manifest.ts';

const FOLDER = new URL('../../public/data/', import.meta.url);
const fetchBytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(path, FOLDER)));
const manifest = parseManifest(JSON.parse(await readFile(new URL('manifest.json', FOLDER), 'utf8')));

test('the manifest lists every data file that ships, and nothing else', async () => {
  const shipped = (await readdir(FOLDER)).filter((name) => /\.(npy|csv)$/.test(name));
  const listed = manifest.sets.flatMap((set) => [set.labels.file, ...set.versions.map((version) => version.file)]);
  expect(listed.sort()).toEqual(shipped.sort());
  expect(manifest.sets.map((set) => [set.id, set.versions.length])).toEqual([
    ['tweets', 7],
    ['prompts', 4],
  ]);
});

test('the shipped files hold no text: labels, row numbers and names of sources only', async () => {
  for (const set of manifest.sets) {
    const text = new TextDecoder().decode(await fetchBytes(set.labels.file));
    const lines = text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('row,label,source,source_row');
    expect(lines.slice(1).every((line) => /^\d+,[01],[a-z-]+,\d+$/.test(line))).toBe(true);
  }
});

describe.each(manifest.sets)('$id', (set) => {
  test.each(set.versions)(
    'version $id has the size, hash, shape and unit rows that the manifest promises',
    async (version) => {
      const loaded = await loadVersion(set, version, fetchBytes);
      expect([loaded.rows, loaded.dims, loaded.dtype, loaded.sha256]).toEqual([
        set.rows,
        set.dims,
        'float16',
        version.sha256,
      ]);
      const norms = normSummary(loaded.values, loaded.rows, loaded.dims);
      expect(norms?.min).toBeGreaterThan(0.999);
      expect(norms?.max).toBeLessThan(1.001);
    },
  );

  test('the labels agree with the manifest on rows, sources and their labels', async () => {
    const { labels, rows, columns, split } = await loadLabels(set, fetchBytes);
    expect([rows, split]).toEqual([set.rows, null]);
    expect(columns.get('row')?.every((value, i) => value === String(i))).toBe(true);
    const column = columns.get('source') ?? [];
    expect([...new Set(column)].sort()).toEqual(set.sources.map((source) => source.id).sort());
    for (const source of set.sources) {
      const of = Array.from(labels).filter((_, i) => column[i] === source.id);
      expect(of.length).toBe(source.rows);
      const classes = [...new Set(of)];
      expect(classes.length === 1 ? classes[0] : null).toBe(source.label);
    }
  });
});

test('the base versions have the mean pairwise cosine that NumPy finds over all pairs', async () => {
  const cosines: number[] = [];
  for (const set of manifest.sets) {
    const { values, rows, dims } = await loadVersion(set, set.versions[0], fetchBytes);
    cosines.push(meanPairwiseCosine({ values, rows, dims, scale: new Float64Array(rows).fill(1) }) ?? NaN);
  }
  expect(cosines[0]).toBeCloseTo(0.3000440575583712, 9);
  expect(cosines[1]).toBeCloseTo(0.24417325619572147, 9);
});
