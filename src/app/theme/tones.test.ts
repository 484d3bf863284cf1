import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, difference, parseHex, simulate } from './colorVision.ts';
import { palette, tokenName, type ThemeName } from './palette.ts';

const css = readFileSync(new URL('../../charts/tones.css', import.meta.url), 'utf8');
const themes: readonly ThemeName[] = ['light', 'dark'];
const METRICS = ['rocAuc', 'accuracy', 'meanConfidence', 'ece', 'silentFailureRate', 'f1'];
const PLAIN = ['plain-1', 'plain-2', 'plain-3', 'plain-4'];
const PAIR = ['a', 'b'];
const TONES = [...METRICS, ...PAIR, ...PLAIN];

/** What a custom property is set to for a tone. */
function propertyOf(tone: string, property: string): string | undefined {
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selectors.split(',').some((name) => name.trim() === `.tone-${tone}`)) continue;
    const found = new RegExp(`--${property}:\\s*([^;]+);`).exec(body);
    if (found) return found[1].trim();
  }
  return undefined;
}

/** The colours that F1 has of its own, in the order of the file: light, dark, dark by the system. */
const OWN = [...css.matchAll(/--color-f1:\s*(#[0-9a-f]{6});/g)].map(([, hex]) => hex);

function colorOf(tone: string, theme: ThemeName): string {
  const token = /^var\((--[\w-]+)\)$/.exec(propertyOf(tone, 'tone') ?? '')?.[1];
  if (token === '--color-f1') return OWN[theme === 'light' ? 0 : 1];
  const role = Object.entries(palette[theme]).find(([name]) => tokenName(name) === token);
  if (!role) throw new Error(`Tone ${tone} has no colour of the palette: ${token}`);
  return role[1];
}

test('both ways into the dark theme give F1 the same colour', () => {
  expect(OWN).toHaveLength(3);
  expect(OWN[2]).toBe(OWN[1]);
});

describe.each(themes)('the tones of the %s theme', (theme) => {
  test.each(TONES)('%s reads as text at 4.5:1 or more on every surface', (tone) => {
    for (const surface of ['surface', 'surfaceRaised', 'surfaceSunken'] as const) {
      expect(contrast(colorOf(tone, theme), palette[theme][surface])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['normal', 'protanopia', 'deuteranopia'] as const)(
    'stay at least 8 OKLab steps apart, %s vision',
    (vision) => {
      const seen = (tone: string) => {
        const color = parseHex(colorOf(tone, theme));
        return vision === 'normal' ? color : simulate(color, vision);
      };
      for (const group of [METRICS, PAIR, PLAIN]) {
        group.forEach((one, i) => {
          for (const other of group.slice(i + 1)) {
            expect(difference(seen(one), seen(other)), `${one} and ${other}`).toBeGreaterThanOrEqual(8);
          }
        });
      }
    },
  );
});

test.each([PLAIN, PAIR])('lines of one group differ by their dash as well as by colour', (...group) => {
  const dashes = group.map((tone) => propertyOf(tone, 'dash') ?? 'none');
  expect(new Set(dashes).size).toBe(group.length);
});
