import { useState } from 'react';
import { number } from '../../../spec/parsers.ts';
import type { ConeSpec } from '../../../spec/types.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { SeedField } from '../../fields/SeedField.tsx';
import { useSession, useSpec, useStatus } from '../../session.tsx';
import { Why } from '../../why/Why.tsx';
import { formatCosine, MULTIPLES, multipleAt, positionOf } from './coneScale.ts';

const MULTIPLE = number({ above: 0, max: 1000 });
const COSINE = number({ min: -1, below: 1 });
const FIRST: ConeSpec = { multiple: 1, seed: 42 };

/** Turns the rows towards a common direction, and reads what that does to the mean cosine between them. */
export default function ConeControl() {
  const session = useSession();
  const { spec } = session;
  const data = useSpec((state) => state.spec.data);
  const shown = useStatus((status) => status.context?.data ?? null);
  const busy = useStatus((status) => status.phase === 'busy');
  const [solving, setSolving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { cone } = data;
  const set = (next: ConeSpec | null) => {
    setProblem(null);
    spec.getState().commit({ data: { cone: next } });
  };

  const aim = async (meanCosine: number) => {
    const before = spec.getState().spec;
    setSolving(true);
    setProblem(null);
    try {
      const { seed } = cone ?? FIRST;
      const solved = await session.analyse('coneMultiple', before, { meanCosine, seed });
      // The person may have gone on meanwhile: the multiple belongs to the rows it was solved for.
      if (spec.getState().spec.data !== before.data) return;
      if (solved.multiple === null) setProblem(solved.reason);
      else if (solved.multiple > 1000) setProblem('That takes a multiple above 1,000, the most a spec holds.');
      else set({ multiple: Number(solved.multiple.toPrecision(6)), seed });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setSolving(false);
    }
  };

  const readout = shown && (
    <p className="cone-readout" aria-busy={busy}>
      Mean cosine{' '}
      <output data-metric="baseMeanCosine" data-value={String(shown.baseMeanCosine)}>
        {formatCosine(shown.baseMeanCosine)}
      </output>
      {cone && ' → '}
      {cone && (
        <strong>
          <output data-metric="meanCosine" data-value={String(shown.meanCosine)}>
            {busy ? '…' : formatCosine(shown.meanCosine)}
          </output>
        </strong>
      )}{' '}
      <Why metric="meanCosine" of="mean cosine" />
    </p>
  );

  return (
    <div className="cone" role="group" aria-label="Cone (anisotropy)">
      <CheckField
        label="Add a common direction"
        hint="Every row is turned towards one random direction; its length stays. Off: the rows as they are."
        checked={cone !== null}
        onCommit={(on) => set(on ? FIRST : null)}
      />
      {readout}
      {cone && (
        <>
          <ConeSlider cone={cone} />
          <NumberField
            label="Multiple of the row’s length"
            value={cone.multiple}
            parser={MULTIPLE}
            step={0.1}
            onCommit={(multiple) => set({ ...cone, multiple })}
          />
        </>
      )}
      {/* In its own box: Chromium ends the drag of a range input when a sibling directly in its fieldset is replaced. */}
      <div>
        <NumberField
          key={`${data.id} ${data.version} ${cone?.multiple} ${cone?.seed}`}
          label="Aim for a mean cosine"
          hint={
            <>
              Solved on all rows. {solving && <span role="status">Solving…</span>}
              {problem && (
                <span role="alert" className="field-error">
                  {problem}
                </span>
              )}
            </>
          }
          value={null}
          parser={COSINE}
          placeholder="e.g. 0.99"
          disabled={solving}
          onCommit={(target) => void aim(target)}
        />
      </div>
      {cone && (
        <SeedField
          label="Cone seed"
          draws="common direction"
          value={cone.seed}
          onCommit={(seed) => set({ ...cone, seed })}
        />
      )}
      <p className="field-hint">
        Last-token embeddings of language models often have mean cosines above .9. In a narrow cone the rows differ by
        little, and a standardised probe stretches that little until it fills its scale: per-coordinate noise is
        stretched with it. So the cone decides where the cliff stands, and confidence stays. Without a scaler AUC falls
        too, but confidence falls with it.
      </p>
    </div>
  );
}

/** A log slider over the multiples that matter; other values are kept as they are until it is moved. */
function ConeSlider({ cone }: { readonly cone: ConeSpec }) {
  const { spec } = useSession();
  const [moved, setMoved] = useState(false);
  const settle = () => {
    if (moved) spec.getState().commit({});
    setMoved(false);
  };
  return (
    <input
      type="range"
      aria-label="Cone multiple, log scale"
      min={0}
      max={MULTIPLES}
      step={1}
      value={positionOf(cone.multiple)}
      aria-valuetext={`${cone.multiple} times the row’s length`}
      onChange={(event) => {
        setMoved(true);
        spec.getState().drag({ data: { cone: { ...cone, multiple: multipleAt(Number(event.target.value)) } } });
      }}
      onPointerUp={settle}
      onKeyUp={settle}
      onBlur={settle}
    />
  );
}
