import { useCallback, useState } from 'react';
import type { CliffLayer } from '../../../charts/cliffLayer.ts';
import { CliffChart } from '../../../charts/CliffChart.tsx';
import { part } from '../../retry.tsx';
import { amountOf } from '../../../engine/keys.ts';
import { useSession, useStatus } from '../../session.tsx';
import { useAmount } from '../useAmount.ts';
import { usePinned } from '../usePinned.ts';
import { useSlow } from './useSlow.ts';
import './cliff.css';

const CliffLayers = part('What is laid over the curve', () => import('./CliffLayers.tsx'), 'Loading…');

export type LayerId = 'band' | 'theory' | 'reach' | 'published';

const NAMES: readonly { readonly id: LayerId; readonly name: (draws: number) => string }[] = [
  { id: 'band', name: (draws) => `Band over ${draws} draws` },
  { id: 'theory', name: () => 'Theory' },
  { id: 'reach', name: () => 'Reach of noise' },
  { id: 'published', name: () => 'Published points' },
];

/** The cliff with what may be laid over it; that part is loaded when it is first switched on. */
export function Cliff() {
  const { step, sweep, spec } = useSession();
  const kind = useStatus((status) => status.shownSpec?.drift.kind) ?? spec.getState().spec.drift.kind;
  const sweeping = useSlow(useStatus((status) => status.sweeping));
  const amount = useAmount();
  const pinned = usePinned();
  // σ and the share of the way to another encoder are two axes.
  const sameAxis = pinned !== null && (pinned.spec.drift.kind === 'model') === (kind === 'model');
  const [on, setOn] = useState<ReadonlySet<LayerId>>(() => new Set());
  const [draws, setDraws] = useState(200);
  const [layer, setLayer] = useState<CliffLayer | null>(null);
  const toggle = useCallback((id: LayerId) => {
    setOn((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return (
    <div className="cliff-room" data-sweeping={sweeping}>
      <CliffChart
        sweep={sweep}
        step={step}
        share={kind === 'model'}
        layer={layer}
        pinned={sameAxis ? pinned.sweep : null}
        pinnedAmount={sameAxis ? amountOf(pinned.spec.drift) : null}
        onSigma={amount.drag}
        onSigmaCommit={amount.commit}
        menu={NAMES.map(({ id, name }) => (
          <button key={id} type="button" className="chart-button" aria-pressed={on.has(id)} onClick={() => toggle(id)}>
            {name(draws)}
          </button>
        ))}
      />
      <p className="cliff-sweeping" role="status">
        {sweeping && 'Measuring the new curve…'}
      </p>
      {on.size > 0 && <CliffLayers on={on} draws={draws} onDraws={setDraws} onLayer={setLayer} />}
    </div>
  );
}
