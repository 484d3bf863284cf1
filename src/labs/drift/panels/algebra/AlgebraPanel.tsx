import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AlgebraReport, MechanismId, MechanismPoint } from '../../../../engine/analyses/algebra.ts';
import { DensityChart } from '../../../../charts/densities/DensityChart.tsx';
import type { DensityPair } from '../../../../charts/densities/densityGeometry.ts';
import { createSource } from '../../../../state/source.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { CheckField } from '../../../fields/CheckField.tsx';
import { SelectField } from '../../../fields/SelectField.tsx';
import { useSpec, useStatus } from '../../../session.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';
import { AlgebraNumbers, MechanismTable } from './AlgebraTables.tsx';
import { NeedsLinear } from '../NeedsLinear.tsx';
import { useMatrices } from '../useMatrices.ts';
import { Fader } from './Fader.tsx';
import { between, formulaOf, NEUTRAL, toFaders, type FaderName, type Faders } from './faders.ts';
import { Plane } from './Plane.tsx';
import type { PlaneAxis } from './plane.ts';
import { MECHANISMS } from './words.ts';
import './algebra.css';

const SNAP_MS = 260;
const NAMES: readonly FaderName[] = ['h', 'nu', 'c', 'gap'];
const TICKS = [-100, -10, -1, -0.1, 0, 0.1, 1, 10, 100];
const H: PlaneAxis = { title: 'Common shift h/τ̄', middle: 0, fine: 0.1, ticks: TICKS };
const NU: PlaneAxis = { title: 'Projected noise ν/τ̄', middle: 0, fine: 0.1, ticks: TICKS };
const C: PlaneAxis = { title: 'Attenuation c', middle: 1, fine: 0.1, ticks: [0.5, 0.8, 1, 1.2, 2, 5, 10, 50] };
const GAP: PlaneAxis = {
  title: 'Class gap Δ′/Δ',
  middle: 1,
  fine: 0.1,
  ticks: [-50, -10, -3, 0, 0.5, 0.8, 1, 1.2, 1.5, 2, 4, 10, 50],
};

type Strength = 'sigma' | 'angle';
interface Placed extends MechanismPoint {
  readonly faders: Faders;
}

/** The four faders of the master formula, and the named drifts as points in their space. */
export default function AlgebraPanel() {
  const linear = useSpec((state) => state.spec.probe.kind === 'logistic');
  if (linear) return <LinearAlgebra />;
  return (
    <NeedsLinear>
      The algebra needs the linear probe: its formula has one direction and one bias, and a network bends its logit
      where the rows go.
    </NeedsLinear>
  );
}

function LinearAlgebra() {
  const [strength, setStrength] = useState<Strength>('sigma');
  const [matrices, dims, setMatrices] = useMatrices();
  const options = useMemo(() => ({ strength, matrices }), [strength, matrices]);
  const analysis = useAnalysis('algebra', options, { when: 'rest' });
  const { result } = analysis;
  return (
    <>
      <p className="algebra-intro">
        Under a drift the probe’s score s becomes s′ = (s + h + η)/c: a shift h common to all rows, noise η of standard
        deviation ν, an attenuation c, and class means Δ′ apart. <strong>h and c never touch AUC</strong>; ν and Δ′
        touch everything; all four touch calibration and the operating point.
      </p>
      <AnalysisStatus analysis={analysis} start="Compute" />
      <SelectField<Strength>
        label="Strength of the mechanisms"
        value={strength}
        options={[
          { value: 'sigma', label: 'All at the present σ' },
          { value: 'angle', label: 'All at the present mean angle' },
        ]}
        onCommit={setStrength}
      />
      <CheckField
        label="Also rotation and the subspace mix"
        hint={`They multiply every row by a random ${dims ?? 'D'} × ${dims ?? 'D'} matrix, which takes long on large sets.`}
        checked={matrices}
        onCommit={setMatrices}
      />
      {result && <Algebra report={result} />}
    </>
  );
}

