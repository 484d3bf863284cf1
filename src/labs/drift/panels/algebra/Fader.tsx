import { number } from '../../../../spec/parsers.ts';
import { NumberField } from '../../../fields/NumberField.tsx';
import { SCALES, type FaderName } from './faders.ts';
import { FADERS } from './words.ts';

const PARSERS = {
  h: number({ min: -1e6, max: 1e6 }),
  nu: number({ min: -1e6, max: 1e6 }),
  c: number({ min: 1e-6, max: 1e6 }),
  gap: number({ min: -1e6, max: 1e6 }),
} as const;
const STEPS = { h: 0.1, nu: 0.1, c: 0.1, gap: 0.1 } as const;

/** One fader of the master formula: a slider, fine near its neutral value, and the exact number. */
export function Fader({
  name,
  value,
  onChange,
}: {
  readonly name: FaderName;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, unit, touches } = FADERS[name];
  const { least, most, toPlace, toValue } = SCALES[name];
  const shown = Number(value.toPrecision(4));
  return (
    <div className="algebra-fader">
      <input
        type="range"
        aria-label={`${label}, slider`}
        aria-valuetext={`${shown} ${unit}`}
        min={least}
        max={most}
        step={1}
        value={Math.max(least, toPlace(value))}
        onChange={(event) => onChange(toValue(Number(event.target.value)))}
      />
      <NumberField
        label={`${label} (${unit})`}
        hint={touches}
        value={shown}
        parser={PARSERS[name]}
        step={STEPS[name]}
        onCommit={onChange}
      />
    </div>
  );
}
