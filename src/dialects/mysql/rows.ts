import type { FieldPacket } from 'mysql2';
import type { Row, Value } from '../../model/value.ts';
import { EngineError } from '../../sql/dialect.ts';
import { parseDecimal } from '../../util/decimal.ts';

/** Column types of the protocol (MySQL's manual of the source, `field_types.h`). */
const TYPE = { decimal: 0, float: 4, double: 5, timestamp: 7, datetime: 12, bit: 16, newDecimal: 246 } as const;
const INTEGERS: ReadonlySet<number> = new Set([1, 2, 3, 8, 9, 13]);

type Field = Pick<FieldPacket, 'name'> & { readonly columnType?: number };

/** The rows of a result by alias, every value exact. Throws `EngineError`. */
export function rowsOf(rows: readonly (readonly unknown[])[], fields: readonly Field[]): readonly Row[] {
  const names = fields.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  // `t.*` in contract SQL is written out as several columns of one alias: none of them may be taken for the result.
  if (repeated !== undefined) throw new EngineError('failed', 'an expression gives several columns, expected one');
  return rows.map((values) => {
    const row: Record<string, Value> = Object.create(null);
    for (const [index, { name, columnType = -1 }] of fields.entries())
      row[name] = exactValue(values[index], columnType);
    return row;
  });
}

function exactValue(value: unknown, type: number): Value {
  if (value === null || value === undefined) return null;
  if (INTEGERS.has(type)) return BigInt(value as string | number);
  switch (type) {
    case TYPE.float:
    case TYPE.double:
      return Number(value);
    case TYPE.decimal:
    case TYPE.newDecimal:
      return parseDecimal(String(value)) ?? Number(value);
    case TYPE.bit:
      return BigInt(`0x${(value as Buffer).toString('hex')}`);
    case TYPE.datetime:
      return isoOf(String(value));
    case TYPE.timestamp:
      return `${isoOf(String(value))}Z`;
    default:
  }
  if (Buffer.isBuffer(value)) return textOf(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isoOf(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** Bytes that are a text are shown as one: what compares by code point arrives as bytes. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('hex');
}
