import { main } from '../main.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, for tests, and returns what it would print. One at a time. */
export async function captured(args: readonly string[]): Promise<Outcome> {
  const { stdout, stderr } = process;
  const writeOut = stdout.write;
  const writeErr = stderr.write;
  const said = { stdout: '', stderr: '' };
  stdout.write = (chunk: Uint8Array | string): boolean => {
    said.stdout += String(chunk);
    return true;
  };
  stderr.write = (chunk: Uint8Array | string): boolean => {
    said.stderr += String(chunk);
    return true;
  };
  try {
    const code = await main(args);
    return { code, ...said };
  } finally {
    stdout.write = writeOut;
    stderr.write = writeErr;
  }
}
