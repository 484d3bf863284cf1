import { grouped, quote } from '../errors.ts';
import { rowNumber } from '../own/cells.ts';
import type { ReportSubject } from './dataReport.ts';
import type { DataReport, Finding } from './report.ts';
import type { VersionScanned } from './versionScan.ts';

export type Facts = Omit<DataReport, 'base' | 'target' | 'findings'>;

const ORDER = { error: 0, warning: 1, note: 2 } as const;
const GIB = 2 ** 30;

const rowsText = (n: number): string => `${grouped(n)} ${n === 1 ? 'row' : 'rows'}`;
const bytesText = (n: number): string => (n >= GIB ? `${(n / GIB).toFixed(1)} GiB` : `${Math.ceil(n / 2 ** 20)} MiB`);
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** Everything worth saying, errors first. */
export function findingsOf(
  subject: ReportSubject,
  facts: Facts,
  base: VersionScanned,
  target: VersionScanned | null,
): Finding[] {
  const findings = [
    ...ofClasses(facts),
    ...ofSplit(subject, facts),
    ...ofRowsLeftOut(subject, facts),
    ...ofVersion(facts, base, ''),
    ...(target ? ofVersion(facts, target, 'newer version: ') : []),
    ...ofDuplicates(facts, base),
    ...ofGeometry(facts, base),
    ...ofVersions(facts),
    ofMemory(facts),
  ];
  return findings.sort((a, b) => ORDER[a.level] - ORDER[b.level]);
}

function ofClasses({ classes, rows, dims, split }: Facts): Finding[] {
  const [fewer, more] = [...classes].sort((a, b) => a.count - b.count);
  if (fewer.count === 0) {
    return [
      {
        level: 'error',
        id: 'one-class',
        message: `Every row is ${quote(more.name)}.`,
        remedy: 'Add rows of the other class: a probe needs both.',
      },
    ];
  }
  const found: Finding[] = [];
  const share = fewer.count / rows;
  if (share < 0.05) {
    found.push({
      level: 'warning',
      id: 'imbalance',
      message: `${rowsText(fewer.count)} of ${grouped(rows)} (${percent(share)}) ${fewer.count === 1 ? 'is' : 'are'} ${quote(fewer.name)}: accuracy says little, and intervals are wide.`,
      remedy: 'Read AUC and precision and recall, weigh the classes alike, or add rows of that class.',
    });
  }
  const train = split ? split.train : Math.floor(0.7 * rows);
  if (train <= dims) {
    found.push({
      level: 'warning',
      id: 'few-rows',
      message: `About ${rowsText(train)} to train on and ${grouped(dims)} dimensions: with no more rows than dimensions a plane separates any labels on them.`,
      remedy: 'Add rows, or make the penalty stronger (a smaller C).',
    });
  } else if (fewer.count < 50) {
    found.push({
      level: 'warning',
      id: 'few-rows',
      message: `Only ${rowsText(fewer.count)} ${fewer.count === 1 ? 'is' : 'are'} ${quote(fewer.name)}: what is measured on a fifth of them hangs on single rows.`,
      remedy: 'Add rows of that class.',
    });
  }
  return found;
}

function ofSplit({ survey, assembled }: ReportSubject, { split, classes }: Facts): Finding[] {
  if (!split) return [];
  const found: Finding[] = [];
  const { table } = assembled;
  const without = (part: string) =>
    classes.filter((_, label) => !table.labels.some((own, row) => own === label && table.split?.[row] === part));
  const lacking = without('train');
  if (lacking.length > 0) {
    found.push({
      level: 'error',
      id: 'split-lacks-class',
      message: `The ${rowsText(split.train)} of the split's train part hold no ${lacking.map(({ name }) => quote(name)).join(' and no ')}.`,
      remedy: 'Change the split column, or choose none: the lab then splits by its own seed.',
    });
  }
  if (split.test === 0) {
    found.push({
      level: 'error',
      id: 'split-lacks-test',
      message: 'The split column leaves no row to test on.',
      remedy: 'Write test in some rows, or choose no split column.',
    });
  } else if (without('test').length > 0 && lacking.length === 0) {
    found.push({
      level: 'warning',
      id: 'split-lacks-class',
      message: `The ${rowsText(split.test)} of the split's test part hold one class only, so AUC is undefined.`,
      remedy: 'Change the split column, or choose none.',
    });
  }
  if (survey.splitReadAs.length > 0) {
    const words = survey.splitReadAs.map(({ word, as }) => `${quote(word)} as ${as}`).join(', ');
    found.push({ level: 'note', id: 'split-words', message: `The split column is read so: ${words}.`, remedy: null });
  }
  return found;
}

