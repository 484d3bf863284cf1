import { describe, expect, test } from 'vitest';
import { DataError } from './errors.ts';
import { loadLabels, loadVersion } from './loadSet.ts';
import { findSet, findVersion, parseManifest } from './manifest.ts';
import { writeNpy } from './npyWrite.ts';
import { sha256Plain } from './sha256Plain.ts';

const npy = writeNpy(new Float64Array([1, 2, 3, 4, 5, 6]), 3, 2);
const csv = new TextEncoder().encode('label,source\n0,a\n1,a\n1,b\n');
const link = { licence: 'MIT', licenceUrl: null, url: null, attribution: 'someone' };

type Json = Record<string, unknown>;
const manifestJson = (set: Json = {}, version: Json = {}): Json => ({
  schema: 1,
  encoders: [{ id: 'e', title: 'E', dims: 2, source: 's', ...link }],
  sets: [
    {
      id: 'tiny',
      title: 'Tiny',
      encoder: 'e',
      rows: 3,
      dims: 2,
      name1: 'one',
      name0: 'zero',
      label1: 'one',
      label0: 'zero',
      source: 's',
      ...link,
      sources: [
        { id: 'a', title: 'A', label: null, rows: 2, ...link },
        { id: 'b', title: 'B', label: 1, rows: 1, ...link },
      ],
      labels: { file: 'tiny.labels.csv', sha256: sha256Plain(csv), bytes: csv.length },
      notes: [],
      sliceColumns: ['source'],
      defaultVersion: 'base',
      versions: [
        {
          id: 'late',
          order: 1,
          title: 'L',
          changed: 'c',
          dtype: 'float64',
          file: 'l.npy',
          sha256: '0'.repeat(64),
          bytes: 9,
        },
        {
          id: 'base',
          order: 0,
          title: 'B',
          changed: 'nothing',
          dtype: 'float64',
          file: 'tiny.base.npy',
          sha256: sha256Plain(npy),
          bytes: npy.length,
          ...version,
        },
      ],
      ...set,
    },
  ],
});
const files: Readonly<Record<string, Uint8Array>> = { 'tiny.base.npy': npy, 'tiny.labels.csv': csv };
const load = async (
  version: Json = {},
  set: Json = {},
  bytes: Readonly<Record<string, Uint8Array>> = files,
): Promise<Float32Array | Float64Array> => {
  const parsed = parseManifest(manifestJson(set, version));
  const found = findSet(parsed, 'tiny');
  return (await loadVersion(found, findVersion(found, null), async (path) => bytes[path])).values;
};

