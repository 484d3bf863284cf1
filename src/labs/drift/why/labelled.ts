import type { Convention } from '../../../engine/analyses/conventions/convention.ts';
import type { ConventionWords, WhyFormat } from '../../why/entry.ts';

/** Words by id; `{}` in them stands for the convention's parameter. */
export function labelled(labels: Readonly<Record<string, string>>, formats: Readonly<Record<string, WhyFormat>> = {}) {
  return ({ id, parameter }: Convention): ConventionWords => ({
    label: (labels[id] ?? id).replaceAll('{}', parameter === null ? '' : String(Number(parameter.toFixed(4)))),
    ...(formats[id] ? { format: formats[id] } : {}),
  });
}
