import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Fewer repeats and smaller sizes, for a look in under a minute; figures then say so. */
  readonly quick: boolean;
  /** Where to write all figures as JSON; null for nowhere. */
  readonly json: string | null;
}

/** `--quick` and `--json FILE`, or BENCH_QUICK=1 and BENCH_JSON=FILE where a runner passes no options on. */
function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
    allowPositionals: true,
  });
  const { BENCH_QUICK = '', BENCH_JSON = '' } = process.env;
  return {
    quick: values.quick || (BENCH_QUICK !== '' && BENCH_QUICK !== '0'),
    json: values.json ?? (BENCH_JSON === '' ? null : BENCH_JSON),
  };
}

export const options = readOptions();
