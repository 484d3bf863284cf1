import { decimalsOf, type Seen, type SeenName } from '../../spec/linkSeen.ts';
import type { SeenLine, SeenReason, SeenReport } from '../../state/seen.ts';
import type { Pin } from '../../state/pin.ts';

export const SEEN_LABELS: { readonly [N in SeenName]: string } = {
  auc: 'AUC',
  acc: 'Accuracy',
  conf: 'Mean confidence',
  silent: 'Silent-failure rate',
  ece: 'ECE',
  angle: 'Measured angle, degrees',
};

/** A few digits more than are compared. */
export const writeValue = (value: number | null): string =>
  value === null ? 'undefined' : String(Number(value.toPrecision(9)));

/** The difference to the digits that the link gives, and one more. */
export function writeDifference({ difference, written }: SeenLine): string {
  if (difference === null || written === null) return '–';
  const decimals = decimalsOf(written);
  if (Math.abs(difference) <= 0.5 * 10 ** -decimals) return '0';
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(decimals + 1)}`;
}

const rowsOf = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'row' : 'rows'}`;

/** What the badge says below its verdict. */
export function seenSentence({ reproduced, lines, near, leaned }: SeenReport): string {
  const wrong = lines.filter(({ agrees }) => !agrees);
  const rows =
    near === 0
      ? ''
      : leaned
        ? ` ${rowsOf(near)} lie so near a threshold or a bin edge that float32 may count them otherwise; the numbers differ by no more than that.`
        : ` ${rowsOf(near)} lie so near a threshold or a bin edge that float32 may count them otherwise.`;
  if (reproduced) {
    return `Computed again here, ${lines.length === 1 ? 'the number' : `all ${lines.length} numbers`} of this link came out the same, at the digits it gives.${rows}`;
  }
  if (lines.length === 0) return 'The link gives no number to compare.';
  return `Computed again here, ${wrong.length} of the ${lines.length} numbers of this link came out otherwise.${rows}`;
}

/** The likely reasons of a difference, as far as the link tells. */
export function reasonWords(reason: SeenReason, seen: Seen, { context }: Pick<Pin, 'context'>, lab: string): string {
  const here = context.backend.name;
  switch (reason) {
    case 'data':
      return `Other data: the digest of the sender’s rows begins with ${seen.data}, that of the rows here with ${context.data.sha256.slice(0, 6)}.`;
    case 'lab':
      return `Another version of the lab: the sender used ${seen.lab}, this is ${lab}.`;
    case 'network':
      return `The sender trained the network on ${seen.on}, this is ${here}: float32 training ends at slightly other weights. “Compute with” under “Engine and checks” can be set to ${seen.on}.`;
    case 'backend':
      return `The sender computed on ${seen.on}, this is ${here}; rounding alone explains less than the difference.`;
    case 'unknown':
      return seen.data === null || seen.lab === null
        ? 'The link does not say which data and which version of the lab gave its numbers, or its numbers were edited.'
        : 'Data and version are the same as the sender’s, so the numbers in the link were probably edited.';
  }
}
