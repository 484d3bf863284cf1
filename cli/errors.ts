/** Bad input from the command line: printed as one line, exit code 2. */
export class UsageError extends Error {}

/** Beginning and end of a text that is longer than `most` characters. */
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.ceil(0.7 * most))}…${text.slice(-Math.floor(0.3 * most))}`;

/** One line for a terminal: without what would steer it (control and direction characters), and of bounded length. */
export const oneLine = (text: string): string =>
  cut(
    text
      .replace(/\s*\n\s*/g, ' ')
      .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
      .replace(/\S{301,}/gu, (word) => cut(word, 300)),
    4000,
  );
