import { useEffect, useMemo } from 'react';
import { RowScatter } from '../../../../charts/rows/RowScatter.tsx';
import { createSource } from '../../../../state/source.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useSession, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { AngleWheel } from './AngleWheel.tsx';
import { geometryKey, rowScenes, type PlacedRows } from './rowScenes.ts';
import './geometry.css';

const OPTIONS = {};

export default function GeometryPanel() {
  const session = useSession();
  const analysis = useAnalysis('geometry', OPTIONS, { when: 'rest', keyOf: geometryKey });
  const { result, resultSpec } = analysis;
  const shownSpec = useStatus((status) => status.shownSpec);
  const name0 = useStatus((status) => status.context?.data.name0 ?? 'label 0');
  const name1 = useStatus((status) => status.context?.data.name1 ?? 'label 1');
  const placed = useMemo(() => createSource<PlacedRows>(), []);
  const scenes = useMemo(
    () =>
      rowScenes({
        step: session.step,
        clean: session.clean,
        placed,
        shownSpec: () => session.status.getState().shownSpec ?? session.spec.getState().spec,
      }),
    [session, placed],
  );
  useEffect(() => {
    if (result !== null && resultSpec !== null) placed.set({ geometry: result, spec: resultSpec });
  }, [result, resultSpec, placed]);

  const stale = resultSpec !== null && shownSpec !== null && geometryKey(resultSpec) !== geometryKey(shownSpec);
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Place the rows" />
      {result && (
        <div className="geometry" data-stale={stale}>
          <div>
            <RowScatter
              source={scenes}
              title="Rows on the probe’s direction and across it"
              name0={name0}
              name1={name1}
            />
            <p className="wheel-scale">
              Share of variance along the axes: <Why metric="secondAxis" of="share of variance" />
            </p>
          </div>
          <AngleWheel />
        </div>
      )}
    </>
  );
}
