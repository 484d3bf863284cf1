import type { DataSpec, ExperimentSpec } from '../spec/types.ts';
import type { Checkpoint } from './backend.ts';
import type { Dataset } from './dataset.ts';
import { memo } from './memo.ts';
import { shared } from './shared.ts';

/** Rows that are kept only for coming back to them: together with those in use, they may take so many bytes. */
export const KEPT_BYTES = 512 * 1024 * 1024;

type RowsOf = Pick<ExperimentSpec, 'data'> & { readonly drift: Pick<ExperimentSpec['drift'], 'kind' | 'to'> };

const rowsKey = (data: DataSpec): string => JSON.stringify(data);

/** Keys of all rows that a spec reads: its own, those without its cone, and those of the version that its drift leads to. */
export function rowsKeys({ data, drift }: RowsOf): readonly string[] {
  const versions = drift.kind === 'model' && drift.to !== null ? [data, { ...data, version: drift.to }] : [data];
  return [...new Set(versions.flatMap((one) => [rowsKey(one), rowsKey({ ...one, cone: null })]))];
}

/** Keys of the rows that a preparation holds, from its own key (keys.ts). */
export function preparedRows(preparation: string): readonly string[] {
  const [data, , , { kind, to }] = JSON.parse(preparation) as [DataSpec, unknown, unknown, RowsOf['drift']];
  return kind === 'model' && to !== null ? [rowsKey(data), rowsKey({ ...data, version: to })] : [rowsKey(data)];
}

/** Rows by data spec: those in use and, as far as {@link KEPT_BYTES} go, those used before. */
export class KeptRows {
  private readonly plain = memo<Dataset>(3);
  /** Rows turned into a cone: those in use and those of the second encoder version. */
  private readonly turned = memo<Dataset>(2);
  /** Bytes of the rows read, those used last at the end. */
  private readonly bytes = new Map<string, number>();

  constructor(private readonly most: number = KEPT_BYTES) {}

  /** The rows of a data spec, made where they are not kept. */
  async get(data: DataSpec, make: () => Promise<Dataset>, checkpoint: Checkpoint): Promise<Dataset> {
    const key = rowsKey(data);
    const dataset = await shared(data.cone === null ? this.plain : this.turned, key, make, checkpoint);
    const { values, scale } = dataset.embeddings;
    this.bytes.delete(key);
    if (this.has(key)) this.bytes.set(key, values.byteLength + scale.byteLength);
    return dataset;
  }

  has(key: string): boolean {
    return (this.plain.peek(key) ?? this.turned.peek(key)) !== undefined;
  }

  /** Lets rows go that are not in use, those used longest ago first, until what is kept takes no more than it may. */
  trim(inUse: ReadonlySet<string>): void {
    for (const key of this.bytes.keys()) if (!this.has(key)) this.bytes.delete(key);
    let total = 0;
    for (const bytes of this.bytes.values()) total += bytes;
    for (const [key, bytes] of this.bytes) {
      if (total <= this.most) return;
      if (inUse.has(key)) continue;
      for (const kept of [this.plain, this.turned]) kept.forget((one) => one === key);
      this.bytes.delete(key);
      total -= bytes;
    }
  }
}
