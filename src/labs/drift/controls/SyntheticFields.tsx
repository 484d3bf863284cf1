import { FIELDS } from '../../../spec/fields.ts';
import { integer, number } from '../../../spec/parsers.ts';
import type { SyntheticSpec } from '../../../spec/types.ts';
import { NumberField } from '../../fields/NumberField.tsx';
import { SeedField } from '../../fields/SeedField.tsx';
import { useSession } from '../../session.tsx';

/** The generator's settings; each is checked as the spec checks it. */
export default function SyntheticFields({ synthetic }: { readonly synthetic: SyntheticSpec }) {
  const { spec } = useSession();
  const set = (patch: Partial<SyntheticSpec>) => {
    const next = { ...synthetic, ...patch };
    if (FIELDS.data.synthetic.parse(next).ok) spec.getState().commit({ data: { synthetic: next } });
  };
  return (
    <fieldset className="group">
      <legend>Synthetic rows</legend>
      <p className="field-hint">Drawn from two Gaussian classes. Nobody’s data: use it to see theory at work.</p>
      <div className="row">
        <NumberField
          label="Rows"
          value={synthetic.rows}
          parser={integer(20, 1_000_000)}
          step={1000}
          onCommit={(rows) => set({ rows })}
        />
        <NumberField
          label="Dimensions"
          value={synthetic.dims}
          parser={integer(2, 8192)}
          step={64}
          onCommit={(dims) => set({ dims })}
        />
      </div>
      <div className="row">
        <NumberField
          label="Separation d′"
          value={synthetic.separation}
          parser={number({ min: 0, max: 100 })}
          step={0.1}
          onCommit={(separation) => set({ separation })}
        />
        <NumberField
          label="Spectrum exponent"
          value={synthetic.spectrum}
          parser={number({ min: 0, max: 10 })}
          step={0.1}
          onCommit={(spectrum) => set({ spectrum })}
        />
      </div>
      <NumberField
        label="Mean cosine between rows"
        hint="0 is no cone; last-token embeddings of language models are often above 0.9."
        value={synthetic.meanCosine}
        parser={number({ min: 0, below: 1 })}
        step={0.05}
        onCommit={(meanCosine) => set({ meanCosine })}
      />
      <SeedField label="Rows seed" draws="rows" value={synthetic.seed} onCommit={(seed) => set({ seed })} />
    </fieldset>
  );
}
