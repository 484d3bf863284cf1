import type { DriftKind } from '../../../spec/types.ts';
import { integer, nullable } from '../../../spec/parsers.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { SeedField } from '../../fields/SeedField.tsx';
import { SelectField } from '../../fields/SelectField.tsx';
import { setInUse, sizeOf } from '../../data/dataInUse.ts';
import { useSession, useSpec, useStatus } from '../../session.tsx';
import { useDriftSettings } from '../driftSettings.ts';
import { newVersion } from '../newVersion.ts';
import { DIRECTION_OPTIONS, drawsNumbers, KIND_OPTIONS, KINDS, UNIT_OPTIONS } from '../words.ts';

export function DriftControls() {
  const { spec } = useSession();
  const drift = useDriftSettings();
  const data = useSpec((state) => state.spec.data);
  const catalogue = useStatus((status) => status.catalogue);
  const shownDims = useStatus((status) => status.context?.data.dims) ?? 2;
  const { commit } = spec.getState();
  const chosen = setInUse(catalogue, data);
  // Of the data chosen: the engine may have refused these settings, so that what is shown is still the data before.
  const dims = data.synthetic?.dims ?? chosen?.dims ?? shownDims;
  const others = (chosen?.versions ?? []).filter((version) => version.id !== data.version);
  const canUpdate = others.length > 0 || drift.kind === 'model';
  const chooseKind = (kind: DriftKind) =>
    commit({ drift: kind === 'model' ? { kind, to: newVersion(others, drift.to), t: 1 } : { kind } });
  const version = others.find((candidate) => candidate.id === drift.to);
  return (
    <>
      <SelectField
        label="Kind of drift"
        hint={KINDS[drift.kind].hint}
        value={drift.kind}
        options={KIND_OPTIONS.filter((option) => option.value !== 'model' || canUpdate)}
        onCommit={chooseKind}
      />
      {drift.kind === 'gaussian' && (
        <SelectField
          label="What σ measures"
          hint="The paper writes σ per coordinate but speaks of 1°, which holds for total length. Both readings are here."
          value={drift.units}
          options={UNIT_OPTIONS}
          onCommit={(units) => commit({ drift: { units } })}
        />
      )}
      {drift.kind === 'directional' && (
        <SelectField
          label="Direction"
          value={drift.direction}
          options={DIRECTION_OPTIONS}
          onCommit={(direction) => commit({ drift: { direction } })}
        />
      )}
      {drift.kind === 'rotation' && (
        <NumberField
          label="Planes"
          hint={`How many of the ${Math.floor(dims / 2)} planes turn; empty for all.`}
          value={drift.planes}
          parser={nullable(integer(1, Math.floor(dims / 2)))}
          step={1}
          placeholder="all"
          onCommit={(planes) => commit({ drift: { planes } })}
          onClear={() => commit({ drift: { planes: null } })}
        />
      )}
      {drift.kind === 'rotation' && drift.planes !== null && drift.planes > Math.floor(dims / 2) && (
        <div role="alert">
          <p className="field-error">
            These rows have {dims} dimensions, so at most {Math.floor(dims / 2)} planes, not {drift.planes}.
          </p>
          <button type="button" className="button" onClick={() => commit({ drift: { planes: null } })}>
            Use all planes
          </button>
        </div>
      )}
      {drift.kind === 'model' && (
        <SelectField
          label="New encoder version"
          hint={
            version
              ? `${version.changed} ${sizeOf(version.bytes)}.`
              : 'The probe is not retrained: it scores the new encoder’s rows.'
          }
          value={drift.to ?? ''}
          options={others.map(({ id, title }) => ({ value: id, label: title }))}
          onCommit={(to) => commit({ drift: { to, t: 1 } })}
        />
      )}
      <CheckField
        label="Renormalise after drift"
        hint="Each row gets its length back, as an encoder that normalises its output would do."
        checked={drift.renormalize}
        onCommit={(renormalize) => commit({ drift: { renormalize } })}
      />
      {drawsNumbers(drift) && (
        <SeedField
          label="Drift seed"
          draws="drift"
          value={drift.seed}
          onCommit={(seed) => commit({ drift: { seed } })}
        />
      )}
    </>
  );
}
