import { execFile, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { isProgram, runBounded } from './processes.mjs';
import { ROOT } from './setup.mjs';
import { installBySystem } from './systemPackages.mjs';

/** The one line a person reads when every way failed. */
export const HOW_TO_GET_ONE =
  'No Chromium was found: install Chromium or Chrome, or set CHROMIUM_PATH=/path/to/chromium, then run this again.';

const CHROMIUM_PACKAGES = {
  'apt-get': 'chromium',
  dnf: 'chromium',
  pacman: 'chromium',
  apk: 'chromium',
  zypper: 'chromium',
  brew: 'chromium',
};

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];

/** Where browsers lie that are not on PATH. */
function knownLocations(env, platform) {
  if (platform === 'darwin') {
    const apps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
    return ['/Applications', `${env.HOME ?? ''}/Applications`].flatMap((folder) =>
      apps.map((app) => `${folder}/${app}`),
    );
  }
  if (platform === 'win32') {
    const programs = ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe'];
    const edge = 'Microsoft\\Edge\\Application\\msedge.exe';
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    return [...programs, edge].flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ];
}

/** Every installed program that may be a Chromium, the likeliest first. */
export function candidates(env = process.env, platform = process.platform) {
  const suffix = platform === 'win32' ? '.exe' : '';
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...new Set([...onPath, ...knownLocations(env, platform)])].filter(isProgram);
}

const VERSION_WAIT_MS = 20_000;
const isVersion = (text) => /Chrom|Edge/.test(text);

/** Whether the program starts and calls itself a Chromium: a stub that asks for a snap, or one without its libraries, does not. */
async function starts(path, platform) {
  if (!isProgram(path)) return false;
  if (platform === 'win32') return true; // There --version opens a window instead of printing.
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_WAIT_MS });
    return isVersion(stdout);
  } catch {
    return false;
  }
}

async function firstThatStarts(paths, platform) {
  for (const path of paths) if (await starts(path, platform)) return path;
  return null;
}

/** Where Playwright keeps, or would keep, its own Chromium; null when Playwright has none for this system. */
function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath() || null;
  } catch {
    return null;
  }
}

async function installByPlaywright(env) {
  const cli = join(ROOT, 'node_modules', 'playwright', 'cli.js');
  await runBounded(process.execPath, [cli, 'install', 'chromium', '--no-shell'], {
    waitMs: 90_000,
    totalMs: 300_000,
    progress: /\b[1-9]\d?% of/, // A download that moves may take longer.
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...env },
  });
}

/**
 * A Chromium that starts: CHROMIUM_PATH, else one that is installed, else Playwright's own, else one that Playwright or
 * the system's package manager can install now. Progress goes to standard error.
 *
 * @param {object} [options] all for tests; a caller needs none
 * @returns {Promise<string>} its path; rejects with one line that says what to do
 */
export async function findChromium({
  env = process.env,
  platform = process.platform,
  installed = () => candidates(env, platform),
  own = playwrightsOwn,
  installers = [
    { name: 'Playwright', install: () => installByPlaywright(env) },
    { name: "the system's package manager", install: () => installBySystem(CHROMIUM_PACKAGES, env) },
  ],
  log = (line) => console.error(line),
} = {}) {
  if (env.CHROMIUM_PATH) {
    if (await starts(env.CHROMIUM_PATH, platform)) return env.CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH=${env.CHROMIUM_PATH} is not a Chromium that starts. Correct it or unset it.`);
  }
  const search = () => firstThatStarts([...installed(), own()].filter(Boolean), platform);
  const found = await search();
  if (found !== null) return found;
  for (const { name, install } of installers) {
    log(`No Chromium here; trying ${name}`);
    await install();
    const now = await search();
    if (now !== null) return now;
  }
  throw new Error(HOW_TO_GET_ONE);
}

/**
 * The Chromium that is here already, found without waiting or installing: for tools that read their settings
 * synchronously. Undefined when there is none but Playwright's own, which Playwright finds by itself.
 */
export function installedChromium(env = process.env, platform = process.platform) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  return candidates(env, platform).find((path) => {
    if (platform === 'win32') return true;
    try {
      return isVersion(
        execFileSync(path, ['--version'], {
          encoding: 'utf8',
          timeout: VERSION_WAIT_MS,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      );
    } catch {
      return false;
    }
  });
}
