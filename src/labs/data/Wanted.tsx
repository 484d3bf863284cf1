import { formatCount } from '../../charts/format.ts';
import { compareOwn } from '../../engine/own/compareOwn.ts';
import { useMissing } from './inUse.ts';
import { useOwn } from './useOwnImport.ts';

/** What a link asks for and this browser does not have; once files are read, whether they are the same data. */
export function Wanted() {
  const missing = useMissing();
  const digests = useOwn((state) => state.reply?.checked?.digests ?? null);
  if (!missing) return null;
  const differences = digests && compareOwn(missing, digests);
  return (
    <div className="notice own-wanted" role="status" data-testid="own-wanted">
      <p>
        This link needs files that are not here: {formatCount(missing.rows)} × {formatCount(missing.dims)} embeddings
        {missing.target === null ? '' : ' in two versions'} with labels. Drop the files it was made with, or choose
        them. A link never holds the data, only its shape and its digest ({missing.embeddings}).
      </p>
      {differences && (
        <div data-testid="own-comparison" data-same={differences.length === 0}>
          {differences.length === 0 ? (
            <p className="verdict verdict-good">Same data: every digest agrees.</p>
          ) : (
            <div className="verdict">
              <p>Not the same data:</p>
              <ul>
                {differences.map((difference) => (
                  <li key={difference}>{difference}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
