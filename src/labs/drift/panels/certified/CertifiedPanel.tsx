import { useMemo } from 'react';
import { CertifiedHistogram } from '../../../../charts/certified/CertifiedHistogram.tsx';
import { formatNumber, formatPercent, formatSigma } from '../../../../charts/format.ts';
import { LineChart } from '../../../../charts/LineChart.tsx';
import type { LineChartOptions } from '../../../../charts/lineChartData.ts';
import { useSettled } from '../../../../charts/settled.ts';
import { mapSource, pairSources } from '../../../../charts/source.ts';
import { createTurnStudy } from '../../../../core/theory/turnStudy.ts';
import type { CertifiedReport } from '../../../../engine/analyses/certified.ts';
import { AnalysisStatus } from '../../../AnalysisStatus.tsx';
import { useSession } from '../../../session.tsx';
import { useAnalysis, type AnalysisHandle } from '../../../useAnalysis.ts';
import { Why } from '../../../why/Why.tsx';
import type { WhyMetric } from '../../why/index.ts';
import { certifiedKey, costSentence, curveSentence, turnLines } from './certifiedWords.ts';
import './certified.css';

const OPTIONS = {};
const X_TITLE = 'Angle by which rows turn (degrees)';
const AUC: LineChartOptions = { xTitle: X_TITLE, yTitle: 'AUC', xScale: 'log', yDomain: [0, 1], decimals: 3 };
const ACCURACY: LineChartOptions = { ...AUC, yTitle: 'Accuracy (share)' };

export default function CertifiedPanel() {
  const analysis = useAnalysis('certified', OPTIONS, { when: 'rest', keyOf: certifiedKey });
  const { result, phase } = analysis;
  return (
    <>
      <AnalysisStatus analysis={analysis} start="Turn the rows" />
      {result?.reason && <p role="note">{result.reason}</p>}
      {result && result.study !== null && (
        <div className="certified" data-stale={phase !== 'done'}>
          <Turns report={result} analysis={analysis} />
        </div>
      )}
    </>
  );
}

interface TurnsProps {
  readonly report: CertifiedReport;
  readonly analysis: AnalysisHandle<CertifiedReport>;
}

function Turns({ report, analysis }: TurnsProps) {
  const { step } = useSession();
  const { source } = analysis;
  const settled = useSettled(step);
  const now = settled?.headline.meanAngleDegrees ?? null;
  const study = useMemo(() => {
    const { study: given } = report;
    return given === null ? null : createTurnStudy(given.rows, given.noise, given.level);
  }, [report]);
  const clean = useMemo(() => study?.at(0) ?? null, [study]);
  const at = useMemo(() => (study === null || now === null ? null : study.at(now)), [study, now]);
  const lines = useMemo(() => {
    const both = pairSources(source, step);
    const view = (metric: 'rocAuc' | 'accuracy') =>
      mapSource(both, ({ now: curves, beside }) =>
        curves === null
          ? { series: [] }
          : turnLines(curves.angles, curves[metric], beside?.headline.meanAngleDegrees ?? null),
      );
    return { rocAuc: view('rocAuc'), accuracy: view('accuracy') };
  }, [source, step]);
  const { degrees, reason } = report.certified;
  return (
    <>
      {clean && <p className="certified-cost">{costSentence(now, clean, now === 0 ? null : at)}</p>}
      <dl className="certified-numbers">
        <Number
          name="medianCertifiedAngle"
          why="medianCertifiedAngle"
          label="median certified angle of right rows"
          value={report.medianRight}
          unit="degrees"
        />
        <Number
          name="worstCaseAuc"
          why="worstCaseAuc"
          label="AUC after the worst turn"
          value={at?.worst.rocAuc ?? null}
        />
        <Number
          name="worstCaseAccuracy"
          why="worstCaseAccuracy"
          label="accuracy after the worst turn"
          value={at?.worst.accuracy ?? null}
          unit="share"
        />
        <Number name="randomAuc" why="randomTurn" label="AUC after a random turn" value={at?.random.rocAuc ?? null} />
        <Number
          name="randomAccuracy"
          why="randomTurn"
          label="accuracy after a random turn"
          value={at?.random.accuracy ?? null}
          unit="share"
        />
      </dl>
      <p className="certified-note">
        {now === null ? 'There is no angle now.' : `All turns by ${formatSigma(now)}°, the mean angle of the rows now.`}
      </p>
      {degrees ? (
        <CertifiedHistogram degrees={degrees} right={report.right} median={report.medianRight} now={now} />
      ) : (
        <p role="note">{reason}</p>
      )}
      <div className="certified-curves">
        <LineChart
          kind="turnAuc"
          title="AUC against the angle of the turn"
          source={lines.rocAuc}
          options={AUC}
          sentence={() => curveSentence(report, report.rocAuc, 'AUC')}
        />
        <LineChart
          kind="turnAccuracy"
          title="Accuracy against the angle of the turn"
          source={lines.accuracy}
          options={ACCURACY}
          sentence={() => curveSentence(report, report.accuracy, 'accuracy')}
        />
      </div>
      <p className="certified-note">
        Worst turn: each row straight towards the other side, found in closed form; no turn of that angle does more.
        Class-opposed shift: one shift for each class, along the probe. Random turn: isotropic noise of that mean angle,
        one draw exact in law (seed {report.seed}).
      </p>
    </>
  );
}

interface NumberProps {
  readonly name: string;
  readonly why: WhyMetric;
  readonly label: string;
  readonly value: number | null;
  readonly unit?: 'degrees' | 'share';
}

function Number({ name, why, label, value, unit }: NumberProps) {
  const text =
    value === null
      ? '–'
      : unit === 'degrees'
        ? `${formatSigma(value)}°`
        : unit === 'share'
          ? formatPercent(value)
          : formatNumber(value);
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <output data-metric={name} data-value={String(value)}>
          {text}
        </output>{' '}
        <Why metric={why} of={label} />
      </dd>
    </div>
  );
}
