import type { CheckReply } from '../../engine/own/importApi.ts';
import { formatCount, plural } from '../../charts/format.ts';
import { integer, nullable } from '../../spec/parsers.ts';
import { wholeMapping } from '../../state/ownDataImport.ts';
import { CheckField } from '../fields/CheckField.tsx';
import { NumberField } from '../fields/NumberField.tsx';
import { SeedField } from '../fields/SeedField.tsx';
import { useSession } from '../session.tsx';
import { putInUse, useMissing } from './inUse.ts';
import { ReportView } from './ReportView.tsx';
import { useOwn, useOwnStore } from './useOwnImport.ts';
import { Comparison } from './Wanted.tsx';
import { formatBytes } from './words.ts';

/** How rows pair, which are taken, what the report says of them, and the button that puts them into use. */
export function Rows({ onUsed }: { readonly onUsed: () => void }) {
  const session = useSession();
  const store = useOwnStore();
  const parts = useOwn((state) => state.parts);
  const reply = useOwn((state) => state.reply);
  const work = useOwn((state) => state.work);
  const missing = useMissing();
  if (!parts || parts.ids.length === 0) return null;
  const whole = wholeMapping(parts) !== null;
  const checked = reply?.checked ?? null;
  const refused = checked?.report.findings.some(({ level }) => level === 'error') ?? false;
  const use = async () => {
    const kept = await store.getState().keep();
    if (!kept) return;
    putInUse(session, kept.digests, missing);
    onUsed();
  };
  return (
    <section className="own-step" aria-label="Rows">
      <h3>Rows</h3>
      {!whole && <p>Choose the embeddings and the label above; then the rows can be read.</p>}
      {reply && <PairingView reply={reply} />}
      {whole && <Choices reply={reply} />}
      {whole && !reply && !work && (
        <button type="button" className="button button-main" onClick={() => void store.getState().check()}>
          Read and check the rows
        </button>
      )}
      {checked && (
        <>
          <h3>Data report</h3>
          <ReportView report={checked.report} />
          {missing && <Comparison missing={missing} found={checked.digests} />}
          <div className="own-use">
            <button
              type="button"
              className="button button-main"
              disabled={refused || work !== null}
              onClick={() => void use()}
            >
              Use this data
            </button>
            <p className="field-hint">
              {refused
                ? 'The errors above keep these rows from being used.'
                : `Keeps ${formatBytes(checked.bytes)} in this browser until you remove it. Label 1, unsafe: ${checked.name1}; label 0: ${checked.name0}.`}
            </p>
          </div>
        </>
      )}
    </section>
  );
}

function PairingView({ reply: { pairing, nonFinite, checked } }: { readonly reply: CheckReply }) {
  const files = useOwn((state) => state.opened?.files) ?? [];
  return (
    <>
      <p data-testid="own-pairing" data-by={pairing.by} data-value={pairing.rows}>
        {plural(pairing.rows, 'row')} paired by {pairing.by}. {pairing.why}
      </p>
      {pairing.unpaired.map(({ file, count, firstIds }) => (
        <p key={file} className="verdict">
          {plural(count, 'row')} of {files[file]?.name} found no partner and {count === 1 ? 'is' : 'are'} left out:{' '}
          {firstIds.join(', ')}
          {count > firstIds.length && ', …'}.
        </p>
      ))}
      {nonFinite && (
        <p
          className="verdict"
          role={checked ? undefined : 'alert'}
          data-testid="own-non-finite"
          data-value={nonFinite.rows}
        >
          {checked
            ? `${plural(nonFinite.rows, 'row')} with NaN or infinity left out, as you chose.`
            : `Cannot be used as it is. ${nonFinite.message}`}
        </p>
      )}
    </>
  );
}

function Choices({ reply }: { readonly reply: CheckReply | null }) {
  const store = useOwnStore();
  const choices = useOwn((state) => state.choices);
  const known = useOwn((state) => state.opened?.files[state.parts?.embeddings?.file ?? -1]?.rows ?? null);
  const most = reply ? reply.pairedRows : known;
  const { sample } = choices;
  const choose = store.getState().choose;
  return (
    <div className="own-fields">
      {(reply?.nonFinite || choices.nonFinite === 'drop') && (
        <CheckField
          label={`Leave out rows with NaN or infinity${reply?.nonFinite ? ` (${formatCount(reply.nonFinite.rows)})` : ''}`}
          hint="Such a row has no place among the others. Nothing is left out unless you choose it."
          checked={choices.nonFinite === 'drop'}
          onCommit={(drop) => void choose({ nonFinite: drop ? 'drop' : 'refuse' })}
        />
      )}
      <NumberField
        label="Sample of rows"
        hint={`Empty: all${most === null ? '' : ` ${formatCount(most)}`}. A sample is seeded and keeps the share of each label.`}
        value={sample?.rows ?? null}
        parser={nullable(integer(2, Math.max(2, most ?? 100_000_000)))}
        placeholder="all rows"
        onCommit={(rows) => void choose({ sample: { rows, seed: sample?.seed ?? 0 } })}
        onClear={() => void choose({ sample: null })}
      />
      {sample && (
        <SeedField
          label="Sample seed"
          draws="sample"
          value={sample.seed}
          onCommit={(seed) => void choose({ sample: { ...sample, seed } })}
        />
      )}
    </div>
  );
}
