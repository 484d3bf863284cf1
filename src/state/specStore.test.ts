import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '../spec/defaultSpec.ts';
import { createSpecStore } from './specStore.ts';

const sigmaOf = (store: ReturnType<typeof createSpecStore>) => store.getState().spec.drift.sigma;

test('a drag is one step of undo, from where it began', () => {
  const store = createSpecStore();
  for (const sigma of [0.03, 0.04, 0.05]) store.getState().drag({ drift: { sigma } });
  store.getState().commit({ drift: { sigma: 0.06 } });
  expect(sigmaOf(store)).toBe(0.06);
  store.getState().undo();
  expect(store.getState().spec).toEqual(DEFAULT_SPEC);
  store.getState().redo();
  expect(sigmaOf(store)).toBe(0.06);
});

test('a choice that changes nothing leaves no step behind', () => {
  const store = createSpecStore();
  store.getState().commit({ drift: { sigma: DEFAULT_SPEC.drift.sigma } });
  expect(store.getState().past).toHaveLength(0);
});

test('undo in the middle of a drag gives the drag up', () => {
  const store = createSpecStore();
  store.getState().drag({ drift: { sigma: 1 } });
  store.getState().undo();
  expect(store.getState().spec).toEqual(DEFAULT_SPEC);
  expect(store.getState().past).toHaveLength(0);
});

test('a new choice after undo forgets what was undone', () => {
  const store = createSpecStore();
  store.getState().commit({ drift: { sigma: 0.1 } });
  store.getState().undo();
  store.getState().commit({ probe: { C: 10 } });
  store.getState().redo();
  expect(store.getState().spec).toEqual({ ...DEFAULT_SPEC, probe: { ...DEFAULT_SPEC.probe, C: 10 } });
});
