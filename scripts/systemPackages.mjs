import { execFileSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { isProgram, runBounded } from './processes.mjs';

/** Commands before the package's name, for each package manager that may be here. `root`: whether it needs to be root. */
const PACKAGE_MANAGERS = [
  { name: 'apt-get', root: true, commands: [['update'], ['install', '-y', '--no-install-recommends']] },
  { name: 'dnf', root: true, commands: [['install', '-y']] },
  { name: 'pacman', root: true, commands: [['-Sy', '--noconfirm', '--needed']] },
  { name: 'apk', root: true, commands: [['add', '--no-cache']] },
  { name: 'zypper', root: true, commands: [['--non-interactive', 'install']] },
  { name: 'brew', root: false, commands: [['install', '--cask']] },
];

const onPath = (name, env) =>
  (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .some((folder) => isProgram(join(folder, name)));

function sudoAsksNothing(env) {
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: 10_000, env });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs a package by the package manager that is here, where that needs no password; whether it worked is for the caller to
 * see. Does nothing where `packages` has no name for that manager.
 *
 * @param {Readonly<Record<string, string>>} packages its name for each package manager
 * @param {NodeJS.ProcessEnv} env
 */
export async function installBySystem(packages, env) {
  const manager = PACKAGE_MANAGERS.find(({ name }) => onPath(name, env));
  if (manager === undefined || packages[manager.name] === undefined) return;
  const isRoot = process.getuid?.() === 0;
  if (manager.root && !isRoot && !sudoAsksNothing(env)) return;
  const asRoot = manager.root && !isRoot ? ['sudo', '-n'] : [];
  for (const args of manager.commands) {
    const package_ = args[0] === 'update' ? [] : [packages[manager.name]];
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', manager.name, ...args, ...package_];
    const ok = await runBounded(command, rest, { waitMs: 600_000, env });
    // A failed `update` of one source among many does not mean that the package is missing.
    if (!ok && args[0] !== 'update') return;
  }
}
