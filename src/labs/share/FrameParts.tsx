import { PART_IDS, type PartId } from '../../spec/linkPage.ts';
import { PANEL_GROUPS } from '../drift/panels/panels.ts';

const NAMES: Readonly<Record<string, string>> = {
  dashboard: 'What a dashboard says',
  cliff: 'The cliff',
  headlines: 'Headline numbers',
  errors: 'High-confidence errors',
  roc: 'ROC curve',
  reliability: 'Reliability',
  histogram: 'Confidence histogram',
  confusion: 'Confusion matrix',
  ...Object.fromEntries(PANEL_GROUPS.flatMap(({ panels }) => panels.map(({ id, title }) => [id, title]))),
};

interface Props {
  readonly only: readonly PartId[];
  readonly onOnly: (only: readonly PartId[]) => void;
  readonly controls: boolean;
  readonly onControls: (controls: boolean) => void;
}

/** What the embed code shows in its frame. */
export function FrameParts({ only, onOnly, controls, onControls }: Props) {
  const toggle = (id: PartId) => onOnly(only.includes(id) ? only.filter((one) => one !== id) : [...only, id]);
  const named = PART_IDS.filter((id) => only.includes(id)).map((id) => NAMES[id]);
  return (
    <details className="share-frame">
      <summary>
        The embed code shows: {named.length === 0 ? 'everything' : named.join(', ')}
        {controls ? '' : ', without controls'}
      </summary>
      <fieldset className="group">
        <legend>Parts (none for everything)</legend>
        <div className="share-parts">
          {PART_IDS.map((id) => (
            <label key={id} className="check">
              <input type="checkbox" checked={only.includes(id)} onChange={() => toggle(id)} />
              {NAMES[id]}
            </label>
          ))}
        </div>
        <label className="check">
          <input type="checkbox" checked={controls} onChange={(event) => onControls(event.target.checked)} />
          With the slider
        </label>
      </fieldset>
    </details>
  );
}
