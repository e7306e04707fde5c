import type { DeclaredCheck, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { parseLiteral } from '../../sql/literal.ts';
import { isReadable, valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';

const PLAIN = new Set([
  'string',
  'integer',
  'decimal',
  'float',
  'boolean',
  'date',
  'time',
  'timestamp',
  'instant',
  'uuid',
]);

/** Exceptions for groups name groups that can be. */
export const groups: Rule = (contract) =>
  contract.tables.flatMap((table) => table.checks.flatMap((check) => problemsOf(table, check)));

function problemsOf(table: Table, check: DeclaredCheck): readonly Diagnostic[] {
  const path = `${table.name}.${check.id}`;
  if (!check.by) {
    const key = check.segments.length > 0 ? 'segments' : check.minRows !== undefined ? 'minRows' : undefined;
    if (key === undefined) return [];
    return [
      wrong(
        'groups-without-by',
        check.segments[0]?.at ?? check.at,
        `\`${key}\` means nothing without \`by\``,
        'add `by: [column]`',
        path,
      ),
    ];
  }
  const columns = check.by.columns.map(({ text }) => valueNamed(table, text));
  const problems: Diagnostic[] = [];
  for (const [index, column] of columns.entries()) {
    const at = check.by.columns[index]?.at;
    if (!column || !at || !isReadable(column.type) || PLAIN.has(column.type.name)) continue;
    const message = `groups need plain values, but "${column.name}" is ${column.typeText.text}`;
    problems.push(wrong('group-type', at, message, 'group by a column with plain values', path));
  }
  const [only, ...others] = columns;
  for (const { group, at } of check.segments) {
    if (others.length > 0 || !only || !PLAIN.has(only.type.name)) continue;
    const parsed = parseLiteral(group, only.type, 'value');
    const closed = only.enum && !only.enum.open;
    if ('problem' in parsed) {
      problems.push(
        wrong('bad-literal', at, parsed.problem.message, parsed.problem.hint ?? 'write a value of the column', path),
      );
    } else if (closed && !only.enum?.values.some(({ text }) => text === group)) {
      const values = only.enum?.values.map(({ text }) => text).join(', ');
      problems.push(
        wrong('unknown-group', at, `"${group}" is not a value of "${only.name}"`, `values are ${values}`, path),
      );
    }
  }
  return problems;
}
