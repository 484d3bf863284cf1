import { crc32 } from '../../core/random/crc32.ts';
import { amountOf } from '../../engine/keys.ts';
import { encodeLink } from '../../spec/link.ts';
import type { ExperimentSpec } from '../../spec/types.ts';

/** Small letters, digits, dots and dashes alone. */
export function slug(text: string): string {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'chart'
  );
}

/**
 * The beginning of a file's name: what was run in words, then eight hex digits of the whole spec's link. One spec has one
 * name: `tweets-base_gaussian-0.02_d3d99e8b`. Which panels are open has no part in it.
 */
export function fileStem(spec: ExperimentSpec): string {
  const { data, drift } = spec;
  const kind =
    drift.kind === 'directional' ? drift.direction : drift.kind === 'model' ? (drift.to ?? 'model') : drift.kind;
  const digest = crc32(`#${encodeLink({ ...spec, view: { ...spec.view, panels: [] } })}`);
  return `${slug(data.id)}-${slug(data.version)}_${slug(kind)}-${amountOf(drift)}_${digest.toString(16).padStart(8, '0')}`;
}
