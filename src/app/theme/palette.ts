/**
 * The colours of the lab, by role, for both themes. This file is the source; tokens.css spells the same values as custom
 * properties (`inkMuted` is `--color-ink-muted`) and palette.test.ts holds them together.
 *
 * Hues start from Okabe and Ito's set (jfly.uni-koeln.de/color, 2008) and are moved in lightness until every mark and label
 * reads on its background. A colour is never the only carrier of a meaning: dash, marker and label say the same.
 */
export type ThemeName = 'light' | 'dark';

export interface ThemeColors {
  /** The page. */
  readonly surface: string;
  /** Cards and chart frames. */
  readonly surfaceRaised: string;
  /** Wells: inputs, table heads, tracks. */
  readonly surfaceSunken: string;
  readonly ink: string;
  readonly inkMuted: string;
  /** Grid lines and hairlines: decoration, no information. */
  readonly line: string;
  /** Axes, borders of controls: ≥ 3:1. */
  readonly lineStrong: string;
  /** Focus rings, links, pressed controls. */
  readonly accent: string;
  /** Text on `accent`. */
  readonly onAccent: string;
  /** Right answers; accuracy. */
  readonly right: string;
  /** Wrong answers that were unsure. */
  readonly wrong: string;
  /** Silent failures: wrong and confident; their rate. */
  readonly silent: string;
  /** Text on a surface filled with `silent`. */
  readonly onSilent: string;
  /** The clean state, as a dashed ghost. */
  readonly ghost: string;
  /** The state shown now; AUC. */
  readonly current: string;
  /** Mean confidence. */
  readonly confidence: string;
  /** Calibration error and the gaps it averages. */
  readonly ece: string;
  /** Fill of the consistency band: an area behind the marks, told apart by its outline. */
  readonly band: string;
  /** Outline of the consistency band. */
  readonly bandEdge: string;
  readonly good: string;
  readonly danger: string;
}

export const palette: Readonly<Record<ThemeName, ThemeColors>> = {
  light: {
    surface: '#f6f7f8',
    surfaceRaised: '#ffffff',
    surfaceSunken: '#eef0f2',
    ink: '#14181d',
    inkMuted: '#525c68',
    line: '#dde1e6',
    lineStrong: '#737d89',
    accent: '#0b5cad',
    onAccent: '#ffffff',
    right: '#0a62c9',
    wrong: '#b84700',
    silent: '#c0127f',
    onSilent: '#ffffff',
    ghost: '#626c78',
    current: '#14181d',
    confidence: '#00502f',
    ece: '#866500',
    band: '#e3e8ee',
    bandEdge: '#7f8a97',
    good: '#07663f',
    danger: '#b3261e',
  },
  dark: {
    surface: '#101418',
    surfaceRaised: '#171c21',
    surfaceSunken: '#0b0e11',
    ink: '#eef1f4',
    inkMuted: '#a7b1bc',
    line: '#2a323a',
    lineStrong: '#75818e',
    accent: '#7db8ff',
    onAccent: '#0b0e11',
    right: '#7db8ff',
    wrong: '#ff8f50',
    silent: '#e765b5',
    onSilent: '#1a0512',
    ghost: '#96a1ad',
    current: '#eef1f4',
    confidence: '#1fd68a',
    ece: '#c08512',
    band: '#262e37',
    bandEdge: '#74808d',
    good: '#1fd68a',
    danger: '#ff8a80',
  },
};

/** `surfaceRaised` → `--color-surface-raised`. */
export function tokenName(role: string): string {
  return `--color-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
