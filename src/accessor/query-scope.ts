import type { OperationNode, SelectQueryNode } from 'kysely';
import { kysely } from './kysely.ts';
import type { Reading } from './reading.ts';
import type { TypedField } from './table-shape.ts';

/** A column of a contract's table, wherever in a query it stands. */
export interface QueryColumn {
  readonly of: Reading;
  readonly field: TypedField;
}

/** The columns that a table or subquery has, by the names that it gives them; undefined: it is computed, or of no contract. */
export type QueryColumns = ReadonlyMap<string, QueryColumn | undefined>;

/** The tables that a query names, and what is known of their columns; undefined: no contract is about the table. */
export type Scope = ReadonlyMap<string, QueryColumns | undefined>;

const TABLES = new WeakMap<OperationNode, Reading>();

/** Remembers which table a piece of SQL stands for. */
export function standsFor(node: OperationNode, of: Reading | undefined): void {
  if (of) TABLES.set(node, of);
}

export function tableBehind(node: OperationNode): Reading | undefined {
  return TABLES.get(node);
}

/** What the names of a query mean; `outer` are the scopes of the queries around it, the innermost first. */
export function scopeOf({ from, joins }: SelectQueryNode, outer: readonly Scope[] = []): Scope {
  const tables = [...(from?.froms ?? []), ...(joins ?? []).map(({ table }) => table)];
  return new Map(tables.map((table) => namedTable(table, outer)));
}

function namedTable(node: OperationNode, outer: readonly Scope[]): readonly [string, QueryColumns | undefined] {
  if (kysely.AliasNode.is(node)) return [nameOf(node.alias) ?? '', columnsIn(node.node, outer)];
  return [kysely.TableNode.is(node) ? node.table.identifier.name : '', undefined];
}

function columnsIn(node: OperationNode, outer: readonly Scope[]): QueryColumns | undefined {
  if (kysely.SelectQueryNode.is(node)) return givesUnknown(node, outer) ? undefined : columnsOf(node, outer);
  const of = tableBehind(node);
  return of && new Map([...of.shape.fields].map(([name, field]) => [name, { of, field }]));
}

/** Whether it gives all columns of a table that no contract is about. */
function givesUnknown(node: SelectQueryNode, outer: readonly Scope[]): boolean {
  const scope = scopeOf(node, outer);
  return (node.selections ?? []).some(({ selection }) => {
    if (kysely.SelectAllNode.is(selection)) return [...scope.values()].includes(undefined);
    if (!kysely.ReferenceNode.is(selection) || !kysely.SelectAllNode.is(selection.column)) return false;
    return scope.get(selection.table?.table.identifier.name ?? '') === undefined;
  });
}

/** The columns of contracts among those that a query gives, by the names that it gives them. */
export function columnsOf(node: SelectQueryNode, outer: readonly Scope[] = []): QueryColumns {
  const scopes = [scopeOf(node, outer), ...outer];
  const columns = new Map<string, QueryColumn | undefined>();
  for (const { selection } of node.selections ?? []) {
    const all = allOf(selection, scopes[0]);
    for (const [name, column] of all ?? []) columns.set(name, column);
    if (all) continue;
    const isAlias = kysely.AliasNode.is(selection);
    const piece: OperationNode = isAlias ? selection.node : selection;
    const name = isAlias ? nameOf(selection.alias) : columnName(piece);
    if (name === undefined) continue;
    // Of two values under one name the last is there.
    columns.set(name, columnBehind(piece, scopes));
  }
  return columns;
}

/** What `*` and `table.*` give. */
function allOf(
  node: OperationNode,
  scope: Scope = new Map(),
): readonly (readonly [string, QueryColumn | undefined])[] | undefined {
  if (kysely.SelectAllNode.is(node)) {
    const tables = [...scope.values()];
    if (tables.includes(undefined) && tables.some((columns) => columns !== undefined))
      throw new TypeError(
        'all columns are selected, also of a table that no contract is about: name them, or select all of one table',
      );
    return tables.flatMap((columns) => [...(columns ?? [])]);
  }
  if (!kysely.ReferenceNode.is(node) || !kysely.SelectAllNode.is(node.column)) return undefined;
  const table = node.table?.table.identifier.name;
  return table === undefined ? allOf(node.column, scope) : [...(scope.get(table) ?? [])];
}

/** The column that a piece of a query is, or the least or the greatest value of; `scopes` are the innermost first. */
export function columnBehind(node: OperationNode, scopes: readonly Scope[]): QueryColumn | undefined {
  if (kysely.AggregateFunctionNode.is(node)) {
    const [only, ...more] = node.aggregated;
    const isOne = /^(?:min|max)$/.test(node.func) && only !== undefined && more.length === 0;
    return isOne ? columnBehind(only, scopes) : undefined;
  }
  if (kysely.ReferenceNode.is(node) && node.table) {
    const table = node.table.table.identifier.name;
    const name = columnName(node);
    return name === undefined
      ? undefined
      : scopes
          .find((scope) => scope.has(table))
          ?.get(table)
          ?.get(name);
  }
  const name = columnName(node);
  return name === undefined ? undefined : columnNamed(name, scopes);
}

function columnNamed(name: string, scopes: readonly Scope[]): QueryColumn | undefined {
  for (const scope of scopes) {
    const tables = [...scope.values()];
    const found = tables.find((columns) => columns?.has(name));
    // A table that is not known may have it.
    if (found || tables.includes(undefined)) return found?.get(name);
  }
  return undefined;
}

function columnName(node: OperationNode): string | undefined {
  if (kysely.ReferenceNode.is(node)) return columnName(node.column);
  return kysely.ColumnNode.is(node) ? node.column.name : undefined;
}

function nameOf(alias: OperationNode): string | undefined {
  return kysely.IdentifierNode.is(alias) ? alias.name : undefined;
}
