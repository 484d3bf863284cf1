import type { Cell } from '../../data/readers/reading.ts';
import type { FileSummary } from '../../engine/own/importApi.ts';
import { roleOf } from './Mapper.tsx';
import { useOwn } from './useOwnImport.ts';

/** Columns of a file that are shown; of a wide table the first and the last. */
const MOST_COLUMNS = 12;
/** Numbers of a vector that are shown. */
const NUMBERS = 4;

/** The first rows of every file, with what each column is taken for. */
export function Preview() {
  const opened = useOwn((state) => state.opened);
  if (!opened || opened.files.length === 0) return null;
  return (
    <section className="own-step" aria-label="First rows">
      <h3>First rows</h3>
      <div className="own-previews">
        {opened.files.map((file, index) => (
          <FilePreview key={`${index} ${file.name}`} file={file} index={index} />
        ))}
      </div>
    </section>
  );
}

function FilePreview({ file, index }: { readonly file: FileSummary; readonly index: number }) {
  const parts = useOwn((state) => state.parts);
  const { columns } = file;
  const half = MOST_COLUMNS / 2;
  const shown = columns.length <= MOST_COLUMNS ? columns : [...columns.slice(0, half), ...columns.slice(-half)];
  const gap = columns.length - shown.length;
  return (
    <div className="own-table" role="region" aria-label={`First rows of ${file.name}`} tabIndex={0}>
      <table>
        <caption>
          {file.name}
          {gap > 0 && `: ${gap} columns between are not shown`}
        </caption>
        <thead>
          <tr>
            {shown.map((column) => {
              const role = parts && roleOf(parts, index, column);
              return (
                <th key={column.name} scope="col" data-role={role ?? 'none'}>
                  {column.name}
                  <span className="own-role">{role ?? 'not used'}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {file.preview.map((row, place) => (
            <tr key={place}>
              {shown.map(({ name }) => (
                <td key={name}>{cellWords(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellWords(value: Cell | readonly number[]): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'object') {
    const numbers = value.slice(0, NUMBERS).map((number) => String(Number(number.toPrecision(4))));
    return value.length > NUMBERS ? `${numbers.join(', ')}, … (${value.length})` : numbers.join(', ');
  }
  const text = String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
