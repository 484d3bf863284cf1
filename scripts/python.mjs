import { spawnSync } from 'node:child_process';
import { installBySystem } from './systemPackages.mjs';

const NEEDS = 'import numpy, scipy, sklearn; assert tuple(map(int, sklearn.__version__.split(".")[:2])) >= (1, 2)';
const PACKAGES = { 'apt-get': 'python3-sklearn', dnf: 'python3-scikit-learn' };

const isHere = () => ['python3', '/usr/bin/python3'].some((name) => spawnSync(name, ['-c', NEEDS]).status === 0);

/**
 * Where tests run unattended, sees to a Python with NumPy, SciPy and scikit-learn, which some of them compare with; they are
 * skipped, and counted as skipped, where there is none. Elsewhere nothing is installed for that.
 */
export async function ensurePython(env = process.env) {
  if (!env.CI || isHere()) return;
  console.error("No Python with scikit-learn here; trying the system's package manager");
  await installBySystem(PACKAGES, env);
  if (!isHere()) console.error('There is none: the tests that compare with scikit-learn will be skipped.');
}