function ofRowsLeftOut({ survey, choices, assembled }: ReportSubject, { rows }: Facts): Finding[] {
  const found: Finding[] = [];
  const { files, pairing } = survey;
  for (const { version, file, rows: bad, first } of survey.nonFinite) {
    const name = `${files[file].name}${version === 'target' ? ' (newer version)' : ''}`;
    const dropped = choices.nonFinite === 'drop';
    const numbers = bad.slice(0, 20).map((row) => rowNumber(files[file], row));
    found.push({
      level: dropped ? 'warning' : 'error',
      id: 'non-finite',
      message: `${rowsText(bad.length)} of ${name} hold${bad.length === 1 ? 's' : ''} NaN or infinity: row ${numbers.join(', ')}${bad.length > 20 ? ', …' : ''} (row ${first.row}: ${first.what}).${dropped ? ' Left out, as you chose.' : ' Everything else here is of the other rows.'}`,
      remedy: dropped ? null : 'Embed these rows again, remove them, or choose to leave them out.',
      rows: bad.slice(0, 20),
      of: bad.length,
    });
  }
  for (const { file, count, firstIds } of pairing.unpaired) {
    const ids = firstIds.slice(0, 5).map((id) => quote(id));
    found.push({
      level: 'warning',
      id: 'unpaired',
      message: `${rowsText(count)} of ${files[file].name} ${count === 1 ? 'has' : 'have'} no partner in the other files and ${count === 1 ? 'is' : 'are'} left out: ${ids.join(', ')}${count > ids.length ? ', …' : ''}.`,
      remedy: 'Look whether the id columns are the right ones and the files belong together.',
    });
  }
  if (assembled.sampledOf !== null && choices.sample) {
    found.push({
      level: 'note',
      id: 'sampled',
      message: `n = ${grouped(rows)} of ${grouped(assembled.sampledOf)}, seed ${choices.sample.seed}, stratified by label.`,
      remedy: null,
    });
  }
  return found;
}

function ofVersion({ rows, dims }: Facts, scanned: VersionScanned, whose: string): Finding[] {
  const { norms, zeroRows, firstZeroRows, overflowing, firstOverflowing, constantDims } = scanned;
  const found: Finding[] = [];
  const say = (text: string) => (whose === '' ? text : `In the ${whose}${text[0].toLowerCase()}${text.slice(1)}`);
  if (overflowing > 0) {
    found.push({
      level: 'error',
      id: 'overflow',
      message: say(`The length of ${rowsText(overflowing)} cannot be held in float64.`),
      remedy: 'Scale all rows by one common factor first.',
      rows: firstOverflowing,
      of: overflowing,
    });
  }
  if (zeroRows > 0) {
    found.push({
      level: 'warning',
      id: 'zero-rows',
      message: say(
        `${zeroRows === 1 ? 'One row is' : `${rowsText(zeroRows)} are`} all zeros, which cannot be scaled to length 1.`,
      ),
      remedy: 'Remove such rows or embed them again, or switch normalisation off.',
      rows: firstZeroRows,
      of: zeroRows,
    });
  }
  if (norms && overflowing === 0) {
    found.push({
      level: 'note',
      id: 'norms',
      message: say(
        norms.unit
          ? `Rows have unit length (${digits(norms.min)} to ${digits(norms.max)}).`
          : `Rows are ${digits(norms.min)} to ${digits(norms.max)} long (median ${digits(norms.median)}): the lab scales them to length 1 unless normalisation is off.`,
      ),
      remedy: null,
    });
  }
  if (constantDims.length > 0 && rows > 1) {
    const shown = constantDims.slice(0, 10).map((j) => j + 1);
    found.push({
      level: constantDims.length > 0.1 * dims ? 'warning' : 'note',
      id: 'constant-dims',
      message: say(
        `${constantDims.length === 1 ? 'Dimension' : `${grouped(constantDims.length)} dimensions,`} ${shown.join(', ')}${constantDims.length > shown.length ? ', …' : ''} ${constantDims.length === 1 ? 'holds' : 'hold'} the same number in every row.`,
      ),
      remedy: 'Look whether such a column belongs to the embeddings.',
    });
  }
  return found;
}

