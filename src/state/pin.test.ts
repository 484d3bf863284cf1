import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { settingsKey } from '../engine/keys.ts';
import type { StepResult, Sweep } from '../engine/results.ts';
import { DEFAULT_SPEC } from '../spec/defaultSpec.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import { completePin, createPinStore, goBackToPin, pin, swapPin, unpin, type Pin, type PinHost } from './pin.ts';
import { reviveSnapshot } from './snapshot.ts';
import { createSpecStore } from './specStore.ts';

const first = reviveSnapshot(
  JSON.parse(readFileSync(new URL('../labs/drift/defaultResult.json', import.meta.url), 'utf8')),
);

/** A host that shows every spec at once, with the step's σ set to that of the spec. */
function openHost(): PinHost & { sweepReady: boolean } {
  const spec = createSpecStore(DEFAULT_SPEC);
  const host = {
    pins: createPinStore(),
    spec,
    sweepReady: true,
    shownState: (): Pin => {
      const now = spec.getState().spec;
      const step: StepResult = { ...first.step, sigma: now.drift.sigma };
      return {
        spec: now,
        step,
        clean: first.clean,
        sweep: host.sweepReady ? first.sweep : null,
        context: first.context,
      };
    },
  };
  return host;
}

const sigma = (spec: ExperimentSpec | undefined) => spec?.drift.sigma;
let host = openHost();
const pinned = () => host.pins.getState().pinned;
const edited = () => host.spec.getState().spec;
beforeEach(() => {
  host = openHost();
});

test('a pin outlives changes of data, probe and drift', () => {
  pin(host);
  const kept = pinned();
  const { commit } = host.spec.getState();
  commit({ drift: { sigma: 0.3 } });
  commit({ probe: { C: 7 } });
  commit({ data: { id: 'prompts' } });
  expect(pinned()).toBe(kept);
  expect(sigma(pinned()?.spec)).toBe(DEFAULT_SPEC.drift.sigma);
});

test('undo and redo leave the pin alone', () => {
  host.spec.getState().commit({ drift: { sigma: 0.3 } });
  pin(host);
  host.spec.getState().undo();
  expect(sigma(pinned()?.spec)).toBe(0.3);
  host.spec.getState().redo();
  expect(sigma(pinned()?.spec)).toBe(0.3);
});

test('going back edits the settings of A as one step of undo, and keeps what is open', () => {
  pin(host);
  const { commit, show } = host.spec.getState();
  commit({ drift: { sigma: 0.3 } });
  show({ panels: ['comparison'] });
  const steps = host.spec.getState().past.length;
  goBackToPin(host);
  expect(sigma(edited())).toBe(DEFAULT_SPEC.drift.sigma);
  expect(edited().view.panels).toEqual(['comparison']);
  expect(host.spec.getState().past).toHaveLength(steps + 1);
  host.spec.getState().undo();
  expect(sigma(edited())).toBe(0.3);
  expect(pinned()).not.toBeNull();
});

test('swapping makes A what was shown and edits what was A; twice is as before', () => {
  pin(host);
  host.spec.getState().commit({ drift: { sigma: 0.3 } });
  swapPin(host);
  expect([sigma(pinned()?.spec), sigma(edited())]).toEqual([0.3, DEFAULT_SPEC.drift.sigma]);
  expect(pinned()?.step.sigma).toBe(0.3);
  swapPin(host);
  expect([sigma(pinned()?.spec), sigma(edited())]).toEqual([DEFAULT_SPEC.drift.sigma, 0.3]);
});

test('without a pin nothing is swapped or gone back to', () => {
  const before = edited();
  swapPin(host);
  goBackToPin(host);
  expect(edited()).toBe(before);
  expect(pinned()).toBeNull();
});

test('unpinning forgets A', () => {
  pin(host);
  unpin(host);
  expect(pinned()).toBeNull();
});

test('a pin taken while its cliff is measured gets that cliff, and no other', () => {
  host.sweepReady = false;
  pin(host);
  const other: Sweep = first.sweep;
  completePin(host, 'other settings', other);
  expect(pinned()?.sweep).toBeNull();
  completePin(host, settingsKey(edited()), first.sweep);
  expect(pinned()?.sweep).toBe(first.sweep);
  completePin(host, settingsKey(edited()), { ...first.sweep });
  expect(pinned()?.sweep).toBe(first.sweep);
});