describe('a version', () => {
  test('is loaded when size, hash, shape and type agree with the manifest', async () => {
    expect(Array.from(await load())).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test('is refused when one byte differs', async () => {
    const changed = npy.slice();
    changed[npy.length - 1] ^= 1;
    await expect(load({}, {}, { 'tiny.base.npy': changed })).rejects.toThrow(
      /^tiny\.base\.npy: its SHA-256 is .* the manifest says/,
    );
  });
  test('is refused when the size differs, and a web page in its place is named', async () => {
    await expect(load({}, {}, { 'tiny.base.npy': npy.subarray(1) })).rejects.toThrow(
      'it is 175 bytes long, the manifest says 176',
    );
    const page = new TextEncoder().encode('<!DOCTYPE html><html></html>');
    await expect(load({}, {}, { 'tiny.base.npy': page })).rejects.toThrow('the server answered with a web page');
  });
  test('is refused when shape or type differ from the manifest', async () => {
    const sources = [{ id: 'a', title: 'A', label: null, rows: 4, ...link }];
    await expect(load({}, { rows: 4, sources })).rejects.toThrow('it is 3 × 2, the manifest says 4 × 2');
    await expect(load({ dtype: 'float16' })).rejects.toThrow('it holds float64, the manifest says float16');
  });
  test('reports progress through the fetch that it is given', async () => {
    const set = findSet(parseManifest(manifestJson()), 'tiny');
    const seen: number[] = [];
    await loadVersion(
      set,
      findVersion(set, 'base'),
      async (path, onProgress) => {
        onProgress?.(88, 176);
        return files[path];
      },
      undefined,
      (received) => seen.push(received),
    );
    expect(seen).toEqual([88]);
  });
});

describe('labels', () => {
  const labelsOf = (text: string, set: Json = {}): Promise<unknown> => {
    const bytes = new TextEncoder().encode(text);
    const labels = { file: 'tiny.labels.csv', sha256: sha256Plain(bytes), bytes: bytes.length };
    const found = findSet(parseManifest(manifestJson({ labels, ...set })), 'tiny');
    return loadLabels(found, async () => bytes);
  };
  test('are loaded with their columns', async () => {
    const read = await loadLabels(findSet(parseManifest(manifestJson()), 'tiny'), async (path) => files[path]);
    expect(Array.from(read.labels)).toEqual([0, 1, 1]);
    expect(read.columns.get('source')).toEqual(['a', 'a', 'b']);
  });
  test('are refused when rows, classes or slice columns are not those of the set', async () => {
    await expect(labelsOf('label,source\n0,a\n1,a\n')).rejects.toThrow(
      'it has 3 rows but tiny.labels.csv has 2 labels',
    );
    await expect(labelsOf('label,source\n1,a\n1,a\n1,b\n')).rejects.toThrow('all 3 labels are 1');
    await expect(labelsOf('label,other\n0,a\n1,a\n1,b\n')).rejects.toThrow('it has no column "source"');
  });
});

describe('the manifest', () => {
  test('orders versions and finds them by id', () => {
    const set = findSet(parseManifest(manifestJson()), 'tiny');
    expect(set.versions.map((version) => version.id)).toEqual(['base', 'late']);
    expect(findVersion(set, 'late').title).toBe('L');
    expect(findVersion(set, null).id).toBe('base');
    expect(() => findVersion(set, 'x')).toThrow('set "tiny" has no version "x". Choose one of base, late.');
    expect(() => findSet(parseManifest(manifestJson()), 'x')).toThrow('there is no set "x". Choose one of tiny.');
  });
  test.each([
    [{ rows: 0 }, {}, 'sets[0].rows is not a whole number'],
    [{ title: '' }, {}, 'sets[0].title is not a text'],
    [{ licenceUrl: undefined }, {}, 'sets[0].licenceUrl is not a text'],
    [{ encoder: 'f' }, {}, 'sets[0].encoder names "f"'],
    [{ dims: 3 }, {}, 'sets[0].dims is 3, but its encoder gives 2'],
    [{ versions: [] }, {}, 'sets[0].versions is empty'],
    [{ defaultVersion: 'x' }, {}, 'sets[0].defaultVersion names "x"'],
    [{ sources: [] }, {}, 'sets[0].sources have 0 rows in all, not 3'],
    [{ notes: [1] }, {}, 'sets[0].notes[0] is not a text'],
    [{ labels: null }, {}, 'sets[0].labels is not a JSON object'],
    [{}, { file: '../x.npy' }, 'sets[0].versions[1].file is not a plain file name'],
    [{}, { sha256: 'A'.repeat(64) }, 'sets[0].versions[1].sha256 is not 64'],
    [{}, { dtype: 'int64' }, 'sets[0].versions[1].dtype is not one of'],
    [{}, { id: 'late' }, 'sets[0].versions names "late" twice'],
  ])('with %j %j is refused by the name of the field', (set, version, words) => {
    expect(() => parseManifest(manifestJson(set, version))).toThrow(words);
    expect(() => parseManifest(manifestJson(set, version))).toThrow(DataError);
  });
  test.each([[null], [[]], ['x'], [{ schema: 2 }], [{ schema: 1 }]])('%j is refused', (json) => {
    expect(() => parseManifest(json)).toThrow(DataError);
  });
});
