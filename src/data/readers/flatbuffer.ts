/** A table of a FlatBuffer, read in place. Every getter throws RangeError where the buffer is broken. */
export class FlatTable {
  private readonly view: DataView;
  private readonly at: number;
  private readonly vtable: number;

  constructor(view: DataView, at: number) {
    this.view = view;
    this.at = at;
    this.vtable = at - view.getInt32(at, true);
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number, absent = 0): number {
    const at = this.place(field);
    return at === null ? absent : this.view.getInt8(at);
  }

  int16(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.view.getInt16(at, true);
  }

  int32(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.view.getInt32(at, true);
  }

  /** Beyond ±2^53 the number is not exact, and fails any check against a size. */
  int64(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : Number(this.view.getBigInt64(at, true));
  }

  table(field: number): FlatTable | null {
    const at = this.place(field);
    return at === null ? null : new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  text(field: number): string {
    const vector = this.vector(field, 1);
    const { buffer, byteOffset } = this.view;
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + vector.start, vector.length));
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.vector(field, 4);
    return Array.from({ length }, (_, i) => {
      const at = start + 4 * i;
      return new FlatTable(this.view, at + this.view.getUint32(at, true));
    });
  }

  /** Structs of `words` 64-bit words each, as numbers. */
  structs(field: number, words: number): number[][] {
    const { start, length } = this.vector(field, 8 * words);
    return Array.from({ length }, (_, i) =>
      Array.from({ length: words }, (_, w) => Number(this.view.getBigInt64(start + 8 * (words * i + w), true))),
    );
  }

  private vector(field: number, width: number): { start: number; length: number } {
    const at = this.place(field);
    if (at === null) return { start: 0, length: 0 };
    const start = at + this.view.getUint32(at, true);
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * width > this.view.byteLength) throw new RangeError('a vector leaves the buffer');
    return { start: start + 4, length };
  }

  private place(field: number): number | null {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.view.getUint16(this.vtable, true)) return null;
    const offset = this.view.getUint16(this.vtable + slot, true);
    return offset === 0 ? null : this.at + offset;
  }
}
