import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Contract, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Project } from '../../project/project.ts';
import { locator } from '../../yaml/locate.ts';
import { secretSpans } from '../secrets.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

const VARIABLE = /\$\{[A-Za-z_]\w*(?::-[^}]*)?\}/g;
const HINT = 'contracts name warehouses; endpoints, variables and secrets stand in surety.yaml alone';

/** A contract holds no endpoint, no variable, no secret, and no file outside the project. */
export const endpoints: Rule = (contract, { project }) => [
  ...inText(contract, VARIABLE, 'variable', (text) => `"${text}" is a variable, which contracts do not have`),
  ...secrets(contract),
  ...contract.tables.flatMap((table) => locationProblem(contract, table, project) ?? []),
];

function secrets({ source }: Contract): readonly Diagnostic[] {
  const locate = locator(source);
  return secretSpans(source.text).map(([start, end]) =>
    wrong('secret', locate(start, end), 'this looks like a secret', HINT),
  );
}

function inText(
  { source }: Contract,
  form: RegExp,
  kebab: string,
  message: (text: string) => string,
): readonly Diagnostic[] {
  const locate = locator(source);
  return [...source.text.matchAll(form)]
    .filter(({ index }) => !inComment(source.text, index))
    .map((match) => wrong(kebab, locate(match.index, match.index + match[0].length), message(match[0]), HINT));
}

function inComment(text: string, index: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', index) + 1, index);
  return /(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''));
}

function locationProblem(contract: Contract, table: Table, project: Project): Diagnostic | undefined {
  const { location } = table;
  if (!location) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location.text)) {
    return wrong('endpoint', location.at, 'a location is a table or a file, not an address', HINT, table.name);
  }
  const name = table.warehouse?.text ?? contract.warehouse?.text;
  const warehouse = name === undefined ? undefined : project.warehouses.get(name);
  const files = name === undefined || (warehouse?.type.text === 'duckdb' && warehouse.url === undefined);
  if (!files) return undefined;
  const folder = name === undefined ? dirname(contract.path) : project.folder;
  const inside = relative(project.folder, resolve(folder, location.text));
  const escapes =
    name === undefined ? inside.startsWith('..') || isAbsolute(inside) : /^\/|(?:^|\/)\.\.(?:\/|$)/.test(location.text);
  if (!escapes) return undefined;
  const message = `"${location.text}" is outside the ${name === undefined ? 'project folder' : `root of warehouse "${name}"`}`;
  return wrong(
    'outside-project',
    location.at,
    message,
    'keep the files inside, or declare a warehouse with that `root`',
    table.name,
  );
}
