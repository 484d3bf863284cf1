import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EngineProgress } from '../engine/api.ts';
import type { AnalysisName, AnalysisOptions, AnalysisResult } from '../engine/analyses/registry.ts';
import { resultKey } from '../engine/keys.ts';
import type { ExperimentSpec } from '../spec/types.ts';
import { createSource, type Source } from '../state/source.ts';
import { useSession } from './session.tsx';

export interface AnalysisState<R> {
  /**
   * 'stale': the last result belongs to a spec or options before these, and nothing runs. 'waiting': a run starts by itself
   * once the spec rests; a result, if there is one, belongs to a spec before.
   */
  readonly phase: 'idle' | 'waiting' | 'running' | 'done' | 'stale' | 'failed';
  /** The last result, kept while a newer one is computed; it belongs to the present settings only where phase is 'done'. */
  readonly result: R | null;
  /** The spec that `result` belongs to. */
  readonly resultSpec: ExperimentSpec | null;
  readonly progress: EngineProgress | null;
  /** What went wrong, for people. */
  readonly problem: string | null;
}

export interface AnalysisHandle<R> extends AnalysisState<R> {
  /** The same results for charts, which draw outside React's render. */
  readonly source: Source<R>;
  run(): void;
  cancel(): void;
}

export interface AnalysisWhen {
  /** 'rest': by itself, once the spec has rested; 'asked': when `run` is called. */
  readonly when: 'rest' | 'asked';
  /** Names the part of the spec that matters, where that is less than the whole result; e.g. settingsKey for a sweep. */
  readonly keyOf?: (spec: ExperimentSpec) => string;
}

/** Rest of the spec after which an analysis starts by itself. */
const REST_MS = 200;

const IDLE = { phase: 'idle', result: null, resultSpec: null, progress: null, problem: null } as const;

/** Runs one analysis of the spec being edited: at rest or when asked, the newest wins, cancelled when the panel closes. */
export function useAnalysis<N extends AnalysisName>(
  name: N,
  options: AnalysisOptions<N>,
  { when, keyOf = resultKey }: AnalysisWhen,
): AnalysisHandle<AnalysisResult<N>> {
  type R = AnalysisResult<N>;
  const session = useSession();
  const [state, setRendered] = useState<AnalysisState<R>>(IDLE);
  const kept = useRef<AnalysisState<R>>(IDLE);
  const source = useMemo(() => createSource<R>(), []);
  const flight = useRef<AbortController | null>(null);
  const doneKey = useRef('');
  const optionsText = JSON.stringify(options);
  // React renders once more even for a state that is the same: a drag, which changes nothing here, would render every panel.
  const setState = useCallback((next: (old: AnalysisState<R>) => AnalysisState<R>) => {
    const now = next(kept.current);
    if (now === kept.current) return;
    kept.current = now;
    setRendered(now);
  }, []);
  // Numbers of another backend are other numbers.
  const keyFor = useCallback(
    (spec: ExperimentSpec) => keyOf(spec) + optionsText + (session.status.getState().backend?.name ?? ''),
    [session, keyOf, optionsText],
  );

  const cancel = useCallback(() => {
    flight.current?.abort();
    flight.current = null;
    setState((old) =>
      old.phase === 'running' ? { ...old, phase: old.result ? 'stale' : 'idle', progress: null } : old,
    );
  }, [setState]);

  const run = useCallback(() => {
    flight.current?.abort();
    const controller = new AbortController();
    flight.current = controller;
    const { spec } = session.spec.getState();
    const key = keyFor(spec);
    const current = () => flight.current === controller;
    setState((old) => ({ ...old, phase: 'running', progress: null, problem: null }));
    const onProgress = (progress: EngineProgress) => {
      if (current()) setState((old) => ({ ...old, progress }));
    };
    session
      .analyse(name, spec, JSON.parse(optionsText) as AnalysisOptions<N>, { signal: controller.signal, onProgress })
      .then(
        (result) => {
          if (!current()) return;
          flight.current = null;
          doneKey.current = key;
          source.set(result);
          setState(() => ({ phase: 'done', result, resultSpec: spec, progress: null, problem: null }));
        },
        (error: unknown) => {
          if (!current()) return;
          flight.current = null;
          if (error instanceof Error && error.name === 'Cancelled') {
            return setState((old) => ({ ...old, phase: old.result ? 'stale' : 'idle', progress: null }));
          }
          const problem = error instanceof Error ? error.message : String(error);
          setState((old) => ({ ...old, phase: 'failed', progress: null, problem }));
        },
      );
  }, [session, name, optionsText, source, keyFor, setState]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = '';
    const look = () => {
      const key = keyFor(session.spec.getState().spec);
      if (key === seen) return;
      seen = key;
      clearTimeout(timer);
      // Also where the settings are back at those of the result: a run of the ones between would replace it.
      cancel();
      if (key === doneKey.current) {
        return setState((old) => (old.phase === 'done' ? old : { ...old, phase: 'done', problem: null }));
      }
      setState((old) => {
        const phase = when === 'rest' ? 'waiting' : old.result === null ? 'idle' : 'stale';
        return old.phase === phase ? old : { ...old, phase, problem: null };
      });
      if (when === 'rest') timer = setTimeout(run, REST_MS);
    };
    look();
    const stops = [session.spec.subscribe(look), session.status.subscribe(look)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, keyFor, when, run, cancel, setState]);

  useEffect(() => cancel, [cancel]);

  return { ...state, source, run, cancel };
}
