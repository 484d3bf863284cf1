import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { readSpecFile } from './specFile.ts';

const json = (value: unknown, name = 'x.json') => new File([JSON.stringify(value)], name);

describe('a dropped .json file', () => {
  it('that holds a spec, or a result with its spec, gives the spec', async () => {
    expect(await readSpecFile(json(DEFAULT_SPEC))).toEqual(DEFAULT_SPEC);
    expect(await readSpecFile(json({ drift: { sigma: 0.5 } }))).toMatchObject({ drift: { sigma: 0.5 } });
    const result = { lab: { version: '1' }, spec: DEFAULT_SPEC, metrics: {} };
    expect(await readSpecFile(json(result))).toEqual(DEFAULT_SPEC);
  });

  it('that holds rows is left to the readers of data', async () => {
    expect(await readSpecFile(json([{ label: 1, embedding: [1, 2] }]))).toBeNull();
    expect(await readSpecFile(json({ label: [0, 1], embedding: [[1], [2]] }))).toBeNull();
    expect(await readSpecFile(new File(['{"a":1}\n{"a":2}\n'], 'rows.json'))).toBeNull();
    expect(await readSpecFile(json(DEFAULT_SPEC, 'x.csv'))).toBeNull();
  });

  it('that is a spec with something wrong says what', async () => {
    await expect(readSpecFile(json({ drift: { sigma: -1 } }))).rejects.toThrow(/^x\.json: .*drift\.sigma is -1/);
  });
});
