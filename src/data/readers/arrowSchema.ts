import type { ElementType } from './elements.ts';
import { FlatTable } from './flatbuffer.ts';
import type { Column } from './reading.ts';

/** How the rows of a column are stored. */
export type ArrowLayout =
  | { readonly kind: 'number'; readonly element: ElementType; readonly width: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text'; readonly offsetBytes: 4 | 8 }
  | { readonly kind: 'fixed-list'; readonly size: number; readonly element: ElementType; readonly width: number }
  | { readonly kind: 'list'; readonly offsetBytes: 4 | 8; readonly element: ElementType; readonly width: number }
  | { readonly kind: 'other' };

export interface ArrowField {
  readonly name: string;
  /** As Arrow's tools write it: "float", "list<float>". */
  readonly type: string;
  readonly layout: ArrowLayout;
  /** Where the values are places in a dictionary: its number, and how the places are stored. */
  readonly dictionary: { readonly id: number; readonly index: ArrowLayout } | null;
  /** Where its parts stand among the nodes and buffers of a batch. */
  readonly node: number;
  readonly buffer: number;
}

const MAX_FIELDS = 100_000;
const MAX_DEPTH = 16;

const INTS: Readonly<Record<number, readonly [ElementType, ElementType]>> = {
  8: ['int8', 'uint8'],
  16: ['int16', 'uint16'],
  32: ['int32', 'uint32'],
  64: ['int64', 'uint64'],
};
const FLOATS: readonly (readonly [ElementType, number, string])[] = [
  ['float16', 2, 'halffloat'],
  ['float32', 4, 'float'],
  ['float64', 8, 'double'],
];
/** Names of the types of Schema.fbs, by number; buffers of their own (without those of children). */
const TYPES: readonly (readonly [string, number])[] = [
  ['none', 0],
  ['null', 0],
  ['int', 2],
  ['float', 2],
  ['binary', 3],
  ['string', 3],
  ['bool', 2],
  ['decimal', 2],
  ['date', 2],
  ['time', 2],
  ['timestamp', 2],
  ['interval', 2],
  ['list', 2],
  ['struct', 1],
  ['union', 1],
  ['fixed_size_binary', 2],
  ['fixed_size_list', 1],
  ['map', 2],
  ['duration', 2],
  ['large_binary', 3],
  ['large_string', 3],
  ['large_list', 2],
  ['run_end_encoded', 0],
  ['binary_view', 2],
  ['string_view', 2],
  ['list_view', 3],
  ['large_list_view', 3],
];
const VIEWS = [23, 24];
const UNION = 14;

export interface ArrowSchema {
  readonly littleEndian: boolean;
  readonly fields: readonly ArrowField[];
  /** How the values of each dictionary are stored, by its number. */
  readonly dictionaries: ReadonlyMap<number, ArrowLayout>;
}

/** Reads the Schema of Arrow's Schema.fbs. Throws RangeError where it is broken. */
export function arrowSchema(schema: FlatTable): ArrowSchema {
  const fields: ArrowField[] = [];
  const dictionaries = new Map<number, ArrowLayout>();
  let count = 0;
  let node = 0;
  let buffer = 0;
  let readable = true;

  const walk = (field: FlatTable, depth: number): { type: string; layout: ArrowLayout } => {
    if (++count > MAX_FIELDS || depth > MAX_DEPTH) throw new RangeError('too many fields');
    const dictionary = field.table(4);
    const own = typeOf(field);
    if (dictionary !== null) {
      node++;
      buffer += 2;
      return { type: own.type, layout: own.layout };
    }
    node++;
    buffer += own.buffers;
    // Views have as many buffers as each batch says: what stands behind them cannot be found by counting.
    if (own.variable) readable = false;
    for (const child of field.tables(5)) walk(child, depth + 1);
    return own;
  };
  for (const field of schema.tables(1)) {
    const start = { node, buffer };
    const { type, layout } = walk(field, 0);
    const encoding = field.table(4);
    let dictionary: ArrowField['dictionary'] = null;
    if (encoding !== null) {
      const index = encoding.table(1);
      dictionary = { id: encoding.int64(0), index: index === null ? intLayout(32, true) : intOf(index) };
      dictionaries.set(dictionary.id, layout);
    }
    const shown = encoding === null ? type : `dictionary<${type}>`;
    fields.push({ name: field.text(0), type: shown, layout: readable ? layout : OTHER, dictionary, ...start });
  }
  return { littleEndian: schema.int16(0) === 0, fields, dictionaries };
}

const OTHER: ArrowLayout = { kind: 'other' };

function typeOf(field: FlatTable): { type: string; layout: ArrowLayout; buffers: number; variable: boolean } {
  const id = field.int8(2);
  const type = field.table(3);
  if (!(id > 0 && id < TYPES.length)) throw new RangeError(`type ${id} is not known`);
  const [name, own] = TYPES[id];
  const variable = VIEWS.includes(id);
  // A dense union has a buffer of offsets beside that of types.
  const buffers = id === UNION && type?.int16(0) === 1 ? 2 : own;
  const [layout, shown] = layoutOf(name, field, type);
  return { type: shown, layout, buffers, variable };
}

function layoutOf(name: string, field: FlatTable, type: FlatTable | null): readonly [ArrowLayout, string] {
  if (name === 'int' && type !== null) {
    const layout = intOf(type);
    return [layout, layout.kind === 'number' ? layout.element : name];
  }
  if (name === 'float' && type !== null) {
    const precision = FLOATS[type.int16(0)];
    if (precision === undefined) throw new RangeError('a float of unknown precision');
    return [{ kind: 'number', element: precision[0], width: precision[1] }, precision[2]];
  }
  if (name === 'bool') return [{ kind: 'boolean' }, name];
  if (name === 'string') return [{ kind: 'text', offsetBytes: 4 }, name];
  if (name === 'large_string') return [{ kind: 'text', offsetBytes: 8 }, name];
  if (name === 'list' || name === 'large_list' || name === 'fixed_size_list') {
    const item = field.tables(5)[0];
    const inner = item === undefined || item.table(4) !== null ? null : typeOf(item);
    if (inner?.layout.kind !== 'number') return [OTHER, `${name}<${inner?.type ?? '?'}>`];
    const { element, width } = inner.layout;
    if (name === 'fixed_size_list') {
      const size = type?.int32(0) ?? 0;
      return [size > 0 ? { kind: 'fixed-list', size, element, width } : OTHER, `${name}<${inner.type}>[${size}]`];
    }
    return [{ kind: 'list', offsetBytes: name === 'list' ? 4 : 8, element, width }, `${name}<${inner.type}>`];
  }
  return [OTHER, name];
}

function intOf(type: FlatTable): ArrowLayout {
  return intLayout(type.int32(0), type.int8(1) !== 0);
}

function intLayout(bits: number, signed: boolean): ArrowLayout {
  if (!Object.hasOwn(INTS, bits)) throw new RangeError(`an integer of ${bits} bits`);
  return { kind: 'number', element: INTS[bits][signed ? 0 : 1], width: bits / 8 };
}

/** A field as a column; null where the lab reads no such type. `dims` is the length of a list's first row. */
export function arrowColumn({ name, type, layout, dictionary }: ArrowField, dims: number | null): Column | null {
  if (dictionary !== null) return layout.kind === 'text' ? { name, kind: 'text', dims: null, type } : null;
  if (layout.kind === 'other') return null;
  if (layout.kind === 'fixed-list') return { name, kind: 'vector', dims: layout.size, type };
  if (layout.kind === 'list') return dims === null ? null : { name, kind: 'vector', dims, type };
  return { name, kind: layout.kind, dims: null, type };
}
