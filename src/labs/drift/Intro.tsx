import { useSpec, useStatus } from '../session.tsx';

/** What stands on the page, for someone who has never seen it. */
export function Intro() {
  const context = useStatus((status) => status.context);
  const kind = useSpec((state) => state.spec.drift.kind);
  if (!context) return null;
  const { name0, name1 } = context.data;
  const { train, test } = context.splitRows;
  return (
    <p className="intro">
      A small classifier, the <em>probe</em>, learned from {train.toLocaleString('en-US')} number vectors (
      <em>embeddings</em>) to tell “{name1}” from “{name0}”. It is frozen now.{' '}
      <strong>{kind === 'model' ? 'Move the slider' : 'Drag σ'}</strong> to disturb the vectors of{' '}
      {test.toLocaleString('en-US')} test rows, as{' '}
      {kind === 'model' ? 'this model update does' : 'a model update might'}.
    </p>
  );
}
