import type { Column } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Field } from '../sql/shape.ts';
import { sourceName } from './csv.ts';
import { cellText, plainText } from './json.ts';
import type { Ordered } from './parents-first.ts';
import type { Sample } from './sample.ts';

export const INSERT_DIALECTS = ['postgres', 'mysql', 'mariadb', 'duckdb'] as const;
export type InsertDialect = (typeof INSERT_DIALECTS)[number];

/** Rows of one statement. */
const ROWS = 100;

/** INSERT statements for the rows, parents first; `into` is the table's name in its parts. */
export function insertText(
  sample: Sample,
  { levels }: Ordered,
  into: readonly string[],
  dialect: InsertDialect,
): string {
  const fields = sample.fields.filter((field) => canName(field, dialect));
  const name = quotedBy(dialect);
  const names = fields.map((field) => name(sourceName(field))).join(', ');
  const head = `INSERT INTO ${into.map(name).join('.')} (${names}) VALUES\n`;
  const cells = fields.map((field) => ({ field, values: sample.columns.get(field.name) }));
  const values = (row: number): string =>
    `  (${cells.map(({ field, values }) => literal(values?.[row] ?? null, field, dialect)).join(', ')})`;
  const statements = isMysql(dialect) ? [MYSQL_SESSION] : [];
  // DuckDB does not find the rows of the same statement.
  for (const rows of dialect === 'duckdb' ? levels : [levels.flat()]) {
    for (let at = 0; at < rows.length; at += ROWS) {
      const some = rows.slice(at, at + ROWS).map(values);
      statements.push(`${head}${some.join(',\n')};\n`);
    }
  }
  return statements.join('');
}

/** Columns that the statements leave out, as the engine cannot have them. */
export function unnamed({ fields }: Sample, dialect: InsertDialect): readonly Field<Column>[] {
  return fields.filter((field) => !canName(field, dialect));
}

/** Names of MySQL and MariaDB have no characters of four bytes. */
function canName(field: Field<Column>, dialect: InsertDialect): boolean {
  return !isMysql(dialect) || !/[\u{10000}-\u{10ffff}]/u.test(sourceName(field));
}

/** Instants are written in UTC, and these servers read them in the zone of the session. */
const MYSQL_SESSION = "SET NAMES utf8mb4;\nSET time_zone = '+00:00';\n";

function isMysql(dialect: InsertDialect): boolean {
  return dialect === 'mysql' || dialect === 'mariadb';
}

function quotedBy(dialect: InsertDialect): (name: string) => string {
  const quote = isMysql(dialect) ? '`' : '"';
  return (name) => `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

function literal(value: unknown, field: Field<Column>, dialect: InsertDialect): string {
  const text = cellText(value, field);
  if (text === undefined) return 'NULL';
  const { shape } = field;
  if (dialect === 'duckdb' && shape.kind !== 'value') return duckdbValue(value, field);
  if (dialect === 'postgres' && shape.kind === 'array' && shape.element.shape.kind === 'value')
    return arrayText(value, field);
  return shape.kind === 'value' ? scalar(value, shape.type, dialect) : textLiteral(text, dialect);
}

function scalar(value: unknown, type: LogicalType, dialect: InsertDialect): string {
  switch (type.name) {
    case 'integer':
    case 'decimal':
      return plainText(value, type);
    case 'boolean':
      return value === true ? 'TRUE' : 'FALSE';
    case 'float':
      return Number.isFinite(value) ? `${plainText(value, type)}` : textLiteral(plainText(value, type), dialect);
    case 'bytes':
      return bytes(value as Uint8Array, dialect);
    case 'timestamp':
    case 'instant': {
      const text = plainText(value, type).replace('T', ' ');
      return textLiteral(isMysql(dialect) ? text.replace('Z', '') : text.replace('Z', '+00'), dialect);
    }
    default:
      return textLiteral(plainText(value, type), dialect);
  }
}

function bytes(value: Uint8Array, dialect: InsertDialect): string {
  const hex = Buffer.from(value).toString('hex');
  if (isMysql(dialect)) return `x'${hex}'`;
  // As text with backslashes: the same with and without `standard_conforming_strings`.
  return dialect === 'postgres' ? textLiteral(`\\x${hex}`, dialect) : `from_hex('${hex}')`;
}

/** Where a backslash may or may not escape, by a setting of the server, it is written in hexadecimal digits. */
function textLiteral(text: string, dialect: InsertDialect): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  if (!text.includes('\\') || dialect === 'duckdb') return quoted;
  if (dialect === 'postgres') return `E${quoted.replaceAll('\\', '\\\\')}`;
  return `_utf8mb4 x'${Buffer.from(text).toString('hex')}'`;
}

/** Structs, lists and maps in DuckDB's own form. */
function duckdbValue(value: unknown, field: Field<Column>): string {
  if (value === null || value === undefined) return 'NULL';
  const { shape } = field;
  switch (shape.kind) {
    case 'value':
      return scalar(value, shape.type, 'duckdb');
    case 'struct': {
      if (field.type.name === 'json' || shape.fields.length === 0)
        return textLiteral(cellText(value, field) ?? '', 'duckdb');
      const members = shape.fields.map(
        (part) =>
          `${textLiteral(part.name, 'duckdb')}: ${duckdbValue((value as Record<string, unknown>)[part.name], part)}`,
      );
      return `{${members.join(', ')}}`;
    }
    case 'array':
      return `[${(value as readonly unknown[]).map((each) => duckdbValue(each, shape.element)).join(', ')}]`;
    case 'map': {
      const entries = [...(value as ReadonlyMap<unknown, unknown>)].map(
        ([key, each]) => `${scalar(key, shape.key, 'duckdb')}: ${duckdbValue(each, shape.value)}`,
      );
      return `MAP {${entries.join(', ')}}`;
    }
  }
}

/** A list of plain values in PostgreSQL's own text form. */
function arrayText(value: unknown, field: Field<Column>): string {
  const { shape } = field;
  if (shape.kind !== 'array') return 'NULL';
  const elements = (value as readonly unknown[]).map((each) => {
    const text = cellText(each, shape.element);
    return text === undefined ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return textLiteral(`{${elements.join(',')}}`, 'postgres');
}
