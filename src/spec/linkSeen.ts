import type { Parsed } from './parsers.ts';

/**
 * The numbers that a link says its sender saw, by the names that they have there. An undefined number is null. They are
 * held as text: the digits written say how exactly they are meant.
 */
export const SEEN_NUMBERS = ['auc', 'acc', 'conf', 'silent', 'ece', 'angle'] as const;
export type SeenName = (typeof SEEN_NUMBERS)[number];

export interface Seen {
  readonly numbers: { readonly [N in SeenName]?: string | null };
  /** Where they were computed; a link leaves out cpu. */
  readonly on: 'cpu' | 'webgpu';
  /** Rows whose logit lay, at the sender's, within the backend's tolerance of a threshold or a bin edge. */
  readonly near: number;
  /** The first hex digits of the SHA-256 of the data; null where the link does not say. */
  readonly data: string | null;
  /** Version of the sender's lab; null where the link does not say. */
  readonly lab: string | null;
}

const NUMBER = /^(\d{1,4})?(\.\d{1,9})?$/;
const MORE = { on: /^(cpu|webgpu)$/, near: /^\d{1,9}$/, data: /^[0-9a-f]{6,64}$/, lab: /^[0-9A-Za-z.-]{1,20}$/ };
const isNumber = (name: string): name is SeenName => (SEEN_NUMBERS as readonly string[]).includes(name);

/** Decimals behind the point of a written number. */
export const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** A number in [0, 10⁴) to so many decimals (0 … 9), without the zero before the point; null as '-'. */
export function writeSeenNumber(value: number | null, decimals: number): string {
  if (value === null) return '-';
  const text = value.toFixed(decimals);
  return decimals > 0 ? text.replace(/^0\./, '.') : text;
}

/** Reads the value of `seen`: name:number, … each at most once, in any order. Never throws. */
export function readSeen(text: string): Parsed<Seen> {
  const numbers: { [N in SeenName]?: string | null } = {};
  const more = new Map<string, string>();
  for (const part of text.split(',')) {
    const [name, value, ...rest] = part.split(':');
    const expected = `it should be numbers such as auc:.87021,acc:.793, and “${part}” is not.`;
    if (value === undefined || rest.length > 0) return { ok: false, expected };
    if (isNumber(name)) {
      if (numbers[name] !== undefined || !((NUMBER.test(value) && /\d/.test(value)) || value === '-'))
        return { ok: false, expected };
      numbers[name] = value === '-' ? null : value;
    } else {
      if (!Object.hasOwn(MORE, name) || more.has(name) || !MORE[name as keyof typeof MORE].test(value))
        return { ok: false, expected };
      more.set(name, value);
    }
  }
  return {
    ok: true,
    value: {
      numbers,
      on: more.get('on') === 'webgpu' ? 'webgpu' : 'cpu',
      near: Number(more.get('near') ?? 0),
      data: more.get('data') ?? null,
      lab: more.get('lab') ?? null,
    },
  };
}

/** The value of `seen`, in its one order. */
export function writeSeen({ numbers, on, near, data, lab }: Seen): string {
  const parts: string[] = [];
  for (const name of SEEN_NUMBERS) {
    const value = numbers[name];
    if (value !== undefined) parts.push(`${name}:${value ?? '-'}`);
  }
  if (on !== 'cpu') parts.push(`on:${on}`);
  if (near > 0) parts.push(`near:${near}`);
  if (data !== null) parts.push(`data:${data}`);
  if (lab !== null) parts.push(`lab:${lab}`);
  return parts.join(',');
}
