import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Row, Value } from '../../model/value.ts';

/** One row by alias; a null-prototype object, so that no alias meets an inherited name. */
export function rowOf(names: readonly string[], values: readonly DuckDBValue[]): Row {
  const row: Record<string, Value> = Object.create(null);
  for (const [index, name] of names.entries()) row[name] = exactValue(values[index] ?? null);
  return row;
}

/** A value exactly as DuckDB holds it; dates and times as DuckDB writes them, instants in UTC. */
export function exactValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'string')
    return value;
  if (typeof value === 'number') return value;
  if (value instanceof DuckDBDecimalValue) return { coefficient: value.value, scale: value.scale };
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : infinite(value.days);
  if (value instanceof DuckDBTimestampTZValue) {
    return value.isFinite ? `${new DuckDBTimestampValue(value.micros).toString()}+00` : infinite(value.micros);
  }
  if (value instanceof DuckDBTimestampValue) return value.isFinite ? value.toString() : infinite(value.micros);
  if (value instanceof DuckDBTimestampSecondsValue) return value.isFinite ? value.toString() : infinite(value.seconds);
  if (value instanceof DuckDBTimestampMillisecondsValue)
    return value.isFinite ? value.toString() : infinite(value.millis);
  if (value instanceof DuckDBTimestampNanosecondsValue)
    return value.isFinite ? value.toString() : infinite(value.nanos);
  return value.toString();
}

function infinite(value: bigint | number): string {
  return value > 0 ? 'infinity' : '-infinity';
}
