import { SelectField } from '../../fields/SelectField.tsx';
import { useSession, useSpec, useStatus } from '../../session.tsx';

const ALL = '';
const spell = (column: string, value: string) => JSON.stringify([column, value]);

/** Measures only the test rows with one value in one column of the labels file. */
export function SliceControl() {
  const { spec } = useSession();
  const slice = useSpec((state) => state.spec.view.slice);
  const context = useStatus((status) => status.context);
  const slices = context?.slices ?? [];
  if (slices.length === 0 && !slice) return null;
  const options = slices.flatMap(({ column, values }) =>
    values.map(({ value, count }) => ({
      value: spell(column, value),
      label: `${column} = ${value} (${count} test ${count === 1 ? 'row' : 'rows'})`,
    })),
  );
  const chosen = slice ? spell(slice.column, slice.value) : ALL;
  const known = chosen === ALL || options.some((option) => option.value === chosen);
  return (
    <SelectField
      label="Measure on"
      hint={
        context?.data.id === 'prompts'
          ? 'Harmful and benign prompts come from different sources, so style gives the class away. The XSTest rows look alike: the honest hard part.'
          : 'Every number is measured on these test rows; the probe stays as it is.'
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
  );
}
