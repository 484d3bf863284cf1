import { useState, type ReactNode } from 'react';
import { download } from '../../charts/export/download.ts';
import { Library } from '../../engine/own/library.ts';
import { openOpfs, webLocks } from '../../engine/own/opfs.ts';
import type { OwnSpec } from '../../spec/types.ts';
import { ownFile, type OwnFileName } from './ownFiles.ts';

interface Props {
  readonly own: OwnSpec;
  readonly names: readonly OwnFileName[];
}

/** Saves the rows that the script reads; a browser copies them from its own disk. */
export default function OwnFileButtons({ own, names }: Props): ReactNode {
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (name: OwnFileName): Promise<void> => {
    setProblem(null);
    try {
      const file = await ownFile(own, name, new Library(await openOpfs(), webLocks()));
      download(name, file, file.type);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      <div className="results-row" role="group" aria-label="Your rows, as the script reads them">
        {names.map((name) => (
          <button key={name} type="button" className="button" onClick={() => void save(name)}>
            Download {name}
          </button>
        ))}
      </div>
      {problem !== null && (
        <p role="alert" className="results-problem">
          {problem}
        </p>
      )}
    </>
  );
}
