import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useAnalysis } from '../../../useAnalysis.ts';

const OPTIONS = {};

export default function SeparabilityPanel() {
  const analysis = useAnalysis('separability', OPTIONS, { when: 'rest' });
  const { result } = analysis;
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Compute" automatic />
      {result && (
        <p>
          d′ along the probe:{' '}
          <output data-metric="dPrime" data-value={String(result.drifted.dPrime)}>
            {result.drifted.dPrime?.toFixed(3) ?? '–'}
          </output>
        </p>
      )}
    </>
  );
}
