import { FIELDS } from '../../../spec/fields.ts';
import type { ContextInfo } from '../../../engine/api.ts';
import { CheckField } from '../../fields/CheckField.tsx';
import { NumberField } from '../../fields/NumberField.tsx';
import { SeedField } from '../../fields/SeedField.tsx';
import { SelectField } from '../../fields/SelectField.tsx';
import { part } from '../../retry.tsx';
import { useSession, useSpec, useStatus } from '../../session.tsx';

/** Loaded for a network alone, which few pages open with. */
const MlpControls = part('The settings of the network', () => import('./MlpControls.tsx'), 'Loading…');
const MlpFacts = part('What is known of its fit', async () => ({
  default: (await import('./MlpControls.tsx')).MlpFacts,
}));

export function ProbeControls() {
  const { spec } = useSession();
  const probe = useSpec((state) => state.spec.probe);
  const split = useSpec((state) => state.spec.split);
  const context = useStatus((status) => status.context);
  const { commit } = spec.getState();
  const fromColumn = context?.splitFrom === 'column';
  return (
    <>
      <SelectField
        label="Kind of probe"
        value={probe.kind}
        options={[
          { value: 'logistic', label: 'Logistic regression (linear)' },
          { value: 'mlp', label: 'Neural network, one hidden layer' },
        ]}
        onCommit={(value) => commit({ probe: { kind: value === 'mlp' ? 'mlp' : 'logistic' } })}
      />
      {probe.kind === 'mlp' ? (
        <MlpControls />
      ) : (
        <NumberField
          label="C (inverse of the L2 penalty)"
          hint="Small C keeps the weights small and the probe unsure; large C fits harder. Arrow keys multiply by ten."
          value={probe.C}
          parser={FIELDS.probe.C}
          decades
          onCommit={(C) => commit({ probe: { C } })}
        />
      )}
      <CheckField
        label="Standardise features"
        hint="Each coordinate is centred and divided by its standard deviation on the training rows, as the paper does. It moves the cliff a lot: try both."
        checked={probe.standardize}
        onCommit={(standardize) => commit({ probe: { standardize } })}
      />
      <SelectField
        label="Class weight"
        value={probe.classWeight ?? 'none'}
        options={[
          { value: 'balanced', label: 'Balanced: both classes count the same' },
          { value: 'none', label: 'None: every row counts the same' },
        ]}
        onCommit={(value) => commit({ probe: { classWeight: value === 'balanced' ? 'balanced' : null } })}
      />
      <fieldset className="group" disabled={fromColumn}>
        <legend>Split</legend>
        {fromColumn && <p className="field-hint">The labels file names the split of each row.</p>}
        <SplitFields />
        <CheckField
          label="Stratified by label"
          checked={split.stratified}
          disabled={fromColumn}
          onCommit={(stratified) => commit({ split: { stratified } })}
        />
        <SeedField
          label="Split seed"
          draws="split"
          value={split.seed}
          onCommit={(seed) => commit({ split: { seed } })}
        />
      </fieldset>
      {context && (
        <dl className="facts">
          <div>
            <dt>Rows</dt>
            <dd>
              {context.splitRows.train} train · {context.splitRows.validation} validation · {context.splitRows.test}{' '}
              test
            </dd>
          </div>
          <div>
            <dt>Fit</dt>
            <dd>
              <FitFacts probe={context.probe} />
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

function FitFacts({ probe }: { readonly probe: ContextInfo['probe'] }) {
  if (probe.kind === 'mlp') {
    return <MlpFacts probe={probe} />;
  }
  return (
    <>
      {probe.converged ? 'at the optimum' : 'not at the optimum'} after {probe.iterations} Newton steps, gradient norm{' '}
      {probe.gradientNorm.toExponential(1)}
    </>
  );
}

/** Train and test shares; validation is what is left, so that the three always add up. */
function SplitFields() {
  const { spec } = useSession();
  const split = useSpec((state) => state.spec.split);
  const rest = (share: number) => Number(share.toFixed(12));
  const share = (taken: number) => ({
    ...FIELDS.split.train,
    parse: (value: unknown) => {
      const parsed = FIELDS.split.train.parse(value);
      if (!parsed.ok || parsed.value + taken <= 1 + 1e-12) return parsed;
      return { ok: false as const, expected: `a share of at most ${rest(1 - taken)}, so that all rows add up to 1` };
    },
  });
  return (
    <div className="row">
      <NumberField
        label="Train share"
        value={split.train}
        step={0.05}
        parser={share(split.test)}
        onCommit={(train) =>
          spec.getState().commit({ split: { train, validation: Math.max(0, rest(1 - train - split.test)) } })
        }
      />
      <NumberField
        label="Test share"
        hint={`Validation takes the rest: ${split.validation}.`}
        value={split.test}
        step={0.05}
        parser={share(split.train)}
        onCommit={(test) =>
          spec.getState().commit({ split: { test, validation: Math.max(0, rest(1 - split.train - test)) } })
        }
      />
    </div>
  );
}
