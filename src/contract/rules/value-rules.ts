import type { Column, Table, WrittenText } from '../../model/contract.ts';
import type { Diagnostic, Position } from '../../model/diagnostic.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { isDateFormat } from '../date-format.ts';
import { isReadable, wrong } from './report.ts';
import type { Rule } from './rule.ts';

type Family = LogicalType['name'];

const NUMBERS: readonly Family[] = ['integer', 'decimal', 'float'];
const TIMES: readonly Family[] = ['date', 'time', 'timestamp', 'instant'];
const WHOLE: readonly Family[] = ['struct', 'array', 'map', 'json', 'bytes', 'native'];
const ORDER = 'only numbers, dates and times have an order';

/** Rules on values fit the column's type. */
export const fittingRules: Rule = (contract) =>
  contract.tables.flatMap((table) =>
    [...table.columns, ...table.features].flatMap((column) =>
      isReadable(column.type) ? problemsOf(table, column) : [],
    ),
  );

function problemsOf(table: Table, column: Column): readonly Diagnostic[] {
  const { name } = column.type;
  const problems: Diagnostic[] = [];
  const path = `${table.name}.${column.name}`;
  const refuse = (key: string, rule: { readonly at: Position } | undefined, fits: boolean, hint: string): void => {
    if (!rule || fits) return;
    const message = `\`${key}\` does not fit the type ${column.typeText.text}`;
    problems.push(wrong('misfit-rule', rule.at, message, hint, path));
  };
  const isText = name === 'string';
  const isOrdered = NUMBERS.includes(name) || TIMES.includes(name);
  for (const key of ['pattern', 'minLength', 'maxLength'] as const) {
    refuse(key, column[key], isText, NUMBERS.includes(name) ? 'numbers have min and max' : 'it is a rule on texts');
  }
  for (const key of ['min', 'max', 'exclusiveMin', 'exclusiveMax'] as const) {
    refuse(key, column[key], isOrdered, isText ? `${ORDER}; texts have minLength and maxLength` : ORDER);
  }
  refuse('format', column.format, formatFits(column.format, name), formatHint(column.format));
  refuse('enum', column.enum, !WHOLE.includes(name), 'write a row condition in checks');
  refuse('unique', column.unique, !WHOLE.includes(name) || name === 'bytes', 'name a column with plain values');
  refuse('references', column.references, !WHOLE.includes(name), 'name a column with plain values');
  return [...problems, ...lengthProblems(column, path)];
}

function formatFits(format: WrittenText | undefined, name: Family): boolean {
  if (!format) return true;
  return isDateFormat(format.text) ? name === 'date' : name === 'string';
}

function formatHint(format: WrittenText | undefined): string {
  return format && isDateFormat(format.text)
    ? 'the form of a date stands on columns of type date'
    : 'formats are forms of texts; leave it out, or declare the column as string';
}

function lengthProblems(column: Column, path: string): readonly Diagnostic[] {
  const { minLength, maxLength, type } = column;
  const problems: Diagnostic[] = [];
  if (minLength && maxLength && minLength.count > maxLength.count) {
    const message = `minLength ${minLength.count} is above maxLength ${maxLength.count}: no value can keep both`;
    problems.push(wrong('never-met', minLength.at, message, 'swap them', path));
  }
  if (minLength && type.name === 'string' && type.length !== undefined && minLength.count > type.length) {
    const message = `minLength ${minLength.count} is above the length of ${column.typeText.text}: no value can keep both`;
    problems.push(wrong('never-met', minLength.at, message, 'correct one of them', path));
  }
  return problems;
}
