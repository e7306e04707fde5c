import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBMaterializedResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Row, Value } from '../../model/value.ts';
import { EngineError } from '../../sql/dialect.ts';

const FLOATS: readonly DuckDBTypeId[] = [DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE];

/** The rows of a result by alias; null-prototype objects, so that no alias meets an inherited name. Throws `EngineError`. */
export async function rowsOf(result: DuckDBMaterializedResult): Promise<readonly Row[]> {
  const names = result.columnNames();
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  // `columns(*)` in contract SQL is written out as several columns of one alias: none of them may be taken for the result.
  if (repeated !== undefined) throw new EngineError('failed', 'an expression gives several columns, expected one');
  const floats = result.columnTypes().map(({ typeId }) => FLOATS.includes(typeId));
  return (await result.getRows()).map((values) => {
    const row: Record<string, Value> = Object.create(null);
    for (const [index, name] of names.entries()) {
      const value = exactValue(values[index] ?? null);
      // The driver gives the small integers as numbers.
      row[name] = typeof value === 'number' && !floats[index] ? BigInt(value) : value;
    }
    return row;
  });
}

/** A value exactly as DuckDB holds it; dates and times in ISO form, instants in UTC, nested values as DuckDB writes them. */
function exactValue(value: DuckDBValue): Value {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof DuckDBDecimalValue) return { coefficient: value.value, scale: value.scale };
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : infinite(value.days);
  if (value instanceof DuckDBTimestampTZValue) {
    return value.isFinite ? `${iso(new DuckDBTimestampValue(value.micros))}Z` : infinite(value.micros);
  }
  if (value instanceof DuckDBTimestampValue) return value.isFinite ? iso(value) : infinite(value.micros);
  if (value instanceof DuckDBTimestampSecondsValue) return value.isFinite ? iso(value) : infinite(value.seconds);
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.isFinite ? iso(value) : infinite(value.millis);
  if (value instanceof DuckDBTimestampNanosecondsValue) return value.isFinite ? iso(value) : infinite(value.nanos);
  return value.toString();
}

function iso(time: { toString(): string }): string {
  return time.toString().replace(/^(\S+) (?=\d)/, '$1T');
}

function infinite(value: bigint | number): string {
  return value > 0 ? 'infinity' : '-infinity';
}
