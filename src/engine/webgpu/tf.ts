/** The one place where tfjs comes in: the operations this backend needs, on a device of our own. */
import {
  AdamOptimizer,
  add,
  concat1d,
  div,
  engine,
  env,
  mul,
  registerBackend,
  registerKernel,
  relu,
  removeBackend,
  reshape,
  setBackend,
  sigmoid,
  sqrt,
  step,
  sub,
  sum,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  type KernelConfig,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply';
import { realDivConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/RealDiv';
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid';
import { sqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sqrt';
import { squareConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Square';
import { stepConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Step';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub';
import { sumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sum';
import { zerosLikeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ZerosLike';
import { WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu';

export {
  AdamOptimizer,
  add,
  concat1d,
  div,
  mul,
  relu,
  reshape,
  sigmoid,
  sqrt,
  step,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  variable,
};
export type { Tensor1D, Tensor2D, Variable, WebGPUProgram };

/** The kernels name the backend that they belong to. */
const NAME = 'webgpu';
const KERNELS: readonly KernelConfig[] = [
  addConfig,
  concatConfig,
  identityConfig,
  multiplyConfig,
  realDivConfig,
  reluConfig,
  reshapeConfig,
  sigmoidConfig,
  sqrtConfig,
  squareConfig,
  stepConfig,
  subConfig,
  sumConfig,
  zerosLikeConfig,
];

let kernelsKnown = false;
let installed: GPUDevice | null = null;

/** Lets tfjs compute on `device`. tfjs knows one device at a time: one installed before is taken out of it. */
export async function install(device: GPUDevice, info: GPUAdapterInfo): Promise<void> {
  if (!kernelsKnown) {
    for (const kernel of KERNELS) registerKernel(kernel);
    env().set('WEBGPU_CPU_FORWARD', false);
    kernelsKnown = true;
  }
  if (installed) removeBackend(NAME);
  installed = device;
  registerBackend(NAME, () => new WebGPUBackend(device, info));
  if (!(await setBackend(NAME))) throw new Error('TensorFlow.js does not start on this GPU.');
}

/** Takes `device` out of tfjs, where it still is, with all the memory that tfjs holds on it. */
export function uninstall(device: GPUDevice): void {
  if (installed !== device) return;
  installed = null;
  removeBackend(NAME);
}

/** A matrix that lies in a buffer of ours from its start; the buffer stays ours. */
export function matrixIn(buffer: GPUBuffer, rows: number, cols: number): Tensor2D {
  return tensor({ buffer, zeroCopy: true }, [rows, cols], 'float32') as Tensor2D;
}

/** Runs a program of ours among tfjs's own; its result is freed by tf.tidy as theirs are. */
export function runProgram(
  program: WebGPUProgram,
  inputs: readonly Tensor[],
  uniforms: { type: string; data: number[] }[] = [],
): Tensor {
  const backend = engine().backend as WebGPUBackend;
  const made = backend.runWebGPUProgram(program, [...inputs], 'float32', uniforms);
  return engine().makeTensorFromTensorInfo(made);
}

/** The numbers of a matrix, row after row, without a copy. */
export function flat(matrix: Tensor2D): Tensor1D {
  return reshape(matrix, [matrix.size]);
}

/** Computes a vector and reads it back. All commands are given before the first await. */
export async function readBack(compute: () => Tensor1D): Promise<Float32Array> {
  const result = tidy(compute);
  try {
    return (await result.data()) as Float32Array;
  } finally {
    result.dispose();
  }
}
