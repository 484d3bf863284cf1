import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Names of the fixtures that other programs wrote. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER).filter((name) => !/\.(py|mjs|md)$/.test(name));

export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(FOLDER + name));
}
