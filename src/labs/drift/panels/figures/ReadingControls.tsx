import type { Readings } from '../../../../engine/analyses/paper/readings.ts';
import { LIKELY } from '../../../../engine/analyses/paper/readings.ts';
import { SeedField } from '../../../fields/SeedField.tsx';
import { SelectField } from '../../../fields/SelectField.tsx';

export interface ReadingControlsProps {
  readonly readings: Readings;
  readonly onChange: (readings: Readings) => void;
}

/** Where the paper can be read in two ways: the choice, and the reason for it. */
export function ReadingControls({ readings, onChange }: ReadingControlsProps) {
  const likely = JSON.stringify(readings) === JSON.stringify(LIKELY);
  return (
    <fieldset className="figures-readings">
      <legend>The reading in use{likely ? ': the most likely one' : ''}</legend>
      <SelectField
        label="Unit of σ"
        hint="Eq. 7 and the factor D in the signal-to-noise ratio mean each coordinate; “about 1°” and “2 % of the norm” hold only for the whole vector."
        value={readings.units}
        options={[
          { value: 'per-coordinate', label: 'Per coordinate (eq. 7)' },
          { value: 'total-norm', label: 'Whole vector (abstract)' },
        ]}
        onCommit={(units) => onChange({ ...readings, units })}
      />
      <SelectField
        label="Checkpoints"
        hint="Table 1 says 8, the text 6 to 8. σ is linear from 0 to .15; the published .028 of checkpoint 1 fits neither."
        value={String(readings.checkpoints)}
        options={[
          { value: '8', label: '8 (Table 1, Fig. 3)' },
          { value: '6', label: '6 (F1 panel of Fig. 2)' },
        ]}
        onCommit={(count) => onChange({ ...readings, checkpoints: count === '8' ? 8 : 6 })}
      />
      <SelectField
        label="Five bins cover"
        hint="Not stated. Confidence is never below ½, so on [0, 1] two of five bins stay empty."
        value={readings.bins}
        options={[
          { value: 'unit', label: '[0, 1]' },
          { value: 'upper-half', label: '[½, 1]' },
        ]}
        onCommit={(bins) => onChange({ ...readings, bins })}
      />
      <SelectField
        label="Silent failures as a share of"
        hint="Eq. 15 divides by the errors (72 %); the text also gives 38.4 % of all test rows. Used in Figure 1."
        value={readings.silentShare}
        options={[
          { value: 'errors', label: 'the errors (eq. 15)' },
          { value: 'rows', label: 'all test rows' },
        ]}
        onCommit={(silentShare) => onChange({ ...readings, silentShare })}
      />
      <SeedField
        label="Seed of the drift"
        hint="The paper ran seed 42 once. A fixed direction is one draw: another may cost much more accuracy."
        value={readings.seed}
        draws="drift"
        onCommit={(seed) => onChange({ ...readings, seed })}
      />
    </fieldset>
  );
}
