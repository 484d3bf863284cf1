import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { MechanismId } from '../../../../engine/analyses/algebra.ts';
import { SaveButton } from '../../../../charts/export/SaveButton.tsx';
import { formatSigma } from '../../../../charts/format.ts';
import { placeMarks, rangeOf, shareAt, ticksWithin, type PlaneAxis, type PlaneBox, type PlanePoint } from './plane.ts';
import { MECHANISMS } from './words.ts';

const HEIGHT = 260;
const MARK = 26;

export interface PlaneProps {
  readonly title: string;
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  readonly points: readonly (PlanePoint & { readonly id: MechanismId })[];
  /** Where the faders stand. */
  readonly here: { readonly x: number; readonly y: number };
  readonly selected: MechanismId | null;
  readonly onSelect: (id: MechanismId) => void;
}

/** Mechanisms as buttons in a plane of two faders; arrow keys go from one to the next. */
export function Plane({ title, x, y, points, here, selected, onSelect }: PlaneProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const box: PlaneBox = { left: 46, top: 8, right: Math.max(200, width) - 10, bottom: HEIGHT - 42 };
  const xRange = rangeOf(x, [...points.map((point) => point.x), here.x]);
  const yRange = rangeOf(y, [...points.map((point) => point.y), here.y]);
  const atX = (value: number) => box.left + shareAt(value, x, xRange) * (box.right - box.left);
  const atY = (value: number) => box.bottom - shareAt(value, y, yRange) * (box.bottom - box.top);
  const placed = placeMarks(points, atX, atY, box, MARK);
  const focusable = points.some(({ id }) => id === selected) ? selected : points[0]?.id;

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const now = points.findIndex(({ id }) => id === focusable);
    const next = points[(now + move + points.length) % points.length];
    onSelect(next.id);
    frame.current?.querySelector<HTMLElement>(`[data-mechanism="${next.id}"]`)?.focus();
  };

  return (
    <figure className="algebra-plane" aria-label={title}>
      <div className="chart-actions">
        <SaveButton
          title={title}
          behind={() => ({ kind: 'table', data: planeTable(x, y, points, here), options: null })}
        />
      </div>
      <figcaption>{title}</figcaption>
      <div
        ref={frame}
        className="algebra-plane-frame"
        role="radiogroup"
        aria-label={title}
        onKeyDown={onKeyDown}
        style={{ height: HEIGHT }}
      >
        {width > 0 && (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            {ticksWithin(x, xRange).map((tick) => (
              <g key={tick}>
                <path
                  className={tick === x.middle ? 'axis-line' : 'axis-grid'}
                  d={`M${atX(tick)},${box.top}V${box.bottom}`}
                />
                <text className="axis-label" x={atX(tick)} y={box.bottom + 16} textAnchor="middle">
                  {formatSigma(tick)}
                </text>
              </g>
            ))}
            {ticksWithin(y, yRange).map((tick) => (
              <g key={tick}>
                <path
                  className={tick === y.middle ? 'axis-line' : 'axis-grid'}
                  d={`M${box.left},${atY(tick)}H${box.right}`}
                />
                <text className="axis-label" x={box.left - 6} y={atY(tick) + 4} textAnchor="end">
                  {formatSigma(tick)}
                </text>
              </g>
            ))}
            <text className="axis-title" x={(box.left + box.right) / 2} y={HEIGHT - 6} textAnchor="middle">
              {x.title}
            </text>
            <text
              className="axis-title"
              x={11}
              y={(box.top + box.bottom) / 2}
              textAnchor="middle"
              transform={`rotate(-90 11 ${(box.top + box.bottom) / 2})`}
            >
              {y.title}
            </text>
            {placed.map((point) => (
              <g key={point.id}>
                <path className="algebra-leader" d={`M${point.x},${point.y}L${point.markX},${point.markY}`} />
                <circle className="algebra-dot" cx={point.x} cy={point.y} r={2.5} />
              </g>
            ))}
            <path
              className="algebra-here"
              d={`M${atX(here.x) - 9},${atY(here.y)}h18M${atX(here.x)},${atY(here.y) - 9}v18`}
            />
          </svg>
        )}
        {width > 0 &&
          placed.map((point) => {
            const id = point.id as MechanismId;
            const { mark, name } = MECHANISMS[id];
            return (
              <button
                key={id}
                type="button"
                role="radio"
                aria-checked={id === selected}
                aria-label={name}
                title={name}
                data-mechanism={id}
                tabIndex={id === focusable ? 0 : -1}
                className="algebra-mark"
                style={{ left: point.markX, top: point.markY }}
                onClick={() => onSelect(id)}
              >
                {mark}
              </button>
            );
          })}
      </div>
      <ul className="picture-key">
        {points.map(({ id }) => (
          <li key={id}>{`${MECHANISMS[id].mark} ${MECHANISMS[id].name}`}</li>
        ))}
        <li>+ where the faders stand</li>
      </ul>
    </figure>
  );
}

function planeTable(x: PlaneAxis, y: PlaneAxis, points: PlaneProps['points'], here: PlaneProps['here']) {
  return {
    columns: ['mechanism', 'mark', x.title, y.title],
    rows: [
      ...points.map((point) => [MECHANISMS[point.id].name, MECHANISMS[point.id].mark, point.x, point.y]),
      ['where the faders stand', '+', here.x, here.y],
    ],
  };
}
