import type { ChartSource } from '../../../../charts/source.ts';
import type { RowScene } from '../../../../charts/rows/scene.ts';
import type { GeometryReport } from '../../../../engine/analyses/geometry.ts';
import { preparationKey } from '../../../../engine/keys.ts';
import type { StepResult } from '../../../../engine/results.ts';
import type { ExperimentSpec } from '../../../../spec/types.ts';

/** What places of rows depend on, besides the amount of drift: neither threshold nor τ. */
export function geometryKey(spec: ExperimentSpec): string {
  return preparationKey(spec) + JSON.stringify(spec.view.slice);
}

/** A geometry and the spec that it belongs to. */
export interface PlacedRows {
  readonly geometry: GeometryReport;
  readonly spec: ExperimentSpec;
}

export interface SceneParts {
  readonly step: ChartSource<StepResult>;
  readonly clean: ChartSource<StepResult>;
  readonly placed: ChartSource<PlacedRows>;
  /** The spec that the numbers on screen belong to. */
  readonly shownSpec: () => ExperimentSpec;
}

function logitsOf(step: StepResult | null): Float32Array | null {
  return step !== null && 'logits' in step && step.logits instanceof Float32Array ? step.logits : null;
}

/**
 * Scenes of the rows at each step: speaks when the step or the geometry does, and only while both belong to the same
 * settings, so that no row is ever drawn with the coefficients of another drift.
 */
export function rowScenes({ step, clean, placed, shownSpec }: SceneParts): ChartSource<RowScene> {
  let last: { step: StepResult; geometry: GeometryReport; scene: RowScene } | null = null;
  const scene = (): RowScene | null => {
    const now = step.get();
    const rows = placed.get();
    if (now === null || rows === null) return null;
    const places = rows.geometry;
    const shown = shownSpec();
    if (geometryKey(rows.spec) !== geometryKey(shown)) return last?.scene ?? null;
    if (last === null || last.step !== now || last.geometry !== places) {
      const logits = logitsOf(now);
      if (logits !== null && logits.length !== places.rows) return last?.scene ?? null;
      const { coefficients } = now;
      const cleanLogits = logits === null ? null : logitsOf(clean.get());
      const next: RowScene = { geometry: places, coefficients, logits, cleanLogits, metrics: shown.metrics };
      last = { step: now, geometry: places, scene: next };
    }
    return last.scene;
  };
  return {
    get: scene,
    subscribe(listener) {
      let told: RowScene | null = null;
      const tell = (): void => {
        const next = scene();
        if (next === null || next === told) return;
        told = next;
        listener(next);
      };
      const stops = [step.subscribe(tell), placed.subscribe(tell)];
      return () => stops.forEach((stop) => stop());
    },
  };
}
