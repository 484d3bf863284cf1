// Runs before anything is installed: Node built-ins only.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const STAMP = join('node_modules', '.installed-lockfile');

/** Whether a Node version string such as '20.19.0' satisfies "^20.19.0 || >=22.12.0". */
export function nodeIsSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

export function requireNode() {
  if (nodeIsSupported(process.versions.node)) return;
  console.error(`This project needs Node 20.19 or newer (20.x), or 22.12 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Platform and lockfile: native packages differ between platforms that share a folder. */
function fingerprint(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  return `${process.platform}-${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}\n`;
}

/** npm keeps what it installed in node_modules/.package-lock.json; optional packages may be left out there. */
function npmInstalledTheLockfile(root) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  let installed;
  try {
    installed = read(join('node_modules', '.package-lock.json'));
  } catch {
    return false;
  }
  return Object.entries(read('package-lock.json')).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && existsSync(join(root, path, 'package.json'));
  });
}

/**
 * Whether node_modules holds exactly what package-lock.json asks for.
 *
 * @param {string} [root] the folder with package-lock.json
 */
export function isInstalled(root = ROOT) {
  const stamp = join(root, STAMP);
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (!npmInstalledTheLockfile(root)) return false;
  writeFileSync(stamp, wanted);
  return true;
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && basename(cli) === 'npm-cli.js')
    return { command: process.execPath, args: [cli], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * Runs `npm ci` when node_modules is missing or older than package-lock.json. Everything it prints goes to standard
 * error. Ends the process when the installation fails. Install scripts are not run: no package here needs one.
 */
export async function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  console.error('Installing the packages of package-lock.json (npm ci)');
  const { command, args, shell } = npmCommand();
  // --include: NODE_ENV=production or a user's npmrc would leave out the tools that build and test.
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const code = await run(command, [...args, ...flags, '--loglevel=error'], {
    cwd: ROOT,
    shell,
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) {
    console.error(
      `npm ci failed with exit code ${code}. Check the network or the npm registry setting, then run this again.`,
    );
    process.exit(1);
  }
  writeFileSync(join(ROOT, STAMP), fingerprint(ROOT));
}
