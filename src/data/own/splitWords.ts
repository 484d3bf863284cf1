const WORDS: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  valid: 'validation',
  val: 'validation',
  dev: 'validation',
  development: 'validation',
  test: 'test',
  testing: 'test',
};

/** The part of a split that a word names (dev and val are validation, in any case); null for any other word. */
export function splitWord(text: string): string | null {
  return Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()] : null;
}
