import { useMemo } from 'react';
import { qrModules } from './qrModules.ts';

/** Beyond this a code has more than 100 modules a side, which phones read badly from a screen. */
const QR_LIMIT = 800;
/** Light modules around a code. */
const MARGIN = 4;

/** A QR code of a text, drawn here: dark on light in every theme, as readers want it. */
export function QrCode({ text }: { readonly text: string }) {
  const code = useMemo(() => (text.length <= QR_LIMIT ? qrModules(text) : null), [text]);
  if (!code) {
    return (
      <p className="field-hint" data-testid="qr-too-long">
        The link has {text.length.toLocaleString('en-US')} characters: too long for a QR code that a phone reads. Up to{' '}
        {QR_LIMIT} fit.
      </p>
    );
  }
  const { side, dark } = code;
  const path = Array.from(dark, (value, k) => (value ? `M${k % side} ${Math.floor(k / side)}h1v1h-1z` : '')).join('');
  const size = side + 2 * MARGIN;
  return (
    <svg
      className="qr"
      viewBox={`${-MARGIN} ${-MARGIN} ${size} ${size}`}
      role="img"
      aria-label="QR code of the link"
      shapeRendering="crispEdges"
    >
      <rect x={-MARGIN} y={-MARGIN} width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
