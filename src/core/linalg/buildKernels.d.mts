/** Base64 of the module that simdKernels.wat spells. */
export function compileKernels(): Promise<string>;
