import type { ExperimentSpec } from '../../../spec/types.ts';
import { SelectField } from '../../fields/SelectField.tsx';
import { newVersion } from '../newVersion.ts';
import { useSession, useSpec, useStatus } from '../../session.tsx';

const ALL = '';
const spell = (column: string, value: string) => JSON.stringify([column, value]);

/** Measures only the test rows with one value in one column of the labels file. */
export function SliceControl() {
  const { spec } = useSession();
  const slice = useSpec((state) => state.spec.view.slice);
  const context = useStatus((status) => status.context);
  const slices = context?.slices.columns ?? [];
  const leftOut = (context?.slices.leftOut ?? []).map(
    ({ column, values }) => `${column} (${values} ${values === 1 ? 'value' : 'values'})`,
  );
  if (slices.length === 0 && !slice) return <HardPart />;
  const options = slices.flatMap(({ column, values }) =>
    values.map(({ value, count }) => ({
      value: spell(column, value),
      label: `${column} = ${value} (${count} test ${count === 1 ? 'row' : 'rows'})`,
    })),
  );
  const chosen = slice ? spell(slice.column, slice.value) : ALL;
  const known = chosen === ALL || options.some((option) => option.value === chosen);
  return (
    <>
      <HardPart />
      <SelectField
        label="Measure on"
        hint={
          <>
            {context?.data.id === 'prompts'
              ? 'Harmful and benign prompts come from different sources, so style gives the class away. The XSTest rows look alike: the honest hard part.'
              : 'Every number is measured on these test rows; the probe stays as it is.'}
            {leftOut.length > 0 && ` Not offered: ${leftOut.join(', ')}.`}
          </>
        }
        value={chosen}
        options={[
          { value: ALL, label: 'All test rows' },
          ...options,
          ...(known || !slice ? [] : [{ value: chosen, label: `${slice.column} = ${slice.value}` }]),
        ]}
        onCommit={(value) => {
          if (value === ALL) return spec.getState().commit({ view: { slice: null } });
          const [column, cell] = JSON.parse(value) as [string, string];
          spec.getState().commit({ view: { slice: { column, value: cell } } });
        }}
      />
    </>
  );
}

const HARD_PART = { set: 'prompts', slice: { column: 'source', value: 'xstest' } };
const isHardPart = (slice: ExperimentSpec['view']['slice']) =>
  slice?.column === HARD_PART.slice.column && slice.value === HARD_PART.slice.value;

/** The one shortcut of the data: prompts that only look harmful beside prompts that are. */
function HardPart() {
  const { spec } = useSession();
  const active = useSpec(({ spec: { data, view } }) => data.id === HARD_PART.set && isHardPart(view.slice));
  const catalogue = useStatus((status) => status.catalogue);
  const go = () => {
    const { data, drift } = spec.getState().spec;
    const slice = active ? null : HARD_PART.slice;
    if (data.id === HARD_PART.set) return spec.getState().commit({ view: { slice } });
    const set = catalogue?.sets.find(({ id }) => id === HARD_PART.set);
    if (!set) return;
    const version = set.defaultVersion;
    const others = set.versions.filter(({ id }) => id !== version);
    spec.getState().commit({
      data: { id: set.id, version, synthetic: null, own: null },
      view: { slice },
      drift: { to: drift.kind === 'model' ? newVersion(others, drift.to) : null },
    });
  };
  return (
    <div className="field">
      <button type="button" className="button" aria-pressed={active} disabled={!catalogue} onClick={go}>
        Hard part: XSTest prompts
      </button>
      <p className="field-hint">Harmless prompts that look harmful, and harmful ones like them.</p>
    </div>
  );
}
