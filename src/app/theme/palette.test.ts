import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, difference, parseHex, simulate } from './colorVision.ts';
import { palette, tokenName, type ThemeColors, type ThemeName } from './palette.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes: readonly ThemeName[] = ['light', 'dark'];
const surfaces = ['surface', 'surfaceRaised', 'surfaceSunken'] as const;
const texts = [
  'ink',
  'inkMuted',
  'accent',
  'right',
  'wrong',
  'silent',
  'ghost',
  'current',
  'confidence',
  'ece',
  'good',
  'danger',
] as const;
const marks = ['lineStrong', 'bandEdge'] as const;
const together: ReadonlyArray<ReadonlyArray<keyof ThemeColors>> = [
  ['current', 'right', 'confidence', 'ece', 'silent'],
  ['right', 'wrong', 'silent'],
  ['current', 'ece', 'bandEdge'],
];

/** The custom properties declared directly in each rule with this exact selector. */
function declarations(selector: string): Array<Map<string, string>> {
  const found: Array<Map<string, string>> = [];
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{([^{}]*)\}/g);
  for (const [, name, body] of rules) {
    if (name.trim() !== selector) continue;
    found.push(new Map([...body.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)].map(([, key, value]) => [key, value.trim()])));
  }
  return found;
}

function colors(rule: Map<string, string>): Record<string, string> {
  return Object.fromEntries([...rule].filter(([key]) => key.startsWith('--color-')));
}

function expected(theme: ThemeName): Record<string, string> {
  return Object.fromEntries(Object.entries(palette[theme]).map(([role, value]) => [tokenName(role), value]));
}

describe('tokens.css', () => {
  test('spells the light palette on :root', () => {
    expect(colors(declarations(':root')[0])).toEqual(expected('light'));
  });

  test('spells the dark palette for data-theme=dark', () => {
    expect(colors(declarations(":root[data-theme='dark']")[0])).toEqual(expected('dark'));
  });

  test('spells the same dark palette for a dark system unless light is asked for', () => {
    expect(css).toMatch(/@media \(prefers-color-scheme: dark\)\s*\{\s*:root:not\(\[data-theme='light'\]\)/);
    expect(colors(declarations(":root:not([data-theme='light'])")[0])).toEqual(expected('dark'));
  });

  test('gives every colour a system colour when the system forces its own', () => {
    const forced = declarations(':root:root')[0];
    expect(Object.keys(colors(forced)).sort()).toEqual(Object.keys(expected('light')).sort());
    for (const value of Object.values(colors(forced))) {
      expect(['Canvas', 'CanvasText', 'GrayText', 'Highlight', 'HighlightText', 'LinkText']).toContain(value);
    }
  });
});

describe.each(themes)('the %s theme', (theme) => {
  const colorsOf = palette[theme];

  test.each(texts)('shows %s as text at 4.5:1 or more on every surface', (role) => {
    for (const surface of surfaces) expect(contrast(colorsOf[role], colorsOf[surface])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)('shows %s as a mark at 3:1 or more on every surface', (role) => {
    for (const surface of surfaces) expect(contrast(colorsOf[role], colorsOf[surface])).toBeGreaterThanOrEqual(3);
  });

  test('shows text on filled controls at 4.5:1 or more', () => {
    expect(contrast(colorsOf.onAccent, colorsOf.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colorsOf.onSilent, colorsOf.silent)).toBeGreaterThanOrEqual(4.5);
  });

  test('shows marks over the consistency band at 3:1 or more', () => {
    for (const role of ['current', 'ece', 'right'] as const) {
      expect(contrast(colorsOf[role], colorsOf.band)).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(['normal', 'protanopia', 'deuteranopia'] as const)(
    'keeps colours that share a chart at least 8 OKLab steps apart under %s vision',
    (vision) => {
      for (const group of together) {
        group.forEach((a, i) => {
          for (const b of group.slice(i + 1)) {
            const [x, y] = [parseHex(colorsOf[a]), parseHex(colorsOf[b])];
            const apart = vision === 'normal' ? difference(x, y) : difference(simulate(x, vision), simulate(y, vision));
            expect(apart, `${a} and ${b}`).toBeGreaterThanOrEqual(8);
          }
        });
      }
    },
  );
});

test('contrast of black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
});

test('Machado matrices leave grey grey', () => {
  for (const deficiency of ['protanopia', 'deuteranopia'] as const) {
    for (const channel of simulate(parseHex('#808080'), deficiency)) {
      expect(channel).toBeCloseTo(parseHex('#808080')[0], 5);
    }
  }
});

test('a pure red and a dark yellow-brown that normal vision tells apart come close under protanopia', () => {
  const [red, olive] = [parseHex('#a02020'), parseHex('#504a10')];
  expect(difference(red, olive)).toBeGreaterThan(
    2 * difference(simulate(red, 'protanopia'), simulate(olive, 'protanopia')),
  );
});
