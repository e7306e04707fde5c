import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { SourceFile } from '../model/diagnostic.ts';
import type { Run } from '../model/run.ts';
import { jsonProblem } from '../util/json-problem.ts';
import { readPackageFile } from '../util/package-file.ts';
import { systemMessage } from '../util/system-error.ts';
import { VERSION } from '../util/version.ts';
import { visible } from '../util/visible.ts';
import { locator } from '../yaml/locate.ts';
import { decodeSource } from '../yaml/source.ts';
import { UsageError } from './verb.ts';

/** The version of the format that this Surety writes and reads. */
const FORMAT = 1;
const HINT = 'surety verify --output json=run.json writes one';

/** Reads a saved run; throws `UsageError` that says where the file is wrong. */
export async function readRun(path: string, cwd: string): Promise<Run> {
  const name = visible(path);
  const bytes = await readFile(resolve(cwd, path)).catch((error: Error) => {
    throw new UsageError(`cannot read "${name}": ${systemMessage(error)}`, HINT);
  });
  const source = decodeSource(bytes, name);
  if (!('text' in source)) {
    const { at, message } = source;
    throw new UsageError(`${name}${at ? `:${at.line}:${at.column}` : ''}: ${message}`, HINT);
  }
  const parsed = parse(source);
  refuseOthers(parsed, name);
  const problem = await problemOf(parsed);
  if (problem !== undefined) {
    const by = visible(String((parsed as { readonly surety?: unknown }).surety));
    const hint = by === VERSION ? HINT : `it was written by Surety ${by}, this is ${VERSION}`;
    throw new UsageError(`"${name}" is no run of surety verify: ${problem}`, hint);
  }
  return parsed as Run;
}

function parse(source: SourceFile): unknown {
  const { text, name } = source;
  const problem = jsonProblem(text);
  if (!problem) return JSON.parse(text);
  const { line, column } = locator(source)(problem.offset, problem.offset);
  const cut = text.trim() === '' ? 'the file is empty' : 'the file ends too early: it is no whole JSON';
  const words = problem.isCut ? cut : 'this is no JSON';
  throw new UsageError(`${name}:${line}:${column}: ${words}`, HINT);
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
