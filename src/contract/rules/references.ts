import type { Column, Contract, Reference, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { referencedContract, referencedTable } from '../../util/referenced.ts';
import { didYouMean } from '../did-you-mean.ts';
import { columnNamed, isMany, isReadable, unknownColumn, valueNamed, wrong } from './report.ts';
import type { Rule, RuleContext } from './rule.ts';
import { placeName, warehouseName } from './source-kind.ts';

/** References lead to a column of the same family in the same warehouse. */
export const references: Rule = (contract, context) =>
  contract.tables.flatMap((table) => [
    ...[...table.columns, ...table.features].flatMap((column) =>
      column.references ? toColumn(contract, table, column, column.references.to, context) : [],
    ),
    ...table.checks.flatMap((check) => {
      if (check.kind === 'metric') {
        const from = check.equals?.from;
        return from ? tableProblems(contract, from, context) : [];
      }
      if (check.kind !== 'references') return [];
      const pairs = check.to.flatMap((to, index) => {
        const name = check.columns.columns[index]?.text;
        const column = name === undefined ? undefined : valueNamed(table, name);
        return column ? toColumn(contract, table, column, to, context) : tableProblems(contract, to, context);
      });
      return [...pairs, ...shapeProblems(check.columns.columns.length, check.to, table, check.id, check.at)];
    }),
  ]);

function shapeProblems(
  count: number,
  to: readonly Reference[],
  table: Table,
  id: string,
  at: Diagnostic['at'] & object,
): readonly Diagnostic[] {
  const path = `${table.name}.${id}`;
  const other = to.find((each) => each.table !== to[0]?.table || each.contract !== to[0]?.contract);
  if (other) {
    const message = `"${other.text}" is in another table than "${to[0]?.text}"`;
    return [wrong('several-tables', other.at, message, 'make it one check for each table', path)];
  }
  if (count === to.length) return [];
  const message = `${count} columns here, but ${to.length} in \`to\``;
  return [wrong('uneven-columns', at, message, 'name as many columns on both sides, in the same order', path)];
}

function tableProblems(contract: Contract, to: Reference, context: RuleContext): readonly Diagnostic[] {
  const target = to.contract === undefined ? contract : referencedContract(to.contract, to.major, context.contracts);
  if (!target) {
    const written = to.text.slice(0, to.text.indexOf('/'));
    const ids = context.contracts.map(({ id }) => id);
    const message = `there is no contract "${written}" in the project`;
    return [
      wrong(
        'unknown-contract',
        to.at,
        message,
        didYouMean(written, ids, 'add that contract, or leave the reference out'),
      ),
    ];
  }
  if (target.tables.some(({ name }) => name === to.table)) return [];
  const names = target.tables.map(({ name }) => name);
  const message = `contract "${target.id}" has no table "${to.table}"`;
  return [wrong('unknown-table', to.at, message, didYouMean(to.table, names, `tables are ${names.join(', ')}`))];
}

function toColumn(
  contract: Contract,
  table: Table,
  column: Column,
  to: Reference,
  context: RuleContext,
): readonly Diagnostic[] {
  const path = `${table.name}.${column.name}`;
  const problems = tableProblems(contract, to, context);
  const target = referencedTable(contract, to, context.contracts);
  if (problems.length > 0 || !target) return problems;
  if (to.column === undefined) {
    return [wrong('reference-without-column', to.at, `"${to.text}" names no column`, `write ${to.text}.column`, path)];
  }
  const parent = columnNamed(target.table, to.column);
  if (!parent) return [unknownColumn(target.table, to.column, to.at)];
  if (isMany(to.column) || isMany(column.name)) {
    const message = `a reference needs one value a row, which "${isMany(to.column) ? to.column : column.name}" is not`;
    return [wrong('many-values', to.at, message, 'refer from and to a column', path)];
  }
  const found: Diagnostic[] = [];
  if (isReadable(column.type) && isReadable(parent.type) && column.type.name !== parent.type.name) {
    const message = `"${column.name}" is ${column.typeText.text}, but "${to.text}" is ${parent.typeText.text}`;
    found.push(wrong('reference-type', to.at, message, 'declare both with the same type', path));
  }
  const here = warehouseName(contract, table);
  const there = warehouseName(target.contract, target.table);
  if (here !== there) {
    const message = `"${to.text}" is in ${placeName(there)}, this table in ${placeName(here)}`;
    const hint =
      'references stay in one warehouse; compare numbers instead: `{ metric: count(column), equals: { from: … } }`';
    found.push(wrong('reference-warehouse', to.at, message, hint, path));
  }
  return found;
}
