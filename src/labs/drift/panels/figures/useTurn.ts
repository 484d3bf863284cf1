import { useEffect, useRef } from 'react';
import type { AnalysisState } from '../../../useAnalysis.ts';

/** A figure's place in a run of all three: one runs at a time. */
export interface Turn {
  /** Whether it is this figure's turn. */
  readonly mine: boolean;
  /** Says that it is done; `on` is whether the next one should follow. */
  readonly end: (on: boolean) => void;
}

/** Runs an analysis when its turn comes, and hands the turn on when it is done; a cancelled or failed one ends the round. */
export function useTurn<R>({ phase, run }: AnalysisState<R> & { readonly run: () => void }, { mine, end }: Turn): void {
  const begun = useRef(false);
  useEffect(() => {
    if (!mine) {
      begun.current = false;
      return;
    }
    if (!begun.current) {
      if (phase === 'done') return end(true);
      begun.current = true;
      if (phase !== 'running') run();
      return;
    }
    if (phase === 'running') return;
    begun.current = false;
    end(phase === 'done');
  }, [mine, phase, run, end]);
}
