import { createStore } from 'zustand/vanilla';
import { DEFAULT_SPEC } from '../spec/defaultSpec.ts';
import type { ExperimentSpec } from '../spec/types.ts';

type Section = 'data' | 'split' | 'probe' | 'drift' | 'metrics' | 'view';
export type SpecPatch = { readonly [S in Section]?: Partial<ExperimentSpec[S]> };

export interface SpecState {
  /** The spec being edited; every control and chart follows it. */
  readonly spec: ExperimentSpec;
  readonly past: readonly ExperimentSpec[];
  readonly future: readonly ExperimentSpec[];
  /** The spec when a drag began; null while nothing is dragged. */
  readonly dragStart: ExperimentSpec | null;
  /** A discrete choice: one step of undo. Ends a drag, if one is on. */
  commit(patch: SpecPatch): void;
  /** A move within a drag: no step of undo until `commit`. */
  drag(patch: SpecPatch): void;
  /** Opens and closes what is on screen: it changes no result, so it is no step of undo. */
  show(view: Partial<ExperimentSpec['view']>): void;
  /** Takes another spec whole, as one step of undo. */
  replace(spec: ExperimentSpec): void;
  undo(): void;
  redo(): void;
}

const DEPTH = 200;

export function applyPatch(spec: ExperimentSpec, patch: SpecPatch): ExperimentSpec {
  const next: Record<string, unknown> = { ...spec };
  for (const [section, values] of Object.entries(patch)) {
    next[section] = { ...(spec[section as Section] as object), ...values };
  }
  return next as unknown as ExperimentSpec;
}

const same = (a: ExperimentSpec, b: ExperimentSpec) => JSON.stringify(a) === JSON.stringify(b);

export function createSpecStore(initial: ExperimentSpec = DEFAULT_SPEC) {
  return createStore<SpecState>()((set, get) => {
    const enter = (spec: ExperimentSpec) => {
      const { past, dragStart, spec: current } = get();
      const before = dragStart ?? current;
      if (same(before, spec)) set({ spec: same(current, spec) ? current : spec, dragStart: null });
      else set({ spec, past: [...past, before].slice(-DEPTH), future: [], dragStart: null });
    };
    return {
      spec: initial,
      past: [],
      future: [],
      dragStart: null,
      commit: (patch) => enter(applyPatch(get().spec, patch)),
      drag: (patch) => set(({ spec, dragStart }) => ({ spec: applyPatch(spec, patch), dragStart: dragStart ?? spec })),
      show: (view) => set(({ spec }) => ({ spec: applyPatch(spec, { view }) })),
      replace: enter,
      undo() {
        const { past, future, spec, dragStart } = get();
        if (dragStart) return set({ spec: dragStart, dragStart: null });
        const before = past.at(-1);
        if (before) set({ spec: before, past: past.slice(0, -1), future: [spec, ...future] });
      },
      redo() {
        const { past, future, spec } = get();
        if (future.length > 0) set({ spec: future[0], past: [...past, spec], future: future.slice(1) });
      },
    };
  });
}

export type SpecStore = ReturnType<typeof createSpecStore>;
