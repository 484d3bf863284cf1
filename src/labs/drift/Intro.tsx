import { useSession, useSpec, useStatus } from '../session.tsx';

/** What stands on the page, for someone who has never seen it. */
export function Intro() {
  const { spec } = useSession();
  const context = useStatus((status) => status.context);
  const slice = useStatus((status) => status.shownSpec?.view.slice ?? null);
  const kind = useSpec((state) => state.spec.drift.kind);
  const tau = useSpec((state) => state.spec.metrics.highConfidence);
  if (!context) return null;
  const { name0, name1 } = context.data;
  const { train, test } = context.splitRows;
  const measured =
    slice &&
    context.slices.columns
      .find(({ column }) => column === slice.column)
      ?.values.find(({ value }) => value === slice.value)?.count;
  return (
    <p className="intro">
      A small classifier, the <em>probe</em>, learned from {train.toLocaleString('en-US')} number vectors (
      <em>embeddings</em>) to tell “{name1}” from “{name0}”. It is frozen now.{' '}
      <strong>{kind === 'model' ? 'Move the slider' : 'Drag σ'}</strong> to disturb the vectors of{' '}
      {measured ? `${measured.toLocaleString('en-US')} of ` : ''}
      {test.toLocaleString('en-US')} test rows{slice && ` (${slice.column} = ${slice.value})`}
      {kind === 'model' ? ', as this model update does' : ''}. A <em>silent failure</em>: the probe is wrong and sounds
      sure (confidence above τ = {tau}).{' '}
      {slice && (
        <button type="button" className="button" onClick={() => spec.getState().commit({ view: { slice: null } })}>
          Measure all rows
        </button>
      )}
    </p>
  );
}
