import type { Catalogue } from '../../engine/api.ts';
import type { DataSpec, OwnSpec } from '../../spec/types.ts';

/** What the controls need to know of a set and its encoder versions. */
export interface SetInUse {
  readonly dims: number;
  readonly versions: readonly {
    readonly id: string;
    readonly title: string;
    readonly changed: string;
    readonly bytes: number;
  }[];
}

/** 4100000 as "4.1 MB", 25600 as "25.6 kB". */
export const sizeOf = (bytes: number): string =>
  bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** What the two versions of own rows are called. */
export const OWN_TITLES: Readonly<Record<string, string>> = { base: 'Your old version', target: 'Your newer version' };

/** The set of a data spec: a shipped one, or a person's own as the spec describes it; undefined for any other. */
export function setInUse(catalogue: Catalogue | null, { id, own }: DataSpec): SetInUse | undefined {
  return id === 'own' && own ? ownSet(own) : catalogue?.sets.find((set) => set.id === id);
}

function ownSet({ rows, dims, target }: OwnSpec): SetInUse {
  const version = (id: string) => ({ id, title: OWN_TITLES[id], changed: 'From your files.', bytes: 4 * rows * dims });
  return { dims, versions: target === null ? [version('base')] : [version('base'), version('target')] };
}
