import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';

/** Ends a process and everything it started. POSIX: the child must lead its own process group (`detached`). */
function killTree(child) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => {});
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is already gone.
  }
}

/**
 * Runs a command in the foreground with the terminal's own streams and passes on the signals that end this process.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 127 when the command could not be started, 128 + signal when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const done = (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(127);
    });
    child.on('close', (code, signal) =>
      done(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0)),
    );
  });
}

/**
 * Runs a command that may hang, in its own process group, and ends the whole group when time is up. Its output goes to
 * standard error.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {number} options.waitMs the longest silence on progress that is allowed, in ms
 * @param {number} [options.totalMs] the longest run, in ms; the same as waitMs when left out
 * @param {RegExp} [options.progress] output that counts as progress and starts the wait anew
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<boolean>} whether it ended by itself with exit code 0
 */
export function runBounded(command, args, { waitMs, totalMs = waitMs, progress, env = process.env }) {
  return new Promise((resolve) => {
    const posix = process.platform !== 'win32';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: posix, env });
    let wait;
    const stop = () => killTree(child);
    const startWait = () => {
      clearTimeout(wait);
      wait = setTimeout(stop, waitMs);
    };
    const total = setTimeout(stop, totalMs);
    startWait();
    const show = (chunk) => {
      process.stderr.write(chunk);
      if (progress?.test(String(chunk))) startWait();
    };
    child.stdout.on('data', show);
    child.stderr.on('data', show);
    const interrupted = (signal) => {
      stop();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    process.on('SIGINT', interrupted);
    process.on('SIGTERM', interrupted);
    const done = (ok) => {
      clearTimeout(wait);
      clearTimeout(total);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve(ok);
    };
    child.on('error', () => done(false));
    // 'exit', not 'close': a grandchild that keeps the pipes open must not hold the wait.
    child.on('exit', (code) => done(code === 0));
  });
}

/** Whether there is a file at this path that can be run. */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
