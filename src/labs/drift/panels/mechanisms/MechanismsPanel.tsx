import { useMemo, useState } from 'react';
import type { MeasuredState, MechanismRow, Strength } from '../../../../engine/analyses/mechanisms.ts';
import { formatCount } from '../../../../charts/format.ts';
import { seededKey } from '../../../../engine/keys.ts';
import { nullable, number } from '../../../../spec/parsers.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { CheckField } from '../../../fields/CheckField.tsx';
import { NumberField } from '../../../fields/NumberField.tsx';
import { SelectField, type Option } from '../../../fields/SelectField.tsx';
import { setInUse } from '../../../data/dataInUse.ts';
import { useSession, useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import { useMatrices } from '../useMatrices.ts';
import { DotPlot } from './DotPlot.tsx';
import { MechanismTable } from './MechanismTable.tsx';
import { spreadOf, spreadSentences } from './words.ts';
import '../../../../charts/charts.css';
import './mechanisms.css';

const STRENGTHS: readonly Option<Strength>[] = [
  { value: 'displacement', label: 'Mean displacement ‖x′ − x‖' },
  { value: 'angle', label: 'Mean angle (degrees)' },
];
const TARGET = { displacement: number({ above: 0, max: 10 }), angle: number({ above: 0, max: 180 }) };

/** All mechanisms at equal measured strength, not at equal σ. */
export default function MechanismsPanel() {
  const { spec: store } = useSession();
  const data = useSpec((state) => state.spec.data);
  const renormalize = useSpec((state) => state.spec.drift.renormalize);
  const catalogue = useStatus((status) => status.catalogue);
  const [strength, setStrength] = useState<Strength>('displacement');
  const [target, setTarget] = useState<number | null>(null);
  const [matrices, dims, setMatrices] = useMatrices();
  const options = useMemo(() => {
    const versions = setInUse(catalogue, data)?.versions ?? [];
    const others = versions.filter(({ id }) => id !== data.version).map(({ id, title }) => ({ id, title }));
    return { strength, target, matrices, versions: others };
  }, [catalogue, data, strength, target, matrices]);
  const analysis = useAnalysis('mechanisms', options, { when: 'asked', keyOf: seededKey });
  const { result, resultSpec } = analysis;
  /** With every setting that the table was measured under: the amount belongs to those. */
  const open = (row: MechanismRow, { amount }: MeasuredState) =>
    resultSpec &&
    store.getState().replace({
      ...resultSpec,
      drift: { ...resultSpec.drift, ...row.drift, ...(row.drift.kind === 'model' ? { t: amount } : { sigma: amount }) },
      view: { ...resultSpec.view, panels: store.getState().spec.view.panels },
    });
  const spread = result && spreadOf(result.rows, 'rocAuc');
  return (
    <>
      <p className="panel-text">
        σ means something else in each mechanism. Here each gets the σ at which the rows have moved as far as they have
        under the others, measured on the same rows; then their harm can be compared.
      </p>
      <div className="mechanism-controls">
        <SelectField
          label="What is made equal"
          value={strength}
          options={STRENGTHS}
          onCommit={(next) => {
            setStrength(next);
            setTarget(null);
          }}
        />
        <NumberField
          label={strength === 'angle' ? 'Mean angle for all (degrees)' : 'Mean displacement for all'}
          hint={
            strength === 'angle'
              ? 'Empty: that of the lab’s drift now.'
              : 'A unit row has length 1. Empty: that of the lab’s drift now.'
          }
          value={target}
          parser={nullable(TARGET[strength])}
          placeholder="as the lab’s drift"
          onCommit={setTarget}
          onClear={() => setTarget(null)}
        />
        <CheckField
          label="Also the kinds that need a random matrix"
          hint={`Rotations and the subspace mix multiply every row by a random ${dims ?? 'D'} × ${dims ?? 'D'} matrix, which takes long on large sets. They come last.`}
          checked={matrices}
          onCommit={setMatrices}
        />
      </div>
      <AnalysisStatus analysis={analysis} start="Compare the mechanisms" />
      {result && result.target === null && (
        <p role="status">The lab’s drift does not move the rows now: give it an amount, or type a strength above.</p>
      )}
      {result && result.target !== null && (
        <>
          {spreadSentences(result).map((sentence) => (
            <p key={sentence} className="panel-text">
              {sentence}
            </p>
          ))}
          <p className="panel-note">
            From the lowest to the highest AUC of the whole table, with the mechanism that reads the labels:{' '}
            <output data-metric="mechanismAucSpread" data-value={spread ? String(spread.high - spread.low) : ''}>
              {spread ? (spread.high - spread.low).toFixed(3) : '–'}
            </output>{' '}
            <Why metric="mechanismAucSpread" of="spread of AUC over mechanisms" />. Displacement: mean ‖x′ − x‖ over the
            rows <Why metric="displacement" of="displacement" />. Measured on {formatCount(result.n)} test rows,{' '}
            {(resultSpec?.drift.renormalize ?? renormalize) ? 'renormalised after the drift' : 'not renormalised'}, seed{' '}
            {resultSpec?.drift.seed}. Real updates are taken a share t of the way, up to all of it (t = 1).
          </p>
          <MechanismTable report={result} resultSpec={resultSpec} onOpen={open} />
          <DotPlot report={result} />
        </>
      )}
    </>
  );
}
