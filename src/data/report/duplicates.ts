import type { DuplicatesReport } from './report.ts';
import { hashRows, repeated } from './rowHash.ts';

interface Group {
  rows: number;
  /** 1: a row of label 0, 2: a row of label 1. */
  labels: number;
  /** 1: train, 2: validation, 4: test. */
  parts: number;
}

const PART: Readonly<Record<string, number>> = { train: 1, validation: 2, test: 4 };
const FIRST = 20;

export interface DuplicatesFound extends DuplicatesReport {
  /** The first rows with a copy before them; of those with a copy of the other label; of those on both sides of the split. */
  readonly copies: readonly number[];
  readonly otherLabel: readonly number[];
  readonly otherSide: readonly number[];
}

/**
 * Finds identical rows in two passes: `first` for every block, then `second` for every block. Rows count as identical where
 * two hashes of 53 bits each agree: by chance that is a matter of 10⁻²⁰ for a million rows. Needs 8 bytes a row, and 8
 * more between the passes.
 */
export class Duplicates {
  private readonly hashes: Float64Array;
  private twice: Set<number> | null = null;
  private readonly groups = new Map<string, Group>();
  private readonly keys: { readonly row: number; readonly key: string }[] = [];

  constructor(
    rows: number,
    private readonly dims: number,
    private readonly labels: Uint8Array,
    private readonly split: readonly string[] | null,
  ) {
    this.hashes = new Float64Array(rows);
  }

  first(at: number, values: Float32Array | Float64Array): void {
    hashRows(values, this.dims, 0, this.hashes, at);
  }

  second(at: number, values: Float32Array | Float64Array): void {
    this.twice ??= repeated(this.hashes);
    if (this.twice.size === 0) return;
    const rows = values.length / this.dims;
    const other = new Float64Array(1);
    for (let k = 0; k < rows; k++) {
      const row = at + k;
      if (!this.twice.has(this.hashes[row])) continue;
      hashRows(values.subarray(k * this.dims, (k + 1) * this.dims), this.dims, 0x5bd1e995, other, 0);
      const key = `${this.hashes[row]} ${other[0]}`;
      const group = this.groups.get(key) ?? { rows: 0, labels: 0, parts: 0 };
      group.rows++;
      group.labels |= 1 << this.labels[row];
      if (this.split) group.parts |= PART[this.split[row]] ?? 0;
      this.groups.set(key, group);
      this.keys.push({ row, key });
    }
  }

  finish(): DuplicatesFound {
    const groups = [...this.groups.values()].filter(({ rows }) => rows > 1);
    const both = (mask: number) => groups.filter(({ parts }) => (parts & mask) === mask).length;
    const seen = new Set<string>();
    const copies: number[] = [];
    const otherLabel: number[] = [];
    const otherSide: number[] = [];
    const put = (list: number[], row: number) => list.length < FIRST && list.push(row);
    for (const { row, key } of this.keys) {
      const group = this.groups.get(key);
      if (!group || group.rows < 2) continue;
      if (seen.has(key)) put(copies, row);
      seen.add(key);
      if (group.labels === 3) put(otherLabel, row);
      if ((group.parts & 5) === 5) put(otherSide, row);
    }
    return {
      groups: groups.length,
      rows: groups.reduce((sum, { rows }) => sum + rows, 0),
      acrossLabels: groups.filter(({ labels }) => labels === 3).length,
      acrossSplits: this.split && { trainTest: both(5), trainValidation: both(3), validationTest: both(6) },
      ...{ copies, otherLabel, otherSide },
    };
  }
}
