import type { QueryArrayResult } from 'pg';
import type { Row, Value } from '../../model/value.ts';
import { EngineError } from '../../sql/dialect.ts';
import { parseDecimal } from '../../util/decimal.ts';

/** Object identifiers of types as `pg_type.dat` of PostgreSQL fixes them. */
const OID = {
  boolean: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  float4: 700,
  float8: 701,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
} as const;

/** The rows of a result by alias; every value arrives as PostgreSQL's own text, so nothing is rounded on the way. Throws `EngineError`. */
export function rowsOf({ rows, fields }: QueryArrayResult<(string | null)[]>): readonly Row[] {
  const names = fields.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  // `t.*` in contract SQL is written out as several columns of one alias: none of them may be taken for the result.
  if (repeated !== undefined) throw new EngineError('failed', 'an expression gives several columns, expected one');
  return rows.map((values) => {
    const row: Record<string, Value> = Object.create(null);
    for (const [index, { name, dataTypeID }] of fields.entries()) {
      const text = values[index] ?? null;
      row[name] = text === null ? null : exactValue(text, dataTypeID);
    }
    return row;
  });
}

function exactValue(text: string, type: number): Value {
  switch (type) {
    case OID.boolean:
      return text === 't';
    case OID.int2:
    case OID.int4:
    case OID.int8:
    case OID.oid:
      return BigInt(text);
    case OID.float4:
    case OID.float8:
      return Number(text);
    case OID.numeric:
      return parseDecimal(text) ?? Number(text);
    case OID.timestamp:
      return text.replace(/^(\S+) (?=\d)/, '$1T');
    case OID.timestamptz:
      return text.replace(/^(\S+) (?=\d)/, '$1T').replace(/\+00(?= BC$|$)/, 'Z');
    default:
      return text;
  }
}
