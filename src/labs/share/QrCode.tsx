import { encode } from 'uqr';
import { useMemo } from 'react';

/** Beyond this a code has more than 100 modules a side, which phones read badly from a screen. */
const QR_LIMIT = 800;
/** Light modules around a code. */
const MARGIN = 4;

/** A QR code of a text, drawn here: dark on light in every theme, as readers want it. */
export function QrCode({ text }: { readonly text: string }) {
  const code = useMemo(() => (text.length <= QR_LIMIT ? encode(text, { ecc: 'L', border: MARGIN }) : null), [text]);
  if (!code) {
    return (
      <p className="field-hint" data-testid="qr-too-long">
        The link has {text.length.toLocaleString('en-US')} characters: too long for a QR code that a phone reads. Up to{' '}
        {QR_LIMIT} fit.
      </p>
    );
  }
  const { size, data } = code;
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code of the link"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
