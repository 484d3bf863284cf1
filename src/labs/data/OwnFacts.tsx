import { formatCount } from '../../charts/format.ts';
import type { OwnSpec } from '../../spec/types.ts';
import { useStatus } from '../session.tsx';

/** What the lab knows of the rows in use: their shape from the spec, the rest once they are read. */
export default function OwnFacts({ rows, dims, embeddings }: OwnSpec) {
  const read = useStatus(({ context }) =>
    context?.data.id === 'own' && context.data.sha256 === embeddings ? context.data : null,
  );
  return (
    <dl className="facts" data-testid="own-facts">
      {read && (
        <div>
          <dt>Files</dt>
          <dd>{read.title}</dd>
        </div>
      )}
      <div>
        <dt>Size</dt>
        <dd>
          {formatCount(rows)} rows × {dims} dimensions
        </dd>
      </div>
      {read && (
        <div>
          <dt>Label 1</dt>
          <dd>{read.name1}</dd>
        </div>
      )}
      <div>
        <dt>Digest</dt>
        <dd>{embeddings}</dd>
      </div>
    </dl>
  );
}
