import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatSigma } from './format.ts';
import { createSigmaScale, PAPER_CHECKPOINTS, SIGMA_MAX, type SigmaScale } from './sigmaScale.ts';
import type { ChartSource } from './source.ts';
import { set } from './svg.ts';
import './charts.css';

export interface SigmaSliderProps {
  /** σ of the spec being edited. The slider follows it without a React render. */
  readonly source: ChartSource<number>;
  readonly onSigma: (sigma: number) => void;
  readonly onSigmaCommit?: (sigma: number) => void;
  /** Where the slider ends. */
  readonly maxSigma?: number;
  /** The largest σ that the number field takes. */
  readonly largest?: number;
  readonly label?: string;
  readonly checkpoints?: readonly number[];
  /** Words added to the spoken value once they are known for its σ: "rows turned by 24 degrees". */
  readonly spoken?: ChartSource<{ readonly sigma: number; readonly words: string }>;
  /** Beside the label. */
  readonly beside?: ReactNode;
  /** After the checkpoints. */
  readonly tools?: ReactNode;
}

const PAGE = 10;
/** The largest σ of a spec. */
const LARGEST = 1000;
/** Within this time a second click makes a double click, and both are one choice. */
const DOUBLE_CLICK_MS = 350;
const MARKS = [0, 0.001, 0.01, 0.1, 1];

/** Where σ goes when a key is pressed on the slider; null for keys that the native range handles. */
export function sigmaForKey(scale: SigmaScale, sigma: number, key: string): number | null {
  const page = key === 'PageUp' ? PAGE : key === 'PageDown' ? -PAGE : 0;
  if (page !== 0) return scale.sigmaAt(Math.min(scale.positions, Math.max(0, scale.positionOf(sigma) + page)));
  return key === '0' || key === 'Home' ? 0 : key === 'End' ? scale.max : null;
}

