import { describe, expect, it } from 'vitest';
import { createSpecStore } from '../../state/specStore.ts';
import { selectDriftSettings } from './driftSettings.ts';

describe('the settings of the drift', () => {
  it('stay the same object while the slider moves, so that a drag renders nothing', () => {
    const store = createSpecStore();
    const select = selectDriftSettings();
    const before = select(store.getState());
    store.getState().drag({ drift: { sigma: 0.123 } });
    store.getState().commit({ drift: { t: 0.5 } });
    expect(store.getState().spec.drift).toMatchObject({ sigma: 0.123, t: 0.5 });
    expect(select(store.getState())).toBe(before);
  });

  it('are a new object when one of them changes', () => {
    const store = createSpecStore();
    const select = selectDriftSettings();
    const changes = [
      { units: 'total-norm' },
      { kind: 'directional' },
      { direction: 'opposed' },
      { planes: 3 },
      { renormalize: !store.getState().spec.drift.renormalize },
      { seed: 99 },
    ] as const;
    for (const change of changes) {
      const before = select(store.getState());
      store.getState().commit({ drift: change });
      expect(select(store.getState())).not.toBe(before);
      expect(select(store.getState())).toMatchObject(change);
    }
  });
});
