import type { OpenedFile } from '../readers/reading.ts';

/** What a name says of the age of an encoder version: −1 older, 1 newer, 0 nothing; and the number it carries. */
export interface Age {
  readonly side: -1 | 0 | 1;
  readonly number: number | null;
}

const OLDER = new Set(
  'old older base baseline before previous prev original orig reference ref initial prior pretrained a'.split(' '),
);
const NEWER = new Set(
  (
    'new newer tuned finetuned finetune ft after next updated update upgraded instruct chat target candidate quantized ' +
    'quantised int8 int4 distilled modified drifted latest b'
  ).split(' '),
);

/** The words of a name in lower case: "X_trainV2" is x, train, v2. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A file's name without folders and ending. */
export function stemOf(file: OpenedFile): string {
  const name = file.name.replace(/^.*[\\/]/, '');
  return name.replace(/(\.[a-z0-9]{1,11}){1,2}$/i, '') || name;
}

export function ageOf(name: string): Age {
  const words = wordsOf(name.replace(/fine[-_ ]tuned?/gi, 'finetuned'));
  const older = words.some((word) => OLDER.has(word));
  const newer = words.some((word) => NEWER.has(word));
  const versions = words.flatMap((word) => /^v?(\d{1,8})$/.exec(word)?.[1] ?? []);
  // A tuned base model is the newer one: what was done later says more than what it was done to.
  return {
    side: newer ? 1 : older ? -1 : 0,
    number: versions.length > 0 ? Number(versions[versions.length - 1]) : null,
  };
}

/** Which of two names is the older version: 0 or 1; null where they do not say. */
export function olderOf(names: readonly [string, string]): 0 | 1 | null {
  const [first, second] = [ageOf(names[0]), ageOf(names[1])];
  if (first.side !== second.side) return first.side < second.side ? 0 : 1;
  if (first.number !== null && second.number !== null && first.number !== second.number) {
    return first.number < second.number ? 0 : 1;
  }
  return null;
}
