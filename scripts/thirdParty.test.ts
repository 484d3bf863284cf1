import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };

/** What the page is built from: the dependencies and theirs, by name. */
function shipped(): Map<string, Locked> {
  const found = new Map<string, Locked>();
  const add = (names: readonly string[]): void => {
    for (const name of names) {
      const locked = packages[`node_modules/${name}`];
      if (found.has(name) || locked === undefined) continue;
      found.set(name, locked);
      add(Object.keys(locked.dependencies ?? {}));
    }
  };
  add(Object.keys(packages[''].dependencies ?? {}));
  return found;
}

/** Types, and what the CPU backend of TensorFlow.js asks for to fetch files in Node: no line of these is in the build. */
const NOT_BUILT = /^@types\/|^@webgpu\/types$|^(node-fetch|whatwg-url|tr46|webidl-conversions)$/;

test('the notices name every package that is built into the page', () => {
  const headings = [...read('public/third-party.txt').matchAll(/^(.+)\n-{3,}$/gm)].flatMap(([, line]) =>
    line.split(/[,;]\s*/),
  );
  const built = [...shipped().keys()].filter((name) => !NOT_BUILT.test(name));
  expect(built).toContain('hysnappy');
  expect(built.filter((name) => !headings.includes(name))).toEqual([]);
});

test('every package that is installed with the lab allows it to be given on', () => {
  const licences = [...shipped()].map(([name, { license }]) => [name, license] as const);
  expect(licences.length).toBeGreaterThan(10);
  expect(licences.filter(([, licence]) => !/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause)$/.test(licence ?? 'none'))).toEqual(
    [],
  );
});
