import { crossChecks, type SpecProblem } from './crossChecks.ts';
import { FIELDS, SECTIONS, type Field } from './fields.ts';
import type { ExperimentSpec } from './types.ts';

export type SpecResult =
  | { readonly ok: true; readonly spec: ExperimentSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levenshtein distance, for "did you mean": both words are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

function unknownKey(path: string, key: string, known: readonly string[]): SpecProblem {
  const near = known.map((name) => ({ name, d: distance(key, name) })).sort((a, b) => a.d - b.d)[0];
  const hint = near && near.d <= 2 ? `did you mean ${near.name}?` : `the fields here are ${known.join(', ')}.`;
  return { path, message: `${path} is not a field of a spec; ${hint}` };
}

function show(value: unknown): string {
  // JSON.parse reads 1e999 as Infinity, which JSON.stringify would call null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * Reads a spec from JSON. Every field is optional and takes the default of `v` = 1; nothing is clamped or guessed: a
 * value out of range and a key that is not a field are problems, all of them named.
 */
export function parseSpec(json: unknown): SpecResult {
  if (!isObject(json)) {
    return { ok: false, problems: [{ path: '', message: `a spec is a JSON object, not ${show(json)}.` }] };
  }
  const problems: SpecProblem[] = [];
  const top = ['v', 'lab', ...SECTIONS];
  for (const key of Object.keys(json)) {
    if (!top.includes(key)) problems.push(unknownKey(key, key, top));
  }
  if (json.v !== undefined && json.v !== 1) {
    problems.push({ path: 'v', message: `v is ${show(json.v)}; this lab reads specs of version 1.` });
  }
  if (json.lab !== undefined && json.lab !== 'drift') {
    problems.push({ path: 'lab', message: `lab is ${show(json.lab)}; expected "drift".` });
  }
  const out: Record<string, unknown> = { v: 1, lab: 'drift' };
  for (const section of SECTIONS) {
    const fields = FIELDS[section] as Record<string, Field<unknown>>;
    const given = json[section];
    const values: Record<string, unknown> = {};
    for (const key of Object.keys(fields)) values[key] = fields[key].fallback;
    out[section] = values;
    if (given === undefined) continue;
    if (!isObject(given)) {
      problems.push({ path: section, message: `${section} is ${show(given)}; expected an object.` });
      continue;
    }
    for (const [key, value] of Object.entries(given)) {
      const path = `${section}.${key}`;
      if (!Object.hasOwn(fields, key)) {
        problems.push(unknownKey(path, key, Object.keys(fields)));
        continue;
      }
      const parsed = fields[key].parse(value);
      if (parsed.ok) values[key] = parsed.value;
      else problems.push({ path, message: `${path} is ${show(value)}; expected ${parsed.expected}.` });
    }
  }
  const spec = out as unknown as ExperimentSpec;
  if (problems.length === 0) problems.push(...crossChecks(spec));
  return problems.length === 0 ? { ok: true, spec } : { ok: false, problems };
}
