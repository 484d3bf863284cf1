import { FIELDS } from '../../../spec/fields.ts';
import { NumberField } from '../../fields/NumberField.tsx';
import { SelectField } from '../../fields/SelectField.tsx';
import { useSession, useSpec } from '../../session.tsx';

export function MeasureControls() {
  const { spec } = useSession();
  const metrics = useSpec((state) => state.spec.metrics);
  const { commit } = spec.getState();
  return (
    <>
      <div className="row">
        <NumberField
          label="Decision threshold"
          hint="The probe says 1 from this probability on."
          value={metrics.threshold}
          parser={FIELDS.metrics.threshold}
          step={0.05}
          onCommit={(threshold) => commit({ metrics: { threshold } })}
        />
        <NumberField
          label="High confidence τ"
          hint="An error above τ is a silent failure."
          value={metrics.highConfidence}
          parser={FIELDS.metrics.highConfidence}
          step={0.05}
          onCommit={(highConfidence) => commit({ metrics: { highConfidence } })}
        />
      </div>
      <SelectField
        label="Confidence"
        value={metrics.confidence}
        options={[
          { value: 'max', label: 'max(p, 1 − p)' },
          { value: 'predicted', label: 'Probability of the answer given' },
        ]}
        hint="The two readings differ only where the threshold is not ½."
        onCommit={(confidence) => commit({ metrics: { confidence } })}
      />
      <fieldset className="group">
        <legend>Calibration bins</legend>
        <div className="row">
          <NumberField
            label="Number of bins"
            value={metrics.bins}
            parser={FIELDS.metrics.bins}
            step={1}
            onCommit={(bins) => commit({ metrics: { bins } })}
          />
          <SelectField
            label="Binning"
            value={metrics.binning}
            options={[
              { value: 'width', label: 'Equal width' },
              { value: 'mass', label: 'Equal mass' },
            ]}
            onCommit={(binning) => commit({ metrics: { binning } })}
          />
        </div>
        <SelectField
          label="What is calibrated"
          value={metrics.target}
          options={[
            { value: 'top-label', label: 'Confidence against being right' },
            { value: 'positive-class', label: 'p against label 1' },
          ]}
          onCommit={(target) => commit({ metrics: { target } })}
        />
        <SelectField
          label="Closed end of a bin"
          value={metrics.closed}
          disabled={metrics.binning === 'mass'}
          options={[
            { value: 'right', label: 'Right: (a, b], as scikit-learn and Guo 2017' },
            { value: 'left', label: 'Left: [a, b), as NumPy and netcal' },
          ]}
          onCommit={(closed) => commit({ metrics: { closed } })}
        />
      </fieldset>
    </>
  );
}
