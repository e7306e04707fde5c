import type { Column, Contract, Table, WrittenText } from '../../model/contract.ts';
import type { Diagnostic, Position } from '../../model/diagnostic.ts';
import { columnNamed, isMany, isReadable, unknownColumn, wrong } from './report.ts';
import type { Rule } from './rule.ts';

const TIMES = ['date', 'timestamp', 'instant'];
const NAIVE = ['date', 'timestamp'];
const BOUNDS = ['min', 'max', 'exclusiveMin', 'exclusiveMax'] as const;

/** Freshness, windows and retention have a time column; naive times that are compared with now have a zone. */
export const times: Rule = (contract) => contract.tables.flatMap((table) => ofTable(contract, table));

function ofTable(contract: Contract, table: Table): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const told = new Set<string>();
  const need = (what: string, at: Position, own?: WrittenText): void => {
    const named = own ?? table.timeColumn;
    if (!named) {
      const hint =
        what === 'freshness' ? 'add `timeColumn:` to the table, or `column:` here' : 'add `timeColumn:` to the table';
      problems.push(wrong('missing-time-column', at, `\`${what}\` needs a time column`, hint, table.name));
    } else if (!told.has(named.text)) {
      told.add(named.text);
      problems.push(...columnProblems(contract, table, named));
    }
  };
  if (table.freshness) need('freshness', table.freshness.at, table.freshness.column);
  if (table.retention) need('retention', table.retention.at);
  if (table.window) need('window', table.at);
  if (table.key?.window) need('window', table.key.at);
  for (const { unique } of [...table.columns, ...table.features]) if (unique?.window) need('window', unique.at);
  for (const check of table.checks) if (check.window) need('window', check.at);
  for (const column of [...table.columns, ...table.features]) {
    const isNow = BOUNDS.some((key) => column[key]?.text.trim() === 'now');
    if (!isNow || told.has(column.name) || !NAIVE.includes(column.type.name)) continue;
    told.add(column.name);
    problems.push(...zoneProblems(contract, column, `${table.name}.${column.name}`));
  }
  if (table.timeColumn && !told.has(table.timeColumn.text)) {
    problems.push(
      ...columnProblems(contract, table, table.timeColumn).filter(({ code }) => code !== 'lint/missing-timezone'),
    );
  }
  return problems;
}

function columnProblems(contract: Contract, table: Table, named: WrittenText): readonly Diagnostic[] {
  const column = columnNamed(table, named.text);
  if (!column) return [unknownColumn(table, named.text, named.at)];
  const path = `${table.name}.${column.name}`;
  if (isMany(column.name)) {
    const message = `"${column.name}" has several values in a row, expected a column with one`;
    return [wrong('many-values', named.at, message, 'name a column with one time a row', path)];
  }
  if (!isReadable(column.type)) return [];
  if (!TIMES.includes(column.type.name)) {
    const message = `"${column.name}" is ${column.typeText.text}, expected date, timestamp or instant`;
    return [wrong('time-column-type', named.at, message, 'name a column with times', path)];
  }
  return zoneProblems(contract, column, path);
}

function zoneProblems(contract: Contract, column: Column, path: string): readonly Diagnostic[] {
  if (column.type.name === 'instant' || column.timezone !== undefined || contract.timezone !== undefined) return [];
  const message = `"${column.name}" is ${column.typeText.text}, whose values do not say in which zone they are`;
  const hint = 'add `timezone: UTC` (or Europe/Paris, …) to the column or the contract';
  return [wrong('missing-timezone', column.at, message, hint, path)];
}
