import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, runBounded } from './processes.mjs';

const node = (code: string): [string, string[]] => [process.execPath, ['-e', code]];

test('run gives the exit code, and 127 for a command that is not there', async () => {
  expect(await run(...node('process.exit(3)'))).toBe(3);
  expect(await run('no-such-command-here', [], { stdio: 'ignore' })).toBe(127);
  expect(await run(...node('process.kill(process.pid, "SIGTERM")'))).toBe(143);
});

test('a bounded run says whether the command ended well', async () => {
  expect(await runBounded(...node(''), { waitMs: 20_000 })).toBe(true);
  expect(await runBounded(...node('process.exit(1)'), { waitMs: 20_000 })).toBe(false);
  expect(await runBounded('no-such-command-here', [], { waitMs: 20_000 })).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A killed process that nobody has waited for yet is a zombie, not alive.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

test.skipIf(process.platform === 'win32')('a command that hangs is ended together with what it started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'processes-'));
  const note = join(folder, 'pid');
  const hang = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    require('node:fs').writeFileSync(${JSON.stringify(note)}, String(child.pid));
    setInterval(() => {}, 1000);`;
  const began = performance.now();
  expect(await runBounded(...node(hang), { waitMs: 3000 })).toBe(false);
  expect(performance.now() - began).toBeLessThan(15_000);
  const grandchild = Number(readFileSync(note, 'utf8'));
  await expect.poll(() => isAlive(grandchild), { timeout: 5000 }).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

test('output that counts as progress starts the wait anew, and the total still ends it', async () => {
  const moving = `setInterval(() => console.error('20% of 100 MiB'), 200); setTimeout(() => process.exit(0), 3500);`;
  const options = { waitMs: 2000, progress: /\b[1-9]\d?% of/ };
  expect(await runBounded(...node(moving), { ...options, totalMs: 20_000 })).toBe(true);
  expect(await runBounded(...node(moving), { ...options, totalMs: 2500 })).toBe(false);
});
