import { decodeLink } from '../src/spec/link.ts';
import { parseSpec } from '../src/spec/parseSpec.ts';
import { pythonScript } from '../src/spec/python/pythonScript.ts';
import type { ExperimentSpec } from '../src/spec/types.ts';
import { onePath, readArguments } from './arguments.ts';
import { UsageError } from './errors.ts';
import { readBytes, shippedSource } from './files.ts';
import { checkNames, specName } from './readSpec.ts';

export const PYTHON_USAGE = `python [LINK|SPEC.json|-]
         Prints a Python script that computes the numbers of a spec anew with NumPy and scikit-learn. Quote a link.`;

export async function pythonCommand(args: readonly string[]): Promise<number> {
  const { positionals } = readArguments(args, {}, PYTHON_USAGE);
  const named = onePath(positionals);
  const spec = named !== undefined && isLink(named) ? ofLink(named) : await ofFile(named);
  if (spec.data.id !== 'own')
    await checkNames(spec, shippedSource(), isLink(named ?? '') ? 'the link' : specName(named));
  process.stdout.write(pythonScript(spec));
  return 0;
}

/** A whole address, or the part of one from '#' on. */
const isLink = (text: string): boolean => /^(#|https?:\/\/|v=\d)/.test(text);

/** Throws UsageError for anything in a link that cannot be used as asked: a script for other settings helps nobody. */
function ofLink(link: string): ExperimentSpec {
  const { spec, problems, unknown } = decodeLink(
    link.includes('#') ? link.slice(link.indexOf('#')) : /^v=/.test(link) ? link : '',
  );
  const wrong = [
    ...problems.map(({ name, asked, why }) => `${name}=${asked}: ${why}`),
    ...unknown.map(([name]) => `${name}: this version of the lab does not know it.`),
  ];
  if (wrong.length > 0) throw new UsageError(`the link: ${wrong.join(' ')}`);
  return spec;
}

async function ofFile(path: string | undefined): Promise<ExperimentSpec> {
  if (path === undefined) return parsed({}, specName(path));
  const bytes = await readBytes(path);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UsageError(
      `${specName(path)}: it is not JSON (${(error as Error).message}). Write the spec as one JSON object.`,
    );
  }
  return parsed(json, specName(path));
}

function parsed(json: unknown, name: string): ExperimentSpec {
  const result = parseSpec(json);
  if (!result.ok) throw new UsageError(`${name}: ${result.problems.map(({ message }) => message).join(' ')}`);
  return result.spec;
}
