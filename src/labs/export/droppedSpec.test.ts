import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DataError } from '../../data/errors.ts';
import { DEFAULT_SPEC } from '../../spec/defaultSpec.ts';
import { validSpec } from '../../spec/fixtures/arbitrarySpec.ts';
import { readDroppedSpec, specFile } from './droppedSpec.ts';

test('a saved spec comes back as it was', () => {
  fc.assert(
    fc.property(validSpec, (spec) => {
      expect(readDroppedSpec(specFile(spec), 'spec.json')).toEqual(spec);
    }),
  );
});

test('a saved result gives the spec that it belongs to', () => {
  const spec = { ...DEFAULT_SPEC, drift: { ...DEFAULT_SPEC.drift, sigma: 0.07 } };
  const result = { lab: { name: 'Silent Failure Lab' }, spec, metrics: { rocAuc: 0.5 } };
  expect(readDroppedSpec(JSON.stringify(result), 'result.json')).toEqual(spec);
});

test('what is wrong is named with its file, in one line', () => {
  const refusal = (text: string): string => {
    try {
      readDroppedSpec(text, 'mine.json');
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      return (error as Error).message;
    }
    throw new Error('It was taken.');
  };
  expect(refusal('{"drift":{"sigma":-1,"kid":"gaussian"}}')).toMatch(/^mine\.json.*drift\.sigma.*drift\.kid/);
  expect(refusal('not JSON')).toMatch(/^mine\.json.*not JSON/);
  expect(refusal('[1, 2]')).toMatch(/^mine\.json.*JSON object/);
  expect(refusal('{"lab":{"name":"x"},"spec":{"drift":{"kind":"nothing"}}}')).toContain('drift.kind');
});
