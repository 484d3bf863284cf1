/** The same numbers as pattern_values and pattern_labels of the fixtures. */
export function patternValues(rows: number, dims: number): Float64Array {
  return Float64Array.from({ length: rows * dims }, (_, i) => ((i * i) % 1009) / 8 - 60);
}

export function patternLabels(rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => ((row * row) % 10 < 4 ? 1 : 0));
}
