import { allocateEmbeddings } from '../src/core/linalg/simdKernels.ts';
import type { Embeddings } from '../src/core/linalg/embeddings.ts';
import { checkBothClasses, checkFinite, checkRowsAgree } from '../src/data/checks.ts';
import { DataError } from '../src/data/errors.ts';
import { parseLabels } from '../src/data/labelsCsv.ts';
import { rowScale } from '../src/data/normalize.ts';
import { readNpy } from '../src/data/npy.ts';
import { sha256Hex } from '../src/data/sha256.ts';
import { decodeText } from '../src/data/text.ts';
import type { DataSource } from '../src/engine/dataset.ts';
import { basename } from 'node:path';
import { readBytes } from './files.ts';

export interface OwnFiles {
  readonly embeddings: string;
  readonly labels: string;
  /** The same rows from another encoder version, for a drift of kind model. */
  readonly target: string | null;
}

/** The version names under which own files are known to a spec. */
export const OWN_VERSIONS = { base: 'base', target: 'target' } as const;

/** A person's own rows: read as they are, in the precision they have. */
export function ownSource(files: OwnFiles): DataSource {
  let probeDims: number | null = null;
  return {
    catalogue: async () => ({ sets: [], encoders: [], presets: [] }),
    async load(data, checkpoint) {
      await checkpoint(0, 'Reading files');
      const path = data.version === OWN_VERSIONS.target && files.target ? files.target : files.embeddings;
      const bytes = await readBytes(path);
      let room: Embeddings | null = null;
      const array = readNpy(bytes, path, (rows, dims) => {
        const allocated = allocateEmbeddings(rows, dims);
        room = allocated;
        return allocated.values;
      });
      const { values, rows, dims } = array;
      const labels = parseLabels(decodeText(await readBytes(files.labels), files.labels), files.labels);
      checkRowsAgree(path, rows, files.labels, labels.rows);
      checkBothClasses(labels.labels, files.labels);
      checkFinite(values, dims, path);
      probeDims ??= dims;
      if (dims !== probeDims) {
        throw new DataError(
          path,
          null,
          `its rows have ${dims} numbers but those of ${files.embeddings} have ${probeDims}`,
          'Give rows of an encoder of the same size: the probe cannot read others',
        );
      }
      const embeddings: Embeddings = room ?? { values, rows, dims, scale: new Float64Array(rows) };
      embeddings.scale.set(rowScale(values, rows, dims, data.normalize, path));
      return {
        id: basename(path),
        version: data.version,
        title: path,
        embeddings,
        labels: labels.labels,
        split: labels.split,
        columns: labels.columns,
        sha256: await sha256Hex(bytes),
        name0: 'label 0',
        name1: 'label 1',
      };
    },
  };
}
