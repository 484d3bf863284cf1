import type { MlpProbeInfo } from '../../../engine/api.ts';
import type { MlpSpec } from '../../../spec/types.ts';
import type { Parser } from '../../../spec/parsers.ts';
import { FIELDS } from '../../../spec/fields.ts';
import { NumberField } from '../../fields/NumberField.tsx';
import { SeedField } from '../../fields/SeedField.tsx';
import { useSession, useSpec } from '../../session.tsx';
import { TrainingStatus } from '../TrainingStatus.tsx';

/** The settings of the network, and its training while it runs. */
export default function MlpControls() {
  const { spec } = useSession();
  const mlp = useSpec((state) => state.spec.probe.mlp);
  const noValidation = useSpec((state) => state.spec.split.validation === 0);
  const set = (change: Partial<MlpSpec>) => spec.getState().commit({ probe: { mlp: { ...mlp, ...change } } });
  return (
    <fieldset className="group">
      <legend>Network</legend>
      <TrainingStatus where="running" />
      <NumberField
        label="Hidden units"
        hint="Rectified linear units between the embedding and the answer. A slider step costs rows × units."
        value={mlp.hidden}
        step={8}
        parser={fieldOf('hidden')}
        onCommit={(hidden) => set({ hidden })}
      />
      <NumberField
        label="Learning rate"
        hint="Of Adam, with β₁ = 0.9, β₂ = 0.999. Too large, and the loss jumps or diverges."
        value={mlp.learningRate}
        decades
        parser={fieldOf('learningRate')}
        onCommit={(learningRate) => set({ learningRate })}
      />
      <div className="row">
        <NumberField
          label="Batch (rows)"
          hint="Rows of one step."
          value={mlp.batch}
          step={32}
          parser={fieldOf('batch')}
          onCommit={(batch) => set({ batch })}
        />
        <NumberField
          label="Most epochs"
          hint="Passes over the training rows."
          value={mlp.epochs}
          step={10}
          parser={fieldOf('epochs')}
          onCommit={(epochs) => set({ epochs })}
        />
      </div>
      <NumberField
        label="Patience (epochs)"
        hint={
          noValidation
            ? 'There are no validation rows: training stops after so many epochs without a lower training loss, which does not guard against overfitting.'
            : 'Training stops after so many epochs without a lower validation loss, and goes back to the best epoch.'
        }
        value={mlp.patience}
        step={1}
        parser={fieldOf('patience')}
        onCommit={(patience) => set({ patience })}
      />
      <NumberField
        label="L2 penalty"
        hint="½ · l2 · the sum of squared weights is added to the mean loss; biases are free."
        value={mlp.l2}
        decades
        parser={fieldOf('l2')}
        onCommit={(l2) => set({ l2 })}
      />
      <SeedField
        label="Training seed"
        draws="first weights and order of rows"
        value={mlp.seed}
        onCommit={(seed) => set({ seed })}
      />
    </fieldset>
  );
}

/** The parser of one setting: the record's own, told of that setting alone. */
function fieldOf(name: Exclude<keyof MlpSpec, 'seed'>): Parser<number> {
  const { mlp } = FIELDS.probe;
  const parse: Parser<number>['parse'] = (value) => {
    const parsed = mlp.parse({ ...mlp.fallback, [name]: value });
    if (parsed.ok) return { ok: true, value: parsed.value[name] };
    return { ok: false, expected: parsed.expected.split(`where ${name} is `).at(-1) ?? parsed.expected };
  };
  return { parse, eq: Object.is, serialize: String, read: (text) => parse(Number(text)) };
}

/** How the training of the network that is shown has ended. */
export function MlpFacts({ probe }: { readonly probe: MlpProbeInfo }) {
  const { epochs, bestEpoch, stoppedEarly, monitored, parameters } = probe;
  return (
    <>
      {parameters.toLocaleString('en')} weights; {epochs} epochs, {stoppedEarly ? 'stopped early' : 'not stopped early'}
      , weights of epoch {bestEpoch}, the one of the lowest {monitored} loss
    </>
  );
}
