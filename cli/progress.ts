import type { Checkpoint } from '../src/engine/backend.ts';

/** Writes what the engine is doing to stderr: a line each time that changes, and at most one each second. */
export function stderrProgress(): Checkpoint {
  let last = '';
  let said = 0;
  return async (share, doing) => {
    const now = performance.now();
    if (doing === last && now - said < 1000) return;
    process.stderr.write(`${doing}${share > 0 ? ` ${Math.round(share * 100)}%` : ''}\n`);
    last = doing;
    said = now;
  };
}