function ofDuplicates({ rows, split }: Facts, { duplicates }: VersionScanned): Finding[] {
  const { groups, acrossLabels, acrossSplits, copies, otherLabel, otherSide } = duplicates;
  if (groups === 0) return [];
  const found: Finding[] = [];
  const extra = duplicates.rows - groups;
  if (acrossLabels > 0) {
    found.push({
      level: 'warning',
      id: 'duplicates-across-labels',
      message: `${grouped(acrossLabels)} ${acrossLabels === 1 ? 'set of identical rows bears' : 'sets of identical rows bear'} both labels: no probe can get all of them right.`,
      remedy: 'Look at these rows: the labels, the text or the embedding is wrong.',
      rows: otherLabel,
    });
  }
  if (acrossSplits && acrossSplits.trainTest > 0) {
    found.push({
      level: 'warning',
      id: 'leakage',
      message: `${grouped(acrossSplits.trainTest)} ${acrossSplits.trainTest === 1 ? 'row stands' : 'rows stand'} identically in train and in test: results on test are too good.`,
      remedy: 'Keep all copies of a row in one part of the split.',
      rows: otherSide,
    });
  }
  found.push({
    level: extra >= 0.01 * rows ? 'warning' : 'note',
    id: 'duplicates',
    message: `${rowsText(extra)} (${percent(extra / rows)}) repeat${extra === 1 ? 's' : ''} an earlier one exactly; ${grouped(groups)} ${groups === 1 ? 'row has' : 'rows have'} copies.${split ? '' : ' Without a split column, copies can land on both sides of the split.'}`,
    remedy: split ? null : 'Remove copies, or give a split column that keeps them together.',
    rows: copies,
    of: extra,
  });
  return found;
}

function ofGeometry(
  { rows, dims }: Facts,
  { meanCosine, effectiveDimension, separability }: VersionScanned,
): Finding[] {
  const found: Finding[] = [];
  if (meanCosine !== null) {
    found.push({
      level: 'note',
      id: 'mean-cosine',
      message: `The mean cosine between two rows is ${meanCosine.toFixed(3)}${meanCosine > 0.5 ? ': they lie in a narrow cone' : ''}.`,
      remedy: null,
    });
  }
  const { value, rows: n, of } = effectiveDimension;
  if (value !== null) {
    const from = n < of ? ` (n = ${grouped(n)} of ${grouped(of)}, seed ${effectiveDimension.seed})` : '';
    found.push({
      level: 'note',
      id: 'effective-dimension',
      message: `The effective dimension is ${digits(value)} of ${grouped(dims)}${from}.`,
      remedy: null,
    });
  }
  const { dPrime, gaussianAuc } = separability;
  if (dPrime !== null && gaussianAuc !== null) {
    const perfect = gaussianAuc > 0.999 && rows > 4 * dims;
    found.push({
      level: perfect ? 'warning' : 'note',
      id: 'separability',
      message: `Along the line through the class means d′ is ${dPrime.toFixed(2)}, an AUC of about ${gaussianAuc.toFixed(3)} on the rows that made the line.`,
      remedy: perfect ? 'Look whether the label, or what it was made from, is part of the embedding.' : null,
    });
  }
  return found;
}

function ofVersions({ versions, rows }: Facts): Finding[] {
  if (!versions) return [];
  const { identicalRows, meanCosine, minCosine } = versions;
  const found: Finding[] = [];
  if (identicalRows > 0) {
    const all = identicalRows === rows;
    found.push({
      level: all || identicalRows > 0.01 * rows ? 'warning' : 'note',
      id: 'identical-versions',
      message: all
        ? 'Both versions are the same numbers: there is no drift between them.'
        : `${rowsText(identicalRows)} (${percent(identicalRows / rows)}) ${identicalRows === 1 ? 'is' : 'are'} the same in both versions.`,
      remedy: all ? 'Give the embeddings of the other model.' : 'Look whether all rows were embedded again.',
    });
  }
  if (meanCosine !== null && minCosine !== null) {
    const unlike = meanCosine < 0.1;
    found.push({
      level: unlike ? 'warning' : 'note',
      id: 'versions',
      message: `The cosine between both versions of a row is ${meanCosine.toFixed(3)} on average, ${minCosine.toFixed(3)} at least${unlike ? ': they are as good as unrelated' : ''}.`,
      remedy: unlike
        ? 'Look whether row i of one is row i of the other, and whether both are of one family of models.'
        : null,
    });
  }
  return found;
}

function ofMemory({ memory, rows, dims, dtype }: Facts): Finding {
  const { bytes, limitBytes, mostRows } = memory;
  if (rows > mostRows) {
    return {
      level: 'error',
      id: 'memory',
      message: `${rowsText(rows)} of ${grouped(dims)} ${dtype} numbers do not fit in the ${bytesText(limitBytes)} that one set of embeddings may take.`,
      remedy: `Take a sample of at most ${rowsText(mostRows)}.`,
    };
  }
  return {
    level: bytes > 2 * GIB ? 'warning' : 'note',
    id: 'memory',
    message: `The lab will take at most ${bytesText(bytes)} of memory for these rows.`,
    remedy: bytes > 2 * GIB ? 'Close other tabs, or take a sample.' : null,
  };
}
