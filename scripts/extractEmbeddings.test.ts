import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./extract_embeddings.py', import.meta.url));
const CHECK = fileURLToPath(new URL('./fixtures/check_extract.py', import.meta.url));

const NEEDS = 'import sys, numpy; assert sys.version_info >= (3, 9)';
const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', NEEDS]).status === 0);
if (python === undefined) process.stderr.write('Skipped: no python3 with numpy was found.\n');

const run = (...args: string[]) => spawnSync(python ?? '', args, { encoding: 'utf8' });

describe.skipIf(python === undefined)('extract_embeddings.py', () => {
  test('pooling, labels, reading and writing do what they say, without torch', () => {
    const { status, stdout, stderr } = run(CHECK, SCRIPT);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'ok\n', stderr: '' });
  });

  test('help needs neither torch nor transformers', () => {
    const { status, stdout } = run(SCRIPT, '--help');
    expect(status).toBe(0);
    for (const word of [
      '--base',
      '--instruct',
      '--pooling',
      '--layer',
      '--normalize',
      '--device',
      '--batch',
      '--dtype',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test('a file without the column named is told with the columns it has', () => {
    const { status, stderr } = run(
      SCRIPT,
      fileURLToPath(new URL('../public/data/tweets.labels.csv', import.meta.url)),
      '--base',
      'm',
      '--out',
      'o',
    );
    expect(status).toBe(1);
    expect(stderr).toContain('no column is named text. It has row, label, source, source_row.');
  });
});
