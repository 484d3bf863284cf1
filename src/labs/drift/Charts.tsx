import { useMemo } from 'react';
import {
  ConfidenceHistogram,
  ConfusionMatrix,
  HighConfidenceErrors,
  ReliabilityChart,
  RocChart,
} from '../../charts/index.ts';
import { createSource } from '../../state/source.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { Cliff } from './cliff/Cliff.tsx';
import { Headlines } from './Headlines.tsx';
import { usePinned } from './usePinned.ts';

export function Charts() {
  const { step, clean, spec } = useSession();
  // Captions speak of the numbers that are shown; only what a hand moves follows the spec being edited.
  const shown = useStatus((status) => status.shownSpec) ?? spec.getState().spec;
  const { metrics } = shown;
  const tau = useSpec((state) => state.spec.metrics.highConfidence);
  const name0 = useStatus((status) => status.context?.data.name0 ?? 'label 0');
  const name1 = useStatus((status) => status.context?.data.name1 ?? 'label 1');
  const { drag, commit } = spec.getState();
  const pinned = usePinned();
  const beside = useMemo(() => (pinned ? createSource(pinned.step) : clean), [pinned, clean]);
  const besideIs = pinned ? 'A' : 'clean';
  return (
    <div className="charts">
      <Cliff />
      <Headlines />
      <HighConfidenceErrors source={step} beside={beside} besideIs={besideIs} highConfidence={metrics.highConfidence} />
      <RocChart source={step} beside={beside} besideIs={besideIs} threshold={metrics.threshold} />
      <ReliabilityChart source={step} target={metrics.target} pinned={pinned?.step} />
      <ConfidenceHistogram
        source={step}
        highConfidence={tau}
        pinned={pinned?.step}
        onHighConfidence={(highConfidence) => drag({ metrics: { highConfidence } })}
        onHighConfidenceCommit={(highConfidence) => commit({ metrics: { highConfidence } })}
      />
      <ConfusionMatrix
        source={step}
        label1={name1}
        label0={name0}
        threshold={metrics.threshold}
        pinned={pinned?.step}
      />
    </div>
  );
}