/** A native range over the positions of the σ scale, the paper's checkpoints as chips, and σ as an exact number. */
export function SigmaSlider(props: SigmaSliderProps): ReactNode {
  const { source, onSigma, onSigmaCommit, maxSigma = SIGMA_MAX, label = 'Drift σ', spoken } = props;
  const { largest = LARGEST } = props;
  const { checkpoints = PAPER_CHECKPOINTS } = props;
  const scale = useMemo(() => createSigmaScale(maxSigma), [maxSigma]);
  const range = useRef<HTMLInputElement>(null);
  const number = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLDivElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [beyond, setBeyond] = useState<number | null>(null);
  const settle = useRef<{ readonly now: () => void; readonly drop: () => void } | null>(null);
  const [rangeId, numberId, noteId] = [useId(), useId(), useId()];

  useEffect(() => {
    const follow = (sigma: number): void => {
      const [slider, exact] = [range.current, number.current];
      if (slider === null || exact === null) return;
      const position = String(scale.positionOf(sigma));
      if (slider.value !== position) slider.value = position;
      const known = spoken?.get();
      const over = sigma > scale.max;
      setBeyond(over ? sigma : null);
      const more = `${over ? ', beyond the slider' : ''}${known?.sigma === sigma ? `, ${known.words}` : ''}`;
      slider.setAttribute('aria-valuetext', `σ ${formatSigma(sigma)}${more}`);
      slider.style.setProperty('--filled', String(scale.positionOf(sigma) / scale.positions));
      if (document.activeElement !== exact) exact.value = String(sigma);
      for (const chip of chips.current?.querySelectorAll('button') ?? []) {
        set(chip, { 'aria-pressed': String(Number(chip.dataset.sigma) === sigma) });
      }
    };
    follow(source.get() ?? 0);
    const again = (): void => follow(source.get() ?? 0);
    const stops = [source.subscribe(follow), spoken?.subscribe(again)];
    return () => stops.forEach((stop) => stop?.());
  }, [source, scale, spoken, checkpoints]);

  // A drag is one step of undo; where a double click follows, it belongs to that step.
  const settleSoon = (): void => {
    settle.current?.drop();
    const commit = onSigmaCommit;
    const drop = (): void => {
      clearTimeout(timer);
      for (const kind of ['pointerdown', 'keydown'] as const) window.removeEventListener(kind, elsewhere, true);
      settle.current = null;
    };
    const now = (): void => {
      drop();
      commit?.(source.get() ?? 0);
    };
    const elsewhere = (event: Event): void => {
      if (event.type === 'keydown' || event.target !== range.current) now();
    };
    const timer = setTimeout(now, DOUBLE_CLICK_MS);
    for (const kind of ['pointerdown', 'keydown'] as const) window.addEventListener(kind, elsewhere, true);
    settle.current = { now, drop };
  };
  useEffect(() => () => settle.current?.now(), []);

  const jump = (sigma: number): void => {
    settle.current?.drop();
    setRefused(null);
    onSigma(sigma);
    onSigmaCommit?.(sigma);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const sigma = sigmaForKey(scale, source.get() ?? 0, event.key);
    if (sigma === null) return;
    event.preventDefault();
    jump(sigma);
  };
  const onType = (text: string, commit: boolean): void => {
    const sigma = Number(text);
    if (text.trim() === '' || !(sigma >= 0 && sigma <= largest)) {
      const still = source.get() ?? 0;
      const state = commit ? 'back to' : 'still';
      setRefused(`σ must be a number from 0 to ${formatSigma(largest)}; ${state} ${formatSigma(still)}.`);
      // What was typed before is already on screen: it is the choice that stands.
      if (commit) onSigmaCommit?.(still);
      return;
    }
    setRefused(null);
    if (sigma !== source.get()) onSigma(sigma);
    if (commit) onSigmaCommit?.(sigma);
  };

  return (
    <div className="sigma-slider">
      <div className="sigma-row">
        <label htmlFor={rangeId} className="sigma-label">
          {label}
        </label>
        {props.beside}
      </div>
      <div className="sigma-tools">
        {checkpoints.length > 0 && (
          <div ref={chips} className="sigma-chips" role="group" aria-label="The paper’s checkpoints">
            <span className="sigma-chips-title" aria-hidden="true">
              Paper’s checkpoints
            </span>
            {checkpoints.map((sigma, k) => (
              <button
                key={sigma}
                type="button"
                className="sigma-chip"
                data-sigma={String(sigma)}
                aria-pressed={false}
                title={`Checkpoint ${k} of ${checkpoints.length - 1}: σ = ${sigma}`}
                onClick={() => jump(sigma)}
              >
                {formatSigma(sigma)}
              </button>
            ))}
          </div>
        )}
        {props.tools}
      </div>
      <div className="sigma-line">
        <div className="sigma-track">
          <input
            id={rangeId}
            ref={range}
            className="sigma-range"
            type="range"
            min={0}
            max={scale.positions}
            step={1}
            defaultValue={0}
            onInput={(event) => onSigma(scale.sigmaAt(event.currentTarget.valueAsNumber))}
            onPointerUp={settleSoon}
            onKeyUp={(event) => event.key.startsWith('Arrow') && onSigmaCommit?.(source.get() ?? 0)}
            onKeyDown={onKeyDown}
            onDoubleClick={() => jump(0)}
          />
          <Marks scale={scale} checkpoints={checkpoints} />
        </div>
        <input
          id={numberId}
          ref={number}
          className="sigma-number"
          type="number"
          inputMode="decimal"
          min={0}
          max={largest}
          step="any"
          defaultValue={0}
          aria-label={`${label}, exact value`}
          aria-invalid={refused !== null}
          aria-describedby={noteId}
          onInput={(event) => onType(event.currentTarget.value, false)}
          onBlur={(event) => {
            onType(event.currentTarget.value, true);
            event.currentTarget.value = String(source.get() ?? 0);
          }}
          onKeyDown={(event) => event.key === 'Enter' && onType(event.currentTarget.value, true)}
        />
      </div>
      {beyond !== null && (
        <p className="sigma-beyond" role="status">
          σ = {formatSigma(beyond)} is beyond the slider, which ends at {formatSigma(scale.max)}.
        </p>
      )}
      <p id={noteId} className="sigma-note" role={refused === null ? undefined : 'alert'}>
        {refused ?? 'Log scale with a true zero at the left. Double-click or press 0 for no drift.'}
      </p>
    </div>
  );
}

function Marks({
  scale,
  checkpoints,
}: {
  readonly scale: SigmaScale;
  readonly checkpoints: readonly number[];
}): ReactNode {
  const at = (sigma: number): { readonly '--at': number } => ({ '--at': scale.positionOf(sigma) / scale.positions });
  return (
    <div className="sigma-marks" aria-hidden="true">
      {checkpoints.map((sigma) => (
        <span key={sigma} className="sigma-tick" style={at(sigma) as object} />
      ))}
      {MARKS.filter((sigma) => sigma <= scale.max).map((sigma) => (
        <span key={sigma} className="sigma-mark" style={at(sigma) as object}>
          {formatSigma(sigma)}
        </span>
      ))}
    </div>
  );
}
