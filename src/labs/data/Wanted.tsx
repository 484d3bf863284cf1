import { formatCount } from '../../charts/format.ts';
import type { OwnDigests } from '../../data/own/own.ts';
import { compareOwn } from '../../engine/own/compareOwn.ts';
import { useMissing } from './inUse.ts';

/** What a link asks for and this browser does not have. */
export function Wanted() {
  const missing = useMissing();
  if (!missing) return null;
  return (
    <div className="notice own-wanted" role="status" data-testid="own-wanted">
      <p>
        This link needs files that are not here: {formatCount(missing.rows)} × {formatCount(missing.dims)} embeddings
        {missing.target === null ? '' : ' in two versions'} with labels. Drop the files it was made with, or choose
        them. A link never holds the data, only its shape and its digest ({missing.embeddings}).
      </p>
    </div>
  );
}

/** Whether the rows that were read are those that the link asks for. */
export function Comparison({ missing, found }: { readonly missing: OwnDigests; readonly found: OwnDigests }) {
  const differences = compareOwn(missing, found);
  return (
    <div role="status" data-testid="own-comparison" data-same={differences.length === 0}>
      {differences.length === 0 ? (
        <p className="verdict verdict-good">Same data as the link asks for: every digest agrees.</p>
      ) : (
        <div className="verdict">
          <p>Not the data that the link asks for:</p>
          <ul>
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
