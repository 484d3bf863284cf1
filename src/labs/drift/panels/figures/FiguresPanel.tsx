import { useMemo, useState } from 'react';
import { formatSigma } from '../../../../charts/format.ts';
import { checkpointSigmas, LIKELY } from '../../../../engine/analyses/paper/readings.ts';
import { SelectField } from '../../../fields/SelectField.tsx';
import { useSpec, useStatus } from '../../../session.tsx';
import { dataChoices } from './dataChoices.ts';
import { Figure1 } from './Figure1.tsx';
import { Figure2 } from './Figure2.tsx';
import { Figure3 } from './Figure3.tsx';
import { ReadingControls } from './ReadingControls.tsx';
import type { Turn } from './useTurn.ts';
import './figures.css';

/** Figures in the order in which all three are run. */
const TURNS = [1, 2, 3];

/** The three figures of arXiv 2603.01297, run again in the lab, with the published values beside them. */
export default function FiguresPanel() {
  const [readings, setReadings] = useState(LIKELY);
  const [wanted, setWanted] = useState(1);
  const [turn, setTurn] = useState(0);
  const turns = useMemo(
    () =>
      TURNS.map((place): Turn => ({
        mine: turn === place,
        end: (on) => setTurn(on && place < TURNS.length ? place + 1 : 0),
      })),
    [turn],
  );
  const present = useSpec((state) => state.spec.data);
  const catalogue = useStatus((status) => status.catalogue);
  const choices = useMemo(() => (catalogue ? dataChoices(catalogue, present) : []), [catalogue, present]);
  const sigmas = checkpointSigmas(readings);
  const checkpoint = Math.min(wanted, readings.checkpoints - 1);
  return (
    <div className="figures">
      <p className="figures-lead">
        Sahoo, Jain, Chaudhary and Chadha (arXiv 2603.01297) show three figures. Their embeddings are not public: the
        runs below are on synthetic rows of the same size, 10,000 × 896, unless you choose other data. Everything else
        is as published: split 70/10/20, standardised rows, logistic regression with C = 1 and balanced classes, τ = .8.
        Diamonds are published values.
      </p>
      <ReadingControls readings={readings} onChange={setReadings} />
      <div className="figures-controls">
        <SelectField
          label="Checkpoint that “Open” takes to the lab"
          value={String(checkpoint)}
          options={Array.from(sigmas, (sigma, k) => ({ value: String(k), label: `${k} (σ = ${formatSigma(sigma)})` }))}
          onCommit={(k) => setWanted(Number(k))}
        />
      </div>
      {choices.length === 0 ? (
        <p>Loading the list of datasets…</p>
      ) : (
        <>
          <div className="buttons">
            <button type="button" className="button" disabled={turn > 0} onClick={() => setTurn(1)}>
              Run all three
            </button>
            {turn > 0 && <span role="status">Running Figure {turn} of 3…</span>}
          </div>
          <Figure1 readings={readings} choices={choices} checkpoint={checkpoint} turn={turns[0]} />
          <Figure2 readings={readings} choices={choices} checkpoint={checkpoint} turn={turns[1]} />
          <Figure3 readings={readings} choices={choices} turn={turns[2]} />
        </>
      )}
    </div>
  );
}
