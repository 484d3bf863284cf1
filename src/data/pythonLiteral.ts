/** What a .npy header may hold: a Python literal of strings, whole numbers, booleans, None, tuples, lists and dicts. */
export type PythonLiteral =
  string | number | boolean | null | readonly PythonLiteral[] | ReadonlyMap<string, PythonLiteral>;

const MAX_DEPTH = 16;

/** Parses one Python literal; throws a SyntaxError with the position where the text is not one. */
export function parsePythonLiteral(text: string): PythonLiteral {
  let at = 0;

  const fail = (what: string): never => {
    throw new SyntaxError(`${what} at character ${at + 1}`);
  };
  const skip = (): void => {
    while (at < text.length && ' \t\n\r\f'.includes(text[at])) at++;
  };
  const take = (mark: string): boolean => {
    skip();
    if (text[at] !== mark) return false;
    at++;
    return true;
  };

  const string = (): string => {
    const mark = text[at++];
    let out = '';
    while (at < text.length && text[at] !== mark) {
      if (text[at] === '\n') fail('a string that does not end');
      if (text[at] === '\\') {
        at++;
        if (at >= text.length) break;
      }
      out += text[at++];
    }
    if (text[at] !== mark) fail('a string that does not end');
    at++;
    return out;
  };

  const items = (close: string, depth: number): PythonLiteral[] => {
    const list: PythonLiteral[] = [];
    while (!take(close)) {
      list.push(value(depth + 1));
      if (!take(',')) {
        if (!take(close)) fail(`no "${close}"`);
        break;
      }
    }
    return list;
  };

  const dict = (depth: number): ReadonlyMap<string, PythonLiteral> => {
    const map = new Map<string, PythonLiteral>();
    while (!take('}')) {
      const key = value(depth + 1);
      if (typeof key !== 'string') return fail('a key that is not a string');
      if (!take(':')) fail('no ":"');
      map.set(key, value(depth + 1));
      if (!take(',')) {
        if (!take('}')) fail('no "}"');
        break;
      }
    }
    return map;
  };

  const value = (depth: number): PythonLiteral => {
    if (depth > MAX_DEPTH) fail('too deep a nesting');
    skip();
    const c = text[at];
    if (c === "'" || c === '"') return string();
    if (take('{')) return dict(depth);
    if (take('[')) return items(']', depth);
    if (take('(')) {
      // (3) is 3 and (3,) is a tuple in Python; a .npy shape is always a tuple, so both are read as a list.
      return items(')', depth);
    }
    const word = /^[A-Za-z_]+|^-?[0-9]+L?/.exec(text.slice(at, at + 32))?.[0];
    if (word === undefined) return fail(c === undefined ? 'the end' : `an unexpected "${c}"`);
    at += word.length;
    if (word === 'True') return true;
    if (word === 'False') return false;
    if (word === 'None') return null;
    // Python 2 wrote long integers as 3L.
    return /^-?[0-9]/.test(word) ? Number(word.replace('L', '')) : fail(`an unknown word "${word}"`);
  };

  const result = value(0);
  skip();
  if (at < text.length) fail('more text after the end');
  return result;
}
