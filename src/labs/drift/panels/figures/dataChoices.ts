import type { Catalogue } from '../../../../engine/api.ts';
import { presetData } from '../../../../engine/analyses/paper/readings.ts';
import type { DataSpec } from '../../../../spec/types.ts';

export interface DataChoice {
  readonly id: string;
  readonly title: string;
  readonly data: DataSpec;
}

export const PRESENT = 'present';

/** Every set that a figure can run on: the presets, each encoder version of each set, and the data of the lab now. */
export function dataChoices({ presets, sets }: Pick<Catalogue, 'presets' | 'sets'>, present: DataSpec): DataChoice[] {
  return [
    ...presets.map((preset) => ({ id: preset.id, title: preset.title, data: presetData(preset) })),
    { id: PRESENT, title: 'The data of the lab now', data: present },
    ...sets.flatMap((set) =>
      set.versions.map((version) => ({
        id: `${set.id}/${version.id}`,
        title: `${set.title}: ${version.title}`,
        data: { id: set.id, version: version.id, normalize: true, synthetic: null, cone: null, own: null },
      })),
    ),
  ];
}

/** The choice of this id; the first where there is none such. */
export function chosen(choices: readonly DataChoice[], id: string): DataChoice {
  return choices.find((choice) => choice.id === id) ?? choices[0];
}
