import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { WhyMetric } from '../drift/why/index.ts';
import { part } from '../retry.tsx';
import './whyButton.css';

const WhyDialog = part(
  'The explanation',
  () => import('./WhyDialog.tsx'),
  null,
  ({ close }) => close,
);
const asked = createStore<{ readonly metric: WhyMetric | null }>()(() => ({ metric: null }));

/** A small button that explains a number: definition, formula, source, convention in use, and what others would say. */
export function Why({ metric, of }: { readonly metric: WhyMetric; readonly of: string }) {
  return (
    <button
      type="button"
      className="why-button"
      aria-haspopup="dialog"
      aria-label={`Why? ${of}`}
      data-why={metric}
      onClick={() => asked.setState({ metric })}
    >
      Why?
    </button>
  );
}

/** The one place of the dialog: outside tables and lists, whose styles would reach into it. */
export function WhyPlace() {
  const metric = useStore(asked, (state) => state.metric);
  return metric && <WhyDialog key={metric} metric={metric} close={() => asked.setState({ metric: null })} />;
}
