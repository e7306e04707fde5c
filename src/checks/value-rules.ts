import type { Column, WrittenText } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { anyOf } from '../sql/build.ts';
import type { Comparison, Sql } from '../sql/dialect.ts';
import { FORMATS } from '../sql/formats.ts';
import { sql } from '../sql/kysely.ts';
import { parseLiteral } from '../sql/literal.ts';
import { parsePattern } from '../sql/pattern.ts';
import { instantToLocal } from '../util/zone.ts';
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
  const literal = (written: WrittenText, use: 'bound' | 'value', comparison?: Comparison): Sql => {
    const parsed = parseLiteral(written.text, text ? { name: 'string' } : column.type, use);
    if ('problem' in parsed) throw new Error(`${written.text}: ${parsed.problem.message}`);
    // A naive column is compared with the local time of its own zone.
    const zone = found.name === 'date' || found.name === 'timestamp' ? view.zoneOf(column) : undefined;
    const moment = zone === undefined ? now : { microseconds: instantToLocal(now.microseconds, zone) };
    return dialect.literal(parsed.literal, found, moment, comparison);
  };
  const number = (whole: bigint, comparison?: Comparison): Sql =>
    dialect.literal({ text: String(whole), kind: 'decimal' }, found, now, comparison);
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
        format.maxLength === undefined ? undefined : sql`${dialect.codePoints(value)} > ${sql.lit(format.maxLength)}`,
        format.checkDigits === 'iban' ? sql`not (${dialect.ibanChecks(value)})` : undefined,
      ),
    );
  }
  const bound = (name: 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax', broken: Comparison): void => {
    const written = column[name];
    if (!written) return;
    const limit = literal(written, 'bound', broken);
    rule(name, (value) => {
      return anyOf(sql`${value} ${sql.raw(broken)} ${limit}`, dialect.isNaN(value, found));
    });
  };
  bound('min', '<');
  bound('exclusiveMin', '<=');
  bound('max', '>');
  bound('exclusiveMax', '>=');
  const { minLength, maxLength } = column;
  if (minLength) rule('minLength', (value) => sql`${dialect.codePoints(value)} < ${sql.lit(minLength.count)}`);
  if (maxLength) rule('maxLength', (value) => sql`${dialect.codePoints(value)} > ${sql.lit(maxLength.count)}`);
  // Text files hold any length: what was declared is a promise on values there.
  const unbounded = found.name === 'string' && (found.length === undefined || view.source.text);
  if (column.type.name === 'string' && column.type.length !== undefined && unbounded) {
    const { length } = column.type;
    rule('length', (value) => sql`${dialect.codePoints(value)} > ${sql.lit(length)}`);
  }
  if (column.type.name === 'decimal' && column.type.precision !== undefined && isUnbounded(found)) {
    const { precision, scale = 0 } = column.type;
    const beyond = number(10n ** BigInt(precision - scale));
    rule('size', (value) =>
      anyOf(
        sql`abs(${value}) >= ${beyond}`,
        sql`${value} <> round(${value}, ${sql.lit(scale)})`,
        dialect.isNaN(value, found),
      ),
    );
  }
  if (column.type.name === 'integer' && column.type.bits !== undefined && isWithoutBits(found)) {
    const limit = 2n ** BigInt(column.type.bits - 1);
    const [least, most] = [number(-limit, '<'), number(limit - 1n, '>')];
    rule('size', (value) => sql`(${value} < ${least} or ${value} > ${most})`);
  }
  return rules;
}

function isWithoutBits(found: LogicalType): boolean {
  return found.name === 'integer' && found.bits === undefined;
}

/** A source whose numbers have any size: what was declared is a promise on values there. */
function isUnbounded(found: LogicalType): boolean {
  return found.name === 'decimal' && found.precision === undefined;
}
