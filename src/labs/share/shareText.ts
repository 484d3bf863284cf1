import { encodeLink, type LinkParts } from '../../spec/link.ts';
import { pageParts, type PartId } from '../../spec/linkPage.ts';
import { writeSeen, type Seen } from '../../spec/linkSeen.ts';
import type { ExperimentSpec } from '../../spec/types.ts';
import { amountOf } from '../../engine/keys.ts';
import { KINDS } from '../drift/words.ts';

export interface ShareChoices {
  /** What the sender sees; null to leave it out. */
  readonly seen: Seen | null;
  readonly present: boolean;
  /** Name of the file of their own rows, where they say it. */
  readonly file: string | null;
  /** Files beside the lab that hold the rows. */
  readonly from: readonly string[];
  /** Names that this version does not know, which go along. */
  readonly unknown: LinkParts;
}

export interface FrameChoices {
  /** The parts to show; empty for all. */
  readonly only: readonly PartId[];
  readonly controls: boolean;
}

const atHash = (page: string, link: string) => (link === '' ? page : `${page}#${link}`);
const seenPart = (seen: Seen | null): LinkParts => (seen ? [['seen', writeSeen(seen)]] : []);

/** The link of a spec on the page at `page` (an address without #). */
export function shareLink(page: string, spec: ExperimentSpec, choices: ShareChoices): string {
  const { seen, present, file, from, unknown } = choices;
  return atHash(page, encodeLink(spec, [...unknown, ...pageParts({ present, file, from }), ...seenPart(seen)]));
}

/** The spec in a few words, for people. */
export function specTitle({ drift, probe }: ExperimentSpec, data: string): string {
  const amount = drift.kind === 'model' ? `to ${drift.to ?? '?'}, t = ${drift.t}` : `σ = ${amountOf(drift)}`;
  return `${data}, ${probe.kind === 'mlp' ? 'network, ' : ''}${KINDS[drift.kind].label.toLowerCase()}, ${amount}`;
}

/** A Markdown link, with the numbers where they go along. */
export function markdown(link: string, title: string, numbers: string): string {
  const words = `Silent Failure Lab: ${title}`.replace(/[\\[\]`*_<>]/g, '\\$&');
  const address = link.replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${words}](${address})${numbers === '' ? '' : ` (${numbers})`}`;
}

const attribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An iframe that shows parts of the page. */
export function embedCode(
  page: string,
  spec: ExperimentSpec,
  choices: ShareChoices,
  { only, controls }: FrameChoices,
  title: string,
): string {
  const settings = {
    embed: true,
    only: only.length > 0 ? only : null,
    hide: controls ? [] : (['controls'] as const),
    file: choices.file,
    from: choices.from,
  };
  const link = encodeLink(spec, [...choices.unknown, ...pageParts(settings), ...seenPart(choices.seen)]);
  const name = attribute(`Silent Failure Lab: ${title}`);
  return `<iframe src="${attribute(atHash(page, link))}" title="${name}" width="100%" height="640" loading="lazy" style="border: 0"></iframe>`;
}
