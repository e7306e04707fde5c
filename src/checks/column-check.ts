import type { Column, Contract, Feature, Raci, Table } from '../model/contract.ts';
import type { Position } from '../model/diagnostic.ts';
import { parseMemberPath } from '../sql/member-path.ts';
import type { Check, ColumnAccess, Plan, ShownColumn, TableView } from './check.ts';
import { skipped } from './judge.ts';

/** A promise about one column, as the kinds of column checks describe it. */
export interface ColumnPromise {
  readonly kind: string;
  readonly promise: string;
  readonly at: Position;
  plan(view: TableView, access: ColumnAccess): Plan;
}

/** A column of the table, or a feature, which has `as`. */
export type ValueColumn = Column & Partial<Pick<Feature, 'as'>>;

/** All that rows of the table have values of: its columns and its features. */
export function valueColumns(table: Table): readonly ValueColumn[] {
  return [...table.columns, ...table.features];
}

/** A check on one column; where the column is missing it is skipped, since "column exists" tells. */
export function columnCheck(contract: Contract, table: Table, column: ValueColumn, promise: ColumnPromise): Check {
  const raci = column.raci ?? table.raci ?? contract.raci;
  return {
    path: `${table.name}.${column.name}.${promise.kind}`,
    kind: promise.kind,
    id: '',
    promise: promise.promise,
    columns: [column.name],
    sql: column.as ? [column.as] : [],
    severity: column.severity ?? table.severity ?? 'fail',
    tags: [...new Set([...contract.tags, ...table.tags, ...column.tags])],
    ...(raci && { raci }),
    at: promise.at,
    plan(view) {
      const access = view.column(column.name);
      return access
        ? promise.plan(view, access)
        : { settled: skipped('column missing', `column "${column.name}" is missing`) };
    },
  };
}

/** A promise about the whole table. */
export function tableCheck(
  contract: Contract,
  table: Table,
  check: Pick<Check, 'kind' | 'promise' | 'at' | 'plan'> & { readonly raci?: Raci } & Partial<
      Pick<Check, 'id' | 'path' | 'columns' | 'sql' | 'severity' | 'tags' | 'later' | 'filesOnly'>
    >,
): Check {
  const raci = check.raci ?? table.raci ?? contract.raci;
  return {
    id: '',
    path: `${table.name}.${check.kind}`,
    columns: [],
    sql: [],
    ...check,
    severity: check.severity ?? table.severity ?? 'fail',
    tags: [...new Set([...contract.tags, ...table.tags, ...(check.tags ?? [])])],
    ...(raci && { raci }),
  };
}

/** A contract column in samples; of a member of lists the whole column shows, so the classes of all its parts decide. */
export function shown(name: string, access: ColumnAccess): ShownColumn {
  const shows = access.value ? [name] : [name, parseMemberPath(name).column];
  return { label: name, value: access.shown, ...(access.value && { order: access.value }), shows };
}
