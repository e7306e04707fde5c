import { sql } from 'kysely';
import type { Column, WrittenText } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { anyOf } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import { FORMATS } from '../sql/formats.ts';
import { parseLiteral } from '../sql/literal.ts';
import { parsePattern } from '../sql/pattern.ts';
import type { TableView } from './check.ts';

/** One rule on the values of a column. */
export interface ValueRule {
  readonly name: string;
  /** True for a value that breaks it. */
  broken(value: Sql): Sql;
}

/** The rules that a column's values have to keep, its declared sizes included where the source does not bound them. */
export function valueRules(view: TableView, column: Column, found: LogicalType): readonly ValueRule[] {
  const { dialect, now } = view;
  const text = found.name === 'string';
  const literal = (written: WrittenText, use: 'bound' | 'value'): Sql => {
    const parsed = parseLiteral(written.text, text ? { name: 'string' } : column.type, use);
    if ('problem' in parsed) throw new Error(`${written.text}: ${parsed.problem.message}`);
    return dialect.literal(parsed.literal, found, now);
  };
  const comparable = (value: Sql): Sql => (text ? dialect.text(value) : value);
  const rules: ValueRule[] = [];
  const rule = (name: string, broken: (value: Sql) => Sql): void => {
    rules.push({ name, broken });
  };

  if (column.enum && !column.enum.open) {
    const values = column.enum.values.map((value) => literal(value, 'value'));
    rule('enum', (value) => sql`${comparable(value)} not in (${sql.join(values.map(comparable))})`);
  }
  if (column.pattern) {
    const parsed = parsePattern(column.pattern.text);
    if ('tree' in parsed) rule('pattern', (value) => sql`not (${dialect.matches(value, parsed.tree)})`);
  }
  const format = FORMATS.find(({ name }) => name === column.format?.text);
  if (format) {
    const parsed = parsePattern(format.pattern);
    const { values } = format;
    rule('format', (value) =>
      anyOf(
        'tree' in parsed ? sql`not (${dialect.matches(value, parsed.tree)})` : undefined,
        values && sql`${comparable(value)} not in (${sql.join(values.map((item) => sql`${item}`))})`,
        format.maxLength === undefined ? undefined : sql`${dialect.codePoints(value)} > ${count(format.maxLength)}`,
        format.checkDigits === 'iban' ? sql`not (${dialect.ibanChecks(value)})` : undefined,
      ),
    );
  }
  const bound = (
    name: 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax',
    broken: (value: Sql, limit: Sql) => Sql,
  ): void => {
    const written = column[name];
    if (!written) return;
    const limit = literal(written, 'bound');
    rule(name, (value) =>
      found.name === 'float' ? anyOf(broken(value, limit), dialect.isNaN(value)) : broken(value, limit),
    );
  };
  bound('min', (value, limit) => sql`${value} < ${limit}`);
  bound('exclusiveMin', (value, limit) => sql`${value} <= ${limit}`);
  bound('max', (value, limit) => sql`${value} > ${limit}`);
  bound('exclusiveMax', (value, limit) => sql`${value} >= ${limit}`);
  const { minLength, maxLength } = column;
  if (minLength) rule('minLength', (value) => sql`${dialect.codePoints(value)} < ${count(minLength.count)}`);
  if (maxLength) rule('maxLength', (value) => sql`${dialect.codePoints(value)} > ${count(maxLength.count)}`);
  if (column.type.name === 'string' && column.type.length !== undefined && text && found.length === undefined) {
    const { length } = column.type;
    rule('length', (value) => sql`${dialect.codePoints(value)} > ${count(length)}`);
  }
  return rules;
}

/** A small whole number, bound as such. */
function count(value: number): Sql {
  return sql`cast(${String(value)} as integer)`;
}
