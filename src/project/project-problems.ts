import { CHECK_KINDS } from '../checks/index.ts';
import { type Cursor, entries, field, items, keyPlaceOf, oneOrMore, placeOf, textOf } from '../contract/cursor.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type * as file from './project-file.generated.ts';

/** Kinds of promises that are no checks yet. */
const LATER_KINDS = ['updates', 'objectives', 'pipelines', 'response', 'feature'];

/** What a schema cannot say about surety.yaml: names that nothing has, and keys that exclude each other. */
export function projectProblems(cursor: Cursor<file.ProjectFile>): readonly Diagnostic[] {
  const warehouses = entries(field(cursor, 'warehouses'));
  const names = new Set(warehouses.map(([name]) => name));
  const environments = entries(field(cursor, 'environments'));
  return [
    ...unknownParties(cursor, warehouses),
    ...warehouses.flatMap(([name, warehouse]) => rootProblem(name, warehouse)),
    ...environments.flatMap(([, environment]) => unknownKinds(environment)),
    ...environments.flatMap(([environment, differing]) =>
      entries(field(differing, 'warehouses'))
        .filter(([name, warehouse]) => !names.has(name) && !field(warehouse, 'type'))
        .map(([name, warehouse]) => strangeWarehouse(name, environment, names, keyPlaceOf(warehouse))),
    ),
  ];
}

function unknownParties(
  cursor: Cursor<file.ProjectFile>,
  warehouses: readonly (readonly [string, Cursor<file.Warehouse>])[],
): readonly Diagnostic[] {
  const parties = field(cursor, 'parties');
  if (!parties) return [];
  const declared = entries(parties).map(([name]) => name);
  return warehouses
    .flatMap(([, warehouse]) => oneOrMore(field(warehouse, 'responsible')))
    .filter((party) => !declared.includes(textOf(party)))
    .map((party) => ({
      code: 'project/unknown-party',
      severity: 'error',
      message: `there is no party "${textOf(party)}"`,
      hint: didYouMean(textOf(party), declared, 'declare it under `parties:`'),
      at: placeOf(party),
    }));
}

function rootProblem(name: string, warehouse: Cursor<file.Warehouse>): readonly Diagnostic[] {
  const root = field(warehouse, 'root');
  const type = field(warehouse, 'type');
  if (!root || !type) return [];
  const isDuckdb = textOf(type) === 'duckdb';
  if (isDuckdb && !field(warehouse, 'url')) return [];
  const message = isDuckdb
    ? `warehouse "${name}" has both url and root`
    : `\`root\` is a folder of files, but warehouse "${name}" is ${textOf(type)}`;
  const hint = isDuckdb ? 'keep `url` for a database file, or `root` for a folder of files' : 'remove `root`';
  return [{ code: 'project/misfit-root', severity: 'error', message, hint, at: keyPlaceOf(root) }];
}

function unknownKinds(environment: Cursor<file.Environment>): readonly Diagnostic[] {
  const kinds = [...CHECK_KINDS.map(({ kind }) => kind).filter((kind) => kind !== 'later'), ...LATER_KINDS];
  return items(field(environment, 'skip'))
    .filter((kind) => !kinds.includes(textOf(kind)))
    .map((kind) => ({
      code: 'project/unknown-kind',
      severity: 'error',
      message: `"${textOf(kind)}" is no kind of promise, so nothing would be skipped`,
      hint: didYouMean(textOf(kind), kinds, `kinds are ${kinds.join(', ')}`),
      at: placeOf(kind),
    }));
}

function strangeWarehouse(
  name: string,
  environment: string,
  known: Iterable<string>,
  at: NonNullable<Diagnostic['at']>,
): Diagnostic {
  return {
    code: 'project/missing-type',
    severity: 'error',
    message: `warehouse "${name}" of environment "${environment}" is not declared at the top level, and has no type`,
    hint: didYouMean(name, known, 'add `type: duckdb` (or postgres, mysql)'),
    at,
  };
}
