import { expect, test } from 'vitest';
import { stream } from '../random/streams.ts';
import { anisotropySteps, meanPairwiseCosine } from './meanCosine.ts';
import { allocateEmbeddings } from './simdKernels.ts';

test('the mean over all pairs, whatever the lengths of the rows', () => {
  const [rows, dims] = [30, 9];
  const room = allocateEmbeddings(rows, dims);
  room.values.set(stream(1, 'test').standardNormal(new Float64Array(rows * dims)));
  for (let r = 0; r < rows; r++) room.scale[r] = 0.1 + r;
  let sum = 0;
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < a; b++) {
      let [ab, aa, bb] = [0, 0, 0];
      for (let j = 0; j < dims; j++) {
        const [x, y] = [room.values[a * dims + j], room.values[b * dims + j]];
        ab += x * y;
        aa += x * x;
        bb += y * y;
      }
      sum += ab / Math.sqrt(aa * bb);
    }
  }
  expect(meanPairwiseCosine(room)).toBeCloseTo(sum / ((rows * (rows - 1)) / 2), 12);
});

test('rows of zeros are counted, and leave it undefined', () => {
  const room = allocateEmbeddings(3, 2);
  room.values.set([1, 0, 0, 0, 0, 1]);
  const steps = anisotropySteps(room);
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value).toEqual({ meanCosine: null, zeroRows: 1 });
});
