import { useId, useRef } from 'react';

export interface ShareSliderProps {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  /** In [0, 1]. */
  readonly value: number;
  readonly onDrag: (value: number) => void;
  readonly onCommit: (value: number) => void;
}

/** The way from one encoder version to another, in hundredths. */
export function ShareSlider({ label, from, to, value, onDrag, onCommit }: ShareSliderProps) {
  const id = useId();
  const moved = useRef(false);
  // A share that was set elsewhere need not be a hundredth: only a move of this slider may change it.
  const settle = () => {
    if (moved.current) onCommit(value);
    moved.current = false;
  };
  return (
    <div className="share-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={1}
        value={Math.round(value * 100)}
        aria-valuetext={`${Math.round(value * 100)}% of the way from ${from} to ${to}`}
        onChange={(event) => {
          moved.current = true;
          onDrag(Number(event.target.value) / 100);
        }}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      <p className="share-ends" aria-hidden="true">
        <span>{from}</span>
        <output>{Math.round(value * 100)}%</output>
        <span>{to}</span>
      </p>
    </div>
  );
}
