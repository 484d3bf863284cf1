import { ticks } from 'd3-array';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { Frame } from '../Frame.tsx';
import { formatCount, formatSigma } from '../format.ts';
import { angleBins, binsSentence, binsTable, type AngleBins } from './angleBins.ts';
import './certified.css';

const BINS = 40;
const HEIGHT = 240;
const BOX = { left: 52, top: 14, bottom: HEIGHT - 44 };

interface HistogramProps {
  readonly degrees: Float64Array;
  readonly right: Uint8Array;
  readonly median: number | null;
  /** The mean angle of the rows at the present amount of drift. */
  readonly now: number | null;
}

/** Certified angles of right rows (upwards) and wrong rows (downwards), with their median and the present angle. */
export function CertifiedHistogram({ degrees, right, median, now }: HistogramProps) {
  const titleId = useId();
  const sentenceId = useId();
  const root = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const node = root.current;
    if (node === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(240, Math.floor(node.clientWidth))));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const bins = angleBins(degrees, right, BINS);
  return (
    <Frame
      kind="certified"
      title="Certified angle of each row"
      sentence={binsSentence(bins, median, now)}
      table={() => binsTable(bins)}
      titleId={titleId}
      sentenceId={sentenceId}
      behind={() => ({ kind: 'certified', data: { degrees, right }, options: null })}
    >
      <div ref={root}>
        <p className="certified-key">
          <span>
            <span className="certified-swatch is-right" aria-hidden="true" /> right without drift (up)
          </span>
          <span>
            <span className="certified-swatch is-wrong" aria-hidden="true" /> wrong without drift (down)
          </span>
        </p>
        <svg
          className="chart-svg"
          width={width}
          height={HEIGHT}
          role="img"
          aria-labelledby={titleId}
          aria-describedby={sentenceId}
        >
          <Bars bins={bins} width={width} median={median} now={now} />
        </svg>
      </div>
    </Frame>
  );
}

interface BarsProps {
  readonly bins: AngleBins;
  readonly width: number;
  readonly median: number | null;
  readonly now: number | null;
}

function Bars({ bins: { edges, right, wrong }, width, median, now }: BarsProps) {
  const patternId = useId();
  const rightEdge = width - 14;
  const top = edges[edges.length - 1];
  const x = (angle: number): number => BOX.left + (angle / top) * (rightEdge - BOX.left);
  const most = { up: Math.max(1, ...right), down: Math.max(...wrong) };
  const unit = (BOX.bottom - BOX.top) / (most.up + most.down);
  const zero = BOX.top + most.up * unit;
  const bars = (counts: Uint32Array, up: boolean): string =>
    Array.from(counts, (count, i) => {
      if (count === 0) return '';
      const [from, to] = [x(edges[i]) + 0.5, x(edges[i + 1]) - 0.5];
      const end = up ? zero - count * unit : zero + count * unit;
      return `M${from.toFixed(2)},${zero.toFixed(2)}V${end.toFixed(2)}H${to.toFixed(2)}V${zero.toFixed(2)}Z`;
    }).join('');
  const countTicks = ticks(-most.down, most.up, 5).filter((count) => Number.isInteger(count));
  const marks = [
    { at: median, text: 'median of right rows', className: 'certified-median' },
    { at: now !== null && now > 0 ? now : null, text: 'rows now', className: 'certified-now' },
  ].filter(({ at }) => at !== null && at <= top) as { at: number; text: string; className: string }[];
  return (
    <>
      <defs>
        <pattern id={patternId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="certified-hatch" width="3" height="5" />
        </pattern>
      </defs>
      <path className="certified-bars is-right" d={bars(right, true)} />
      <path className="certified-bars is-wrong" d={bars(wrong, false)} fill={`url(#${patternId})`} />
      <path
        className="axis-line"
        d={`M${BOX.left},${BOX.top}V${BOX.bottom}M${BOX.left},${zero}H${rightEdge}`}
        fill="none"
      />
      {countTicks.map((count) => (
        <text key={count} className="axis-label" x={BOX.left - 8} y={zero - count * unit + 4} textAnchor="end">
          {formatCount(Math.abs(count))}
        </text>
      ))}
      {ticks(0, top, width < 480 ? 5 : 9).map((angle) => (
        <text key={angle} className="axis-label" x={x(angle)} y={BOX.bottom + 18} textAnchor="middle">
          {formatSigma(angle)}
        </text>
      ))}
      <text className="axis-title" x={(BOX.left + rightEdge) / 2} y={BOX.bottom + 38} textAnchor="middle">
        Certified angle (degrees)
      </text>
      <text
        className="axis-title"
        transform={`rotate(-90 12 ${(BOX.top + BOX.bottom) / 2})`}
        x={12}
        y={(BOX.top + BOX.bottom) / 2}
        textAnchor="middle"
      >
        Rows
      </text>
      {marks.map(({ at, text, className }, i) => {
        const flip = x(at) > 0.65 * width;
        return (
          <g key={text}>
            <path className={className} d={`M${x(at)},${BOX.top - 8}V${BOX.bottom}`} />
            <text
              className="chart-note halo"
              x={x(at) + (flip ? -6 : 6)}
              y={BOX.top + 4 + 17 * i}
              textAnchor={flip ? 'end' : 'start'}
            >
              {text}: {formatSigma(at)}°
            </text>
          </g>
        );
      })}
    </>
  );
}
