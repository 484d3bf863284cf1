import { lazy, Suspense, useState } from 'react';
import type { WhyMetric } from '../drift/why/index.ts';
import './whyButton.css';

const WhyDialog = lazy(() => import('./WhyDialog.tsx'));

/** A small button that explains a number: definition, formula, source, convention in use, and what others would say. */
export function Why({ metric, of }: { readonly metric: WhyMetric; readonly of: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="why-button"
        aria-haspopup="dialog"
        aria-label={`Why? ${of}`}
        data-why={metric}
        onClick={() => setOpen(true)}
      >
        Why?
      </button>
      {open && (
        <Suspense fallback={null}>
          <WhyDialog metric={metric} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
