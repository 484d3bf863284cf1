import type { DriftScalars, LabDrift } from '../../core/drift/definition.ts';
import type { DriftContext } from '../../core/drift/types.ts';
import { createKernels } from '../../core/linalg/kernels.ts';
import { pipeline } from './blocks.ts';
import { ComponentStream } from './componentStream.ts';
import { addLanes, LANES, rowDotLanes } from './programs.ts';
import type { ResidentBlock } from './residentRows.ts';
import { binaryScale, toFloat32 } from './scale.ts';
import type { Session } from './session.ts';
import * as tf from './tf.ts';

/** ‖x‖² of each row, as a column. */
function squares(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.mul(rows, rows), 1, true);
}

/** d − (x·d / ‖x‖²)·x of each row: the part of d across x, whose square has not cancelled as ‖d‖² − (x·d)²/‖x‖² has. */
function across(x: tf.Tensor2D, d: tf.Tensor2D): tf.Tensor2D {
  const along: tf.Tensor2D = tf.div(tf.sum(tf.mul(x, d), 1, true), squares(x));
  return tf.sub(d, tf.mul(along, x));
}

/**
 * The one O(N·D) pass: inner products of the component rows d (and p) with w, with the rows x and with each other, in
 * float32 on the GPU. w·x and ‖x‖² are float64 from this thread, so that no drift is exactly no drift.
 *
 * With `previous`, scalars of the same rows and components, only the products with w are made anew.
 */
export async function rowDots(
  session: Session,
  blocks: readonly ResidentBlock[],
  prepared: LabDrift,
  context: DriftContext,
  previous: DriftScalars | null,
  between: (share: number) => Promise<void>,
): Promise<DriftScalars> {
  const n = prepared.rows;
  const { weights, embeddings, rows } = context;
  const scalars = startScalars(prepared, previous);
  const kernels = createKernels(embeddings);
  kernels.matVec(rows, weights, scalars.s);
  if (!previous) kernels.squaredNorms(rows, scalars.n2);

  const scale = binaryScale(weights);
  const unit = toFloat32(weights, scale);
  const { wedge, wp, xp, dp, pp } = scalars;
  const wanted = previous ? [scalars.wd, wp] : [scalars.wd, wp, scalars.xd, scalars.dd, xp, dp, pp, wedge];
  const columns = wanted.filter((column) => column !== null);
  const stream = new ComponentStream(session, prepared, blocks[0]?.count ?? 0);
  try {
    await pipeline(
      blocks,
      ({ first }) => between(first / n),
      (block) => {
        stream.make(block);
        return session.run(() =>
          tf.readBack(() => {
            const { d, p } = stream.send(block);
            const w = tf.tensor2d(unit, [1, prepared.dims]);
            const products = [rowDotLanes(d, w)];
            if (p) products.push(rowDotLanes(p, w));
            if (!previous) {
              const x = tf.matrixIn(block.buffer, block.count, prepared.dims);
              products.push(rowDotLanes(x, d), rowDotLanes(d, d));
              if (p) products.push(rowDotLanes(x, p), rowDotLanes(d, p), rowDotLanes(p, p));
              if (wedge) {
                const e = across(x, d);
                products.push(rowDotLanes(e, e));
              }
            }
            return tf.concat1d(products.map(tf.flat));
          }),
        );
      },
      ({ first, count }, lanes) => {
        columns.forEach((column, k) => {
          const factor = column === scalars.wd || column === wp ? 1 / scale : 1;
          addLanes(lanes, k * count * LANES, factor, column.subarray(first, first + count));
        });
      },
    );
  } finally {
    stream.dispose();
  }
  if (wedge && !previous) for (let k = 0; k < n; k++) wedge[k] = scalars.n2[k] > 0 ? wedge[k] * scalars.n2[k] : 0;
  return scalars;
}

function startScalars(prepared: LabDrift, previous: DriftScalars | null): DriftScalars {
  const n = prepared.rows;
  const column = (): Float64Array => new Float64Array(n);
  const second = (): Float64Array | null => (prepared.hasSecondComponent ? column() : null);
  if (previous) {
    return { ...previous, s: column(), wd: column(), wp: second() };
  }
  return {
    rows: n,
    s: column(),
    n2: column(),
    wd: column(),
    xd: column(),
    dd: column(),
    wp: second(),
    xp: second(),
    dp: second(),
    pp: second(),
    wedge: prepared.fillsWedge ? column() : null,
  };
}
