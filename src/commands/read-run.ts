import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Run } from '../model/run.ts';
import { readPackageFile } from '../util/package-file.ts';
import { VERSION } from '../util/version.ts';
import { visible } from '../util/visible.ts';
import { UsageError } from './verb.ts';

/** The version of the format that this Surety writes and reads. */
const FORMAT = 1;
const HINT = 'surety verify --output json=run.json writes one';

/** Reads a saved run; throws `UsageError` that says where the file is wrong. */
export async function readRun(path: string, cwd: string): Promise<Run> {
  const name = visible(path);
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: Error) => {
    throw new UsageError(`cannot read "${name}": ${error.message}`, HINT);
  });
  const parsed = parse(text, name);
  refuseOthers(parsed, name);
  const problem = await problemOf(parsed);
  if (problem !== undefined) {
    const by = visible(String((parsed as { readonly surety?: unknown }).surety));
    const hint = by === VERSION ? HINT : `it was written by Surety ${by}, this is ${VERSION}`;
    throw new UsageError(`"${name}" is no run of surety verify: ${problem}`, hint);
  }
  return parsed as Run;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const { message } = error as Error;
    // The engine gives the offset of what is odd, and none where the text ends too early.
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    const place = `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    const isCut = offset >= text.trimEnd().length;
    throw new UsageError(
      `${place}: ${text.trim() === '' ? 'the file is empty' : isCut ? 'the file ends too early: it is no whole JSON' : 'this is no JSON'}`,
      HINT,
    );
  }
}

/** What is not even meant to be a run that this version reads. */
function refuseOthers(parsed: unknown, name: string): void {
  if (typeof parsed !== 'object' || parsed === null || !('format' in parsed) || !('coverage' in parsed))
    throw new UsageError(`"${name}" is no run of surety verify`, HINT);
  const { format } = parsed;
  if (format === FORMAT) return;
  const given = visible(JSON.stringify(format));
  const isNewer = typeof format === 'number' && format > FORMAT;
  throw new UsageError(
    `"${name}" is a run in format ${given}, this version of Surety reads ${FORMAT}`,
    isNewer ? 'update Surety, or verify again' : HINT,
  );
}

async function problemOf(parsed: unknown): Promise<string | undefined> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const valid = ajv.compile(JSON.parse(readPackageFile('reports/run.schema.json')));
  if (valid(parsed)) return undefined;
  const [error] = valid.errors ?? [];
  return error ? problemText(error) : 'it is of another form';
}

/** `contracts[0].verdict must be equal to one of the allowed values: pass, warn` */
function problemText({ instancePath, message = '', params }: ErrorObject): string {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
  const more = params['additionalProperty'] ?? params['allowedValues'] ?? params['allowedValue'];
  const shown = more === undefined ? '' : `: ${Array.isArray(more) ? more.join(', ') : String(more)}`;
  return visible(`${path === '' ? 'it' : path} ${message}${shown}`, 300);
}