function Algebra({ report }: { readonly report: AlgebraReport }) {
  const metrics = useSpec((state) => state.spec.metrics);
  const data = useStatus((status) => status.context?.data ?? null);
  const { classes } = report;
  const points = useMemo(
    () =>
      report.points.flatMap((point): Placed[] =>
        point.effect ? [{ ...point, faders: toFaders(point.effect, classes) }] : [],
      ),
    [report, classes],
  );
  const [selected, setSelected] = useState<MechanismId | null>('present');
  const target = points.find(({ id }) => id === selected)?.faders ?? null;
  const { faders, set, snap } = useFaders();

  // A new result moves the chosen point: the faders go with it.
  useEffect(() => {
    if (target) snap(target);
  }, [target, snap]);

  const clean = useMemo(() => formulaOf(NEUTRAL, classes, metrics), [classes, metrics]);
  const now = useMemo(() => formulaOf(faders, classes, metrics), [faders, classes, metrics]);
  const source = useMemo(() => createSource<DensityPair>(), []);
  useEffect(() => {
    if (now.logits && clean.logits) source.set({ now: now.logits, clean: clean.logits });
  }, [source, now, clean]);

  const move = (name: FaderName, value: number) => {
    setSelected(null);
    set({ ...faders, [name]: value });
  };
  const chosen = report.points.find(({ id }) => id === selected) ?? null;

  return (
    <div className="algebra">
      <div className="algebra-faders" role="group" aria-label="Faders">
        {NAMES.map((name) => (
          <Fader key={name} name={name} value={faders[name]} onChange={(value) => move(name, value)} />
        ))}
        <div className="buttons">
          <button
            type="button"
            className="button"
            onClick={() => {
              setSelected(null);
              snap(NEUTRAL);
            }}
          >
            Reset the faders
          </button>
        </div>
      </div>
      <div className="algebra-results">
        <AlgebraNumbers
          clean={clean}
          now={now}
          measured={chosen?.measured ?? null}
          measuredClean={report.clean}
          name={chosen ? MECHANISMS[chosen.id].name : null}
          threshold={metrics.threshold}
          rows={report.rows}
        />
        <DensityChart
          source={source}
          threshold={metrics.threshold}
          name0={data?.name0 ?? 'label 0'}
          name1={data?.name1 ?? 'label 1'}
        />
      </div>
      <div className="algebra-planes">
        <Plane
          title="Shift and noise"
          x={H}
          y={NU}
          points={points.map(({ id, faders: { h, nu } }) => ({ id, x: h, y: nu }))}
          here={{ x: faders.h, y: faders.nu }}
          selected={selected}
          onSelect={setSelected}
        />
        <Plane
          title="Attenuation and class gap"
          x={C}
          y={GAP}
          points={points.map(({ id, faders: { c, gap } }) => ({ id, x: c, y: gap }))}
          here={{ x: faders.c, y: faders.gap }}
          selected={selected}
          onSelect={setSelected}
        />
      </div>
      <p className="field-hint">
        A dot is where a mechanism stands; its mark is moved aside where marks would cover each other. The cross is
        where the faders stand. Axes are linear near the clean state and logarithmic away from it.
      </p>
      <MechanismTable report={report} points={points} metrics={metrics} selected={selected} onSelect={setSelected} />
    </div>
  );
}

/** The faders, and a way to glide to a setting; at once where less motion is wanted. */
function useFaders() {
  const [faders, setFaders] = useState(NEUTRAL);
  const latest = useRef(NEUTRAL);
  const frame = useRef(0);
  const set = useCallback((next: Faders) => {
    cancelAnimationFrame(frame.current);
    latest.current = next;
    setFaders(next);
  }, []);
  const snap = useCallback(
    (to: Faders) => {
      const from = latest.current;
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return set(to);
      cancelAnimationFrame(frame.current);
      let began: number | null = null;
      const step = (time: number) => {
        began ??= time;
        const next = between(from, to, Math.min(1, (time - began) / SNAP_MS));
        latest.current = next;
        setFaders(next);
        if (next !== to) frame.current = requestAnimationFrame(step);
      };
      frame.current = requestAnimationFrame(step);
    },
    [set],
  );
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return { faders, set, snap };
}
