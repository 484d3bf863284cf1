import { decodeLink, type DecodedLink } from '../../spec/link.ts';
import { arrangePage } from './arrange.ts';

/** Reads the link that the page begins with, and arranges the page as it says before anything is drawn. */
export function openLink(hash: string): DecodedLink {
  const link = decodeLink(hash);
  arrangePage(link.settings);
  return link;
}
