import { runProgram, type Tensor1D, type Tensor2D, type WebGPUProgram } from './tf.ts';

/** Partial sums of one inner product, added up in float64 after reading back. */
export const LANES = 32;
/** Rows that one thread adds up in a column sum. */
const CHUNK = 256;
const WORKGROUP = 64;

function flatProgram(
  name: string,
  outputShape: number[],
  variableNames: string[],
  code: string,
  uniforms?: string,
): WebGPUProgram {
  const threads = outputShape.reduce((product, size) => product * size, 1);
  return {
    shaderKey: `lab_${name}`,
    outputShape,
    variableNames,
    uniforms,
    size: true,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: outputShape.map((_, k) => k) },
    dispatch: [Math.ceil(threads / WORKGROUP), 1, 1],
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          ${code}
        }
      }`,
  };
}

/**
 * Inner products of the rows of a with the rows of b (or with its only row), as rows × {@link LANES} partial sums: lane l
 * has the products of columns l, l + LANES, …, in four running sums: rounding grows with the length of a run. Neighbouring
 * threads read neighbouring columns, and none waits for another.
 */
export function rowDotLanes(a: Tensor2D, b: Tensor2D): Tensor2D {
  const program = flatProgram(
    'rowDotLanes',
    [a.shape[0], LANES],
    ['a', 'b'],
    `let row = index / ${LANES};
     let width = uniforms.aShape[1];
     let aAt = row * width;
     let bAt = select(aAt, 0, uniforms.bShape[0] == 1);
     var sums = vec4<f32>();
     var j = index % ${LANES};
     for (; j + ${3 * LANES} < width; j = j + ${4 * LANES}) {
       let p = aAt + j;
       let q = bAt + j;
       sums = fma(
         vec4<f32>(a[p], a[p + ${LANES}], a[p + ${2 * LANES}], a[p + ${3 * LANES}]),
         vec4<f32>(b[q], b[q + ${LANES}], b[q + ${2 * LANES}], b[q + ${3 * LANES}]),
         sums,
       );
     }
     for (; j < width; j = j + ${LANES}) {
       sums.x = fma(a[aAt + j], b[bAt + j], sums.x);
     }
     setOutputAtIndex(index, (sums.x + sums.y) + (sums.z + sums.w));`,
  );
  return runProgram(program, [a, b]) as Tensor2D;
}

/**
 * The product of two matrices, the first or the second transposed where asked. Each thread adds one entry up in four running
 * sums, in a fixed order: the result is the same each time, as it is not with the program of tfjs that adds by atomics; and
 * none waits for another, which a GPU that is emulated pays dearly for.
 */
export function matrixProduct(a: Tensor2D, b: Tensor2D, transpose: 'none' | 'first' | 'second' = 'none'): Tensor2D {
  const [rows, width] = transpose === 'first' ? [a.shape[1], a.shape[0]] : a.shape;
  const columns = transpose === 'second' ? b.shape[0] : b.shape[1];
  const left = (k: string): string => (transpose === 'first' ? `a[(${k}) * aWidth + row]` : `a[row * aWidth + ${k}]`);
  const right = (k: string): string =>
    transpose === 'second' ? `b[column * bWidth + ${k}]` : `b[(${k}) * bWidth + column]`;
  const four = (side: (k: string) => string): string =>
    `vec4<f32>(${['j', 'j + 1', 'j + 2', 'j + 3'].map(side).join(', ')})`;
  const program = flatProgram(
    `matrixProduct_${transpose}`,
    [rows, columns],
    ['a', 'b'],
    `let aWidth = uniforms.aShape[1];
     let bWidth = uniforms.bShape[1];
     let row = index / uniforms.outShape[1];
     let column = index % uniforms.outShape[1];
     var sums = vec4<f32>();
     var j = 0;
     for (; j + 3 < uniforms.inner; j = j + 4) {
       sums = fma(${four(left)}, ${four(right)}, sums);
     }
     for (; j < uniforms.inner; j = j + 1) {
       sums.x = fma(${left('j')}, ${right('j')}, sums.x);
     }
     setOutputAtIndex(index, (sums.x + sums.y) + (sums.z + sums.w));`,
    'inner : i32,',
  );
  return runProgram(program, [a, b], [{ type: 'int32', data: [width] }]) as Tensor2D;
}

/** h ∘ (t + offset), where t has the inner products that `lanes` holds in parts. */
export function weighRows(lanes: Tensor2D, h: Tensor1D, offset: number): Tensor1D {
  const program = flatProgram(
    'weighRows',
    [lanes.shape[0]],
    ['lanes', 'h'],
    `var sum = uniforms.offset;
     for (var l = 0; l < ${LANES}; l = l + 1) {
       sum = sum + lanes[index * ${LANES} + l];
     }
     setOutputAtIndex(index, h[index] * sum);`,
    'offset : f32,',
  );
  return runProgram(program, [lanes, h], [{ type: 'float32', data: [offset] }]) as Tensor1D;
}

/** Parts of aᵀr, of which each row sums a run of rows: chunks × columns. */
export function columnSumChunks(a: Tensor2D, r: Tensor1D): Tensor2D {
  const [rows, width] = a.shape;
  const program = flatProgram(
    'columnSumChunks',
    [Math.ceil(rows / CHUNK), width],
    ['a', 'r'],
    `let width = uniforms.aShape[1];
     let column = index % width;
     let first = (index / width) * ${CHUNK};
     let end = min(first + ${CHUNK}, uniforms.aShape[0]);
     var sum = 0.0;
     for (var i = first; i < end; i = i + 1) {
       sum = fma(r[i], a[i * width + column], sum);
     }
     setOutputAtIndex(index, sum);`,
  );
  return runProgram(program, [a, r]) as Tensor2D;
}

/** Sums of consecutive groups of {@link LANES} values from `first` on, times `factor`, in float64. */
export function addLanes(values: Float32Array, first: number, factor: number, out: Float64Array): void {
  for (let k = 0, at = first; k < out.length; k++) {
    let sum = 0;
    for (const end = at + LANES; at < end; at++) sum += values[at];
    out[k] = factor * sum;
  }
}
