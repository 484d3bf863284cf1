// Compiles simdKernels.wat into simdKernels.wasm.ts: node src/core/linalg/buildKernels.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';

/** Base64 of the module that simdKernels.wat spells. */
export async function compileKernels() {
  const tool = await wabt();
  const source = readFileSync(new URL('simdKernels.wat', import.meta.url), 'utf8');
  const parsed = tool.parseWat('simdKernels.wat', source, { simd: true });
  parsed.validate();
  const { buffer } = parsed.toBinary({ write_debug_names: false });
  parsed.destroy();
  return Buffer.from(buffer).toString('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const base64 = await compileKernels();
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
  writeFileSync(
    new URL('simdKernels.wasm.ts', import.meta.url),
    `/** simdKernels.wat as WebAssembly, in base64; written by buildKernels.mjs. */\nexport const SIMD_KERNELS = [\n${lines.join('\n')}\n].join('');\n`,
  );
  console.log(`simdKernels.wasm.ts: ${(base64.length * 3) / 4} bytes of WebAssembly`);
}
