import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Bound values with the types that keep them exactly, by their places. */
export async function boundValues(
  parameters: readonly unknown[],
): Promise<{ readonly values: DuckDBValue[]; readonly types: (DuckDBType | undefined)[] }> {
  const duckdb = await import('@duckdb/node-api');
  const bind = (value: unknown): readonly [DuckDBValue, DuckDBType | undefined] => {
    switch (typeof value) {
      case 'string':
        return [value, duckdb.VARCHAR];
      case 'boolean':
        return [value, duckdb.BOOLEAN];
      case 'bigint':
        return [value, value >= INT64.least && value <= INT64.most ? duckdb.BIGINT : duckdb.HUGEINT];
      case 'number':
        return Number.isSafeInteger(value) ? [BigInt(value), duckdb.BIGINT] : [value, duckdb.DOUBLE];
      case 'object':
        if (value === null) return [null, duckdb.SQLNULL];
        if (value instanceof Uint8Array) return [new duckdb.DuckDBBlobValue(value), duckdb.BLOB];
        if (value instanceof Date) {
          return [new duckdb.DuckDBTimestampTZValue(BigInt(value.getTime()) * 1000n), duckdb.TIMESTAMPTZ];
        }
        if (Array.isArray(value) && value.length === 0) return [duckdb.listValue([]), duckdb.LIST(duckdb.SQLNULL)];
        return [nested(value as object, duckdb), undefined];
      default:
        return [null, duckdb.SQLNULL];
    }
  };
  const pairs = parameters.map(bind);
  return { values: pairs.map(([value]) => value), types: pairs.map(([, type]) => type) };
}

/** Lists, maps and plain objects as the driver's own; those know their types. */
function nested(value: object, duckdb: typeof import('@duckdb/node-api')): DuckDBValue {
  const part = (inner: unknown): DuckDBValue =>
    typeof inner === 'object' && inner !== null ? nested(inner, duckdb) : (inner as DuckDBValue);
  if (Array.isArray(value)) return duckdb.listValue(value.map(part));
  if (value instanceof Map) {
    return duckdb.mapValue([...value].map(([key, inner]) => ({ key: part(key), value: part(inner) })));
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value as DuckDBValue;
  return duckdb.structValue(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, part(inner)])));
}
