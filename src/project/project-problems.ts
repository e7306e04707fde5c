import { CHECK_KINDS } from '../checks/index.ts';
import { type Cursor, entries, field, items, oneOrMore, placeOf, textOf } from '../contract/cursor.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type * as file from './project-file.generated.ts';
import { warehouseProblems } from './warehouse-problems.ts';

/** Kinds of promises that are no checks yet. */
const LATER_KINDS = ['updates', 'objectives', 'pipelines', 'response'];

/** What a schema cannot say about surety.yaml: names that nothing has, and keys that exclude each other. */
export function projectProblems(cursor: Cursor<file.ProjectFile>): readonly Diagnostic[] {
  return [
    ...unknownParties(cursor, entries(field(cursor, 'warehouses'))),
    ...entries(field(cursor, 'environments')).flatMap(([, environment]) => unknownKinds(environment)),
    ...warehouseProblems(cursor),
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
