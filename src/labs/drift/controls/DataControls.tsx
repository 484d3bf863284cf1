import { useState } from 'react';
import type { DataSpec, DriftSpec, SyntheticSpec } from '../../../spec/types.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { SelectField } from '../../fields/SelectField.tsx';
import { ownData } from '../../../state/ownData.ts';
import { setInUse, sizeOf } from '../../data/dataInUse.ts';
import { part } from '../../retry.tsx';
import { useSession, useSpec, useStatus } from '../../session.tsx';
import { newVersion } from '../newVersion.ts';
import { SliceControl } from './SliceControl.tsx';

const OwnFacts = part('The facts on your data', () => import('../../data/OwnFacts.tsx'));
const ConeControl = part('The cone setting', () => import('./ConeControl.tsx'), 'Loading…');
const SyntheticFields = part('The settings of the rows', () => import('./SyntheticFields.tsx'), 'Loading…');

const same = (a: SyntheticSpec, b: SyntheticSpec | null) =>
  b !== null && (Object.keys(a) as (keyof SyntheticSpec)[]).every((key) => a[key] === b[key]);

export function DataControls() {
  const { spec } = useSession();
  const data = useSpec((state) => state.spec.data);
  const catalogue = useStatus((status) => status.catalogue);
  const set = catalogue?.sets.find((candidate) => candidate.id === data.id);
  const inUse = setInUse(catalogue, data);
  const version = inUse?.versions.find(({ id }) => id === data.version);
  const ownTitle = useStatus(({ context }) => (context?.data.id === 'own' ? `: ${context.data.title}` : ''));
  const presets = catalogue?.presets ?? [];
  const preset = presets.find((candidate) => same(candidate.settings, data.synthetic));

  const choose = (id: string) => {
    const chosen = catalogue?.sets.find((candidate) => candidate.id === id);
    const recipe = presets.find((candidate) => candidate.id === id);
    const next: DataSpec | null = chosen
      ? { ...data, id, version: chosen.defaultVersion, synthetic: null, own: null }
      : recipe
        ? { ...data, id: 'synthetic', version: 'base', synthetic: { ...recipe.settings }, own: null }
        : null;
    if (!next) return;
    // An encoder version belongs to its set: a real update needs a version that the new set has.
    spec
      .getState()
      .commit({ data: next, view: { slice: null }, drift: driftFor(chosen?.versions ?? [], next.version) });
  };

  const driftFor = (versions: readonly { readonly id: string }[], trainedOn: string): Partial<DriftSpec> => {
    const { drift } = spec.getState().spec;
    const to = newVersion(
      versions.filter(({ id }) => id !== trainedOn),
      drift.to,
    );
    if (drift.kind !== 'model') return { to: null };
    return to === null ? { kind: 'gaussian', to } : { to };
  };

  return (
    <>
      <SelectField
        label="Dataset"
        value={data.id === 'synthetic' ? (preset?.id ?? 'synthetic') : data.id}
        disabled={!catalogue}
        options={
          catalogue
            ? [
                ...catalogue.sets.map(({ id, title }) => ({ value: id, label: title })),
                ...presets.map(({ id, title }) => ({ value: id, label: title })),
                ...(data.id === 'synthetic' && !preset
                  ? [{ value: 'synthetic', label: 'Synthetic, own settings' }]
                  : []),
                ...(data.id === 'own' ? [{ value: 'own', label: `Your own data${ownTitle}` }] : []),
              ]
            : [{ value: data.id, label: 'Loading the list of datasets…' }]
        }
        onCommit={choose}
      />
      <button type="button" className="button" onClick={() => ownData.getState().show()}>
        Open your own data…
      </button>
      {inUse && (
        <SelectField
          label="Encoder the probe is trained on"
          value={data.version}
          options={inUse.versions.map(({ id, title }) => ({ value: id, label: title }))}
          hint={version && `${version.changed} ${sizeOf(version.bytes)}.`}
          onCommit={(version) =>
            spec.getState().commit({ data: { version }, drift: driftFor(inUse.versions, version) })
          }
        />
      )}
      {data.own && <OwnFacts {...data.own} />}
      {set && (
        <dl className="facts">
          <div>
            <dt>Size</dt>
            <dd>
              {set.rows.toLocaleString('en-US')} rows × {set.dims} dimensions
            </dd>
          </div>
          <div>
            <dt>Label 1</dt>
            <dd>{set.label1}</dd>
          </div>
          <div>
            <dt>Source</dt>
            <dd>
              {set.attribution} ({set.licence})
            </dd>
          </div>
        </dl>
      )}
      {preset && <p className="field-hint">{preset.about}</p>}
      {data.synthetic && <SyntheticFields synthetic={data.synthetic} />}
      <CheckField
        label="Normalise rows to unit length"
        hint="In float64, when the rows are loaded."
        checked={data.normalize}
        onCommit={(normalize) => spec.getState().commit({ data: { normalize } })}
      />
      <Cone />
      <SliceControl />
    </>
  );
}

/** The cone setting, loaded when it is opened or when the rows have one. */
function Cone() {
  const has = useSpec((state) => state.spec.data.cone !== null);
  const [opened, setOpened] = useState(false);
  return (
    <details
      className="group group-more"
      open={opened || has}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
    >
      <summary>Cone (anisotropy)</summary>
      {(opened || has) && <ConeControl />}
    </details>
  );
}
