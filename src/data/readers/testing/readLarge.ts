/**
 * A process that reads the file named by its argument as the lab does, keeping the numbers as float32 (none where no file
 * is named), and prints its peak memory in bytes, the rows, the numbers kept and their sum.
 */
import { open } from 'node:fs/promises';
import { openFile } from '../openFile.ts';

const path = process.argv[2];
const kept: Float32Array[] = [];
let rows = 0;
if (path !== undefined) {
  const handle = await open(path);
  const { size } = await handle.stat();
  const file = await openFile({
    name: path,
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      if (bytesRead !== bytes.length) throw new Error(`${bytesRead} bytes of ${bytes.length} came`);
      return bytes;
    },
  });
  const wanted = file.columns.map(({ name, kind }) => ({ name, as: kind === 'vector' ? kind : ('number' as const) }));
  rows = await file.read(wanted, ({ columns }) => {
    for (const values of columns.values()) {
      if (values instanceof Float32Array || values instanceof Float64Array) kept.push(Float32Array.from(values));
    }
  });
  await handle.close();
}
const numbers = kept.reduce((sum, values) => sum + values.length, 0);
const total = kept.reduce((sum, values) => values.reduce((s, v) => s + v, sum), 0);
console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024, rows, numbers, total }));
