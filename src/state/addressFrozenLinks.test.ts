import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { captured } from '../../cli/testing/capture.ts';
import { decodeLink, encodeLink, LINK_VERSION } from '../spec/link.ts';

interface Frozen {
  readonly what: string;
  readonly link: string;
  readonly metrics: Readonly<Record<string, number | null>>;
}

const FROZEN = fileURLToPath(new URL('../spec/fixtures/frozenLinks/', import.meta.url));
const versions = readdirSync(FROZEN)
  .filter((name) => /^v\d+\.json$/.test(name))
  .map((name) => ({ version: Number(name.slice(1, -5)), links: JSON.parse(readFileSync(FROZEN + name, 'utf8')) }));
const frozen: readonly Frozen[] = versions.flatMap(({ links }) => links as Frozen[]);
const folder = mkdtempSync(join(tmpdir(), 'frozen-links-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a link that was sent once', () => {
  test('exists for every version and every kind of drift', () => {
    const expected = Array.from({ length: LINK_VERSION }, (_, k) => k + 1);
    expect(versions.map(({ version }) => version).sort()).toEqual(expected);
    const kinds = new Set(frozen.map(({ link }) => decodeLink(link).spec.drift.kind));
    expect([...kinds].sort()).toEqual(
      ['directional', 'gaussian', 'mean-shift', 'model', 'rotation', 'scaling', 'subspace'].sort(),
    );
    expect(frozen.length).toBeGreaterThanOrEqual(12);
  });

  test('is short', () => {
    const lengths = frozen.map(({ link }) => link.length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(120);
  });

  test('names own rows by the digests of their bytes', () => {
    const own = frozen.map(({ link }) => decodeLink(link).spec.data.own).find((one) => one !== null);
    const values = readFileSync(`${FROZEN}own.npy`).subarray(-4 * 80 * 6);
    const labels = readFileSync(`${FROZEN}own.csv`, 'utf8').trim().split('\n').slice(1).map(Number);
    const sha = (...parts: Uint8Array[]) => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest();
    };
    const digest = (...parts: Uint8Array[]) =>
      sha(sha(...parts))
        .toString('hex')
        .slice(0, 16);
    expect(own).toEqual({
      rows: 80,
      dims: 6,
      embeddings: digest(Buffer.from('80 6 float32\n'), values),
      labels: digest(Uint8Array.from(labels)),
      target: null,
    });
  });

  for (const { what, link, metrics } of frozen) {
    test(`keeps its numbers: ${what}`, { timeout: 30_000 }, async () => {
      const { spec, problems, unknown } = decodeLink(link);
      expect([problems, unknown]).toEqual([[], []]);
      expect(decodeLink(encodeLink(spec)).spec).toEqual(spec);
      const path = join(folder, 'spec.json');
      writeFileSync(path, JSON.stringify(spec));
      const own = spec.data.own ? ['--embeddings', `${FROZEN}own.npy`, '--labels', `${FROZEN}own.csv`] : [];
      const { code, stdout, stderr } = await captured(['run', path, ...own]);
      expect(code, stderr).toBe(0);
      const now = (JSON.parse(stdout) as { metrics: Record<string, number | null> }).metrics;
      for (const [name, value] of Object.entries(metrics)) {
        if (value === null) expect(now[name], name).toBe(null);
        else expect(Math.abs((now[name] ?? NaN) - value), name).toBeLessThanOrEqual(1e-9);
      }
    });
  }
});
