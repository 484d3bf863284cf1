import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figure } from './support/figures.ts';
import type { MemoryCase, MemoryFound } from './support/memoryCase.ts';
import { options } from './support/options.ts';
import { note, printTable, type Cell } from './support/table.ts';

const [ROWS, DIMS] = options.quick ? [5_000, 1_024] : [20_000, 1_024];
const LIMIT = 1.5 * ROWS * DIMS * 4 + 40 * ROWS;
const MB = 1e6;
const SIZE = `${ROWS.toLocaleString('en-US')} × ${DIMS.toLocaleString('en-US')}`;
const SPLITS = [
  ['default split', 0.7, 0.2],
  ['95 % of rows as test', 0.05, 0.95],
] as const;

function inOwnProcess(of: MemoryCase): Promise<MemoryFound> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./support/memoryCase.ts', import.meta.url)), [JSON.stringify(of)]);
    child.on('message', (found) => resolve(found as MemoryFound));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The process that measures memory ended with exit code ${code}.`)));
  });
}

console.log(`Memory of one prepared experiment, ${SIZE}, each in a process of its own`);
const table: Cell[][] = [];
for (const [name, train, test] of SPLITS) {
  for (const kind of ['gaussian', 'subspace'] as const) {
    // The components of the paper's kind are two matrices, whatever the split: once is enough, and it takes long.
    if (kind === 'subspace' && (test > 0.5 || options.quick)) continue;
    const found = await inOwnProcess({ rows: ROWS, dims: DIMS, train, test, kind });
    if (!found.collected && table.length === 0) {
      note('No garbage collection on demand (node --expose-gc): what is kept and what is lost are mixed.');
    }
    const kept = found.wasm + found.arrayBuffers + found.heap;
    table.push([
      `${kind}, ${name}`,
      found.testRows.toLocaleString('en-US'),
      found.wasm / MB,
      found.arrayBuffers / MB,
      found.heap / MB,
      kept / MB,
      found.peak / MB,
      found.resident / MB,
      LIMIT / MB,
    ]);
    figure({
      name: `memory kept, ${SIZE}, ${kind}, ${name}`,
      hold: `≤ ${(LIMIT / MB).toFixed(0)} MB`,
      measured: `${(kept / MB).toFixed(0)} MB (most at a checkpoint ${(found.peak / MB).toFixed(0)} MB)`,
      held: kept <= LIMIT,
      numbers: { kept, limit: LIMIT, ...found, collected: String(found.collected) },
    });
  }
}
printTable(
  ['experiment', 'test rows', 'rows MB', 'arrays MB', 'heap MB', 'kept MB', 'most MB', 'resident MB', 'to hold MB'],
  table,
);
note('kept: rows (WebAssembly memory), array buffers and heap after a forced collection, against the process before.');
note('resident, as the system counts it, adds pages that were freed but not taken back, and code compiled on the way.');
