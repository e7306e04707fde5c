import type { Column, Table } from '../../model/contract.ts';
import { VALUE_RULES } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { doubtful, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Keys that promise nothing as they stand. */
export const idle: Rule = (contract) =>
  contract.tables.flatMap((table) =>
    [...table.columns, ...table.features].flatMap((column) => problemsOf(table, column)),
  );

function problemsOf(table: Table, column: Column): readonly Diagnostic[] {
  const path = `${table.name}.${column.name}`;
  const problems: Diagnostic[] = [];
  const { invalid, missing, type } = column;
  const bounded = type.name === 'string' && type.length !== undefined;
  if (invalid && type.name === 'string' && !bounded && VALUE_RULES.every((rule) => column[rule] === undefined)) {
    const message = '`invalid` tolerates values that break a rule, but the column has none';
    problems.push(doubtful('idle-tolerance', invalid.at, message, 'add a rule such as pattern or enum', path));
  }
  if (column.required && missing?.allow) {
    const message = `\`missing\` tolerates what \`required\` forbids`;
    const hint = table.key?.columns.some(({ text }) => text === column.name)
      ? 'key columns are required; remove the tolerance'
      : 'keep one of them';
    problems.push(wrong('required-missing', missing.at, message, hint, path));
  }
  return problems;
}
