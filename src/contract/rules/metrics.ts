import type { DeclaredCheck, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { parseMetricCall } from '../../sql/metric-call.ts';
import type { SqlSyntax } from '../../sql/tokens.ts';
import { isMany, isReadable, unknownColumn, valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';
import { syntaxOf } from './source-kind.ts';

const ANY = new Set(['count', 'distinct', 'drift']);
const NUMBERS = new Set(['integer', 'decimal', 'float']);

/** Portable metrics are over a column that has such a number. */
export const metrics: Rule = (contract, { project }) =>
  contract.tables.flatMap((table) =>
    table.checks.flatMap((check) => problemsOf(table, check, syntaxOf(contract, table, project))),
  );

function problemsOf(table: Table, check: DeclaredCheck, syntax: SqlSyntax): readonly Diagnostic[] {
  if (check.kind !== 'metric') return [];
  const { at } = check.metric;
  const path = `${table.name}.${check.id}`;
  const call = parseMetricCall(check.metric.text, syntax);
  if ('problem' in call) {
    return [
      wrong(
        'bad-metric',
        at,
        call.problem.message,
        call.problem.hint ?? 'write avg(column), or an aggregate expression',
        path,
      ),
    ];
  }
  if (call.call === 'sql' && call.statement && (check.by || check.where || check.window)) {
    const message = 'a whole statement cannot be limited by `where`, `window` or `by`';
    return [wrong('bad-metric', at, message, 'put the condition into the statement', path)];
  }
  if (!('column' in call)) return [];
  const column = valueNamed(table, call.column);
  if (!column) return [unknownColumn(table, call.column, at, 'values')];
  if (isMany(column.name)) {
    const message = `"${column.name}" has several values in a row, expected a column with one`;
    return [wrong('many-values', at, message, 'write a statement that unnests it', path)];
  }
  if (ANY.has(call.call) || !isReadable(column.type) || NUMBERS.has(column.type.name)) return [];
  const message = `${call.call} needs a number, but "${column.name}" is ${column.typeText.text}`;
  return [wrong('metric-type', at, message, 'count and distinct take any column', path)];
}
