import { useEffect, useMemo, useRef } from 'react';
import { mapSource, PAPER_CHECKPOINTS, SigmaSlider } from '../../charts/index.ts';
import type { StepResult } from '../../engine/results.ts';
import { setInUse } from '../data/dataInUse.ts';
import { useSession, useSpec, useStatus } from '../session.tsx';
import { useDriftSettings } from './driftSettings.ts';
import { PinBar } from './PinBar.tsx';
import { ShareSlider } from './ShareSlider.tsx';
import { SigmaReadings } from './SigmaReadings.tsx';
import { useAmount } from './useAmount.ts';
import { KINDS } from './words.ts';

/** The one control that matters most, always in reach. */
export function SigmaBar() {
  const { step } = useSession();
  const drift = useDriftSettings();
  const share = useSpec((state) => (state.spec.drift.kind === 'model' ? state.spec.drift.t : 0));
  const data = useSpec((state) => state.spec.data);
  const catalogue = useStatus((status) => status.catalogue);
  const amount = useAmount();
  const spoken = useMemo(() => mapSource(step, speak), [step]);
  const versions = setInUse(catalogue, data)?.versions ?? [];
  const titleOf = (id: string | null) => versions.find((version) => version.id === id)?.title ?? id ?? '';
  const bar = useRef<HTMLElement>(null);
  // While it sticks, what stands above its tools (on a phone: above its slider) is scrolled out of view.
  useEffect(() => {
    const section = bar.current;
    if (!section) return;
    const observer = new ResizeObserver(() => {
      for (const part of ['tools', 'line']) {
        const top = section.querySelector<HTMLElement>(`.sigma-${part}`)?.offsetTop ?? 0;
        section.style.setProperty(`--${part}-top`, `${top}px`);
      }
    });
    for (const node of section.querySelectorAll('.sigma-row, .sigma-tools, .sigma-line')) observer.observe(node);
    return () => observer.disconnect();
  }, [drift.kind]);
  return (
    <section className="sigma-bar" aria-label="Amount of drift" ref={bar}>
      {drift.kind === 'model' ? (
        <>
          <SigmaReadings className="in-bar" />
          <div className="sigma-tools">
            <PinBar />
          </div>
          <div className="sigma-line">
            <ShareSlider
              label="From the old encoder to the new one"
              from={titleOf(data.version)}
              to={titleOf(drift.to)}
              value={share}
              onDrag={amount.drag}
              onCommit={amount.commit}
            />
          </div>
        </>
      ) : (
        <SigmaSlider
          source={amount.source}
          label={`${KINDS[drift.kind].label}: ${KINDS[drift.kind].slider}`}
          spoken={spoken}
          checkpoints={PAPER_KINDS.has(drift.kind) ? PAPER_CHECKPOINTS : []}
          onSigma={amount.drag}
          onSigmaCommit={amount.commit}
          beside={<SigmaReadings className="in-bar" />}
          tools={<PinBar />}
        />
      )}
    </section>
  );
}

/** The kinds that the paper measured at its checkpoints. */
const PAPER_KINDS: ReadonlySet<string> = new Set(['gaussian', 'directional', 'subspace']);

function speak({ sigma, headline }: StepResult): { readonly sigma: number; readonly words: string } {
  const degrees = headline.meanAngleDegrees;
  const words =
    degrees === null ? 'angle undefined' : `rows turned by ${degrees.toFixed(degrees < 10 ? 2 : 1)} degrees on average`;
  return { sigma, words };
}
