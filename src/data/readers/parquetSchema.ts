import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import type { Column, ColumnKind } from './reading.ts';

/** How the values of a column come. */
export interface ParquetField {
  readonly column: Column;
  /** Whether float32 holds every value of the type. */
  readonly single: boolean;
}

const NUMBERS: Readonly<Record<string, string>> = {
  INT32: 'int32',
  INT64: 'int64',
  FLOAT: 'float',
  DOUBLE: 'double',
};
const SMALL = ['UINT_8', 'UINT_16', 'INT_8', 'INT_16'];
const WHOLE = [...SMALL, 'UINT_32', 'UINT_64', 'INT_32', 'INT_64'];

/** A column of the schema's root; the length of its lists is not known yet. Null for a type that is not read. */
export function parquetField(tree: SchemaTree): { field: ParquetField; list: boolean } | null {
  const name = tree.element.name;
  const item = listItem(tree);
  const leaf = leafType(item ?? tree);
  if (leaf === null || (item !== null && leaf.kind !== 'number')) return null;
  const type = item === null ? leaf.type : `list<${leaf.type}>`;
  const kind: ColumnKind = item === null ? leaf.kind : 'vector';
  return { field: { column: { name, kind, dims: null, type }, single: leaf.single }, list: item !== null };
}

/** What a column holds, for a message. */
export function shownType({ element, children }: SchemaTree): string {
  if (children.length > 0) return element.converted_type?.toLowerCase() ?? 'group';
  return (element.logical_type?.type ?? element.converted_type ?? element.type ?? 'unknown').toLowerCase();
}

/** The leaf of a list of plain values: three levels as the format says today, or two as old writers have it. */
function listItem({ element, children }: SchemaTree): SchemaTree | null {
  const [inner] = children;
  if (children.length === 0 && element.repetition_type === 'REPEATED') return null;
  if (children.length !== 1 || inner.element.repetition_type !== 'REPEATED') return null;
  if (inner.children.length === 0) return inner;
  const [leaf] = inner.children;
  return inner.children.length === 1 && leaf.children.length === 0 && leaf.element.repetition_type !== 'REPEATED'
    ? leaf
    : null;
}

function leafType({ element, children }: SchemaTree): { kind: ColumnKind; type: string; single: boolean } | null {
  if (children.length > 0 || element.type === undefined) return null;
  const { type, converted_type: converted, logical_type: logical } = element;
  if (type === 'BOOLEAN') return { kind: 'boolean', type: 'boolean', single: true };
  if (logical?.type === 'FLOAT16') return { kind: 'number', type: 'float16', single: true };
  if (type === 'BYTE_ARRAY' && isText(element)) return { kind: 'text', type: 'string', single: false };
  if (!Object.hasOwn(NUMBERS, type)) return null;
  if (converted !== undefined && !WHOLE.includes(converted)) return null;
  if (logical !== undefined && logical.type !== 'INTEGER') return null;
  const named = converted === undefined ? NUMBERS[type] : converted.replace('_', '').toLowerCase();
  return {
    kind: 'number',
    type: named,
    single: type === 'FLOAT' || (converted !== undefined && SMALL.includes(converted)),
  };
}

function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === 'UTF8' || converted === 'ENUM' || logical?.type === 'STRING' || logical?.type === 'ENUM';
}

/** Rows of each row group. */
export function groupRows(metadata: FileMetaData): number[] {
  return metadata.row_groups.map((group) => Number(group.num_rows));
}
