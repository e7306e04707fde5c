import { DuckDBInstance } from '@duckdb/node-api';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { printLogicalType } from '../../src/sql/logical-type.ts';
import { connect } from '../support/servers/connect.ts';
import type { RunningServer } from '../support/servers/server.ts';

/** An engine that says what is left of values that are cast to another type and back. */
export interface CastingEngine {
  /** The engine's name of the type; undefined where it does not store it as it is. */
  typeOf(type: LogicalType): string | undefined;
  /** The values that do not come back as they were, or are refused. */
  lostOf(values: readonly string[], from: string, to: string): Promise<readonly string[]>;
  /** Those that differ once they were converted in New York and read back in Los Angeles. */
  shiftedOf(values: readonly string[], from: string, to: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const SHARED: Readonly<Record<string, string>> = {
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  integer: 'bigint',
  float32: 'real',
  float64: 'double precision',
  string: 'varchar',
  boolean: 'boolean',
  date: 'date',
  uuid: 'uuid',
  json: 'json',
  timestamp: 'timestamp',
  instant: 'timestamptz',
  'instant(6)': 'timestamptz',
  time: 'time',
  'time(6)': 'time',
};

/** DuckDB ignores lengths, and has four precisions of timestamps. */
const DUCKDB: Readonly<Record<string, string>> = {
  ...SHARED,
  int8: 'tinyint',
  'timestamp(0)': 'timestamp_s',
  'timestamp(3)': 'timestamp_ms',
  'timestamp(6)': 'timestamp',
};

export async function duckdbCasts(): Promise<CastingEngine> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const list = (values: readonly string[]) => `[${values.map(quoted).join(', ')}]`;
  const lost = async (sql: string) => (await connection.runAndReadAll(sql)).getRows().map(([value]) => String(value));
  // There is no cast from milliseconds to seconds but by way of microseconds.
  const cast = (value: string, from: string, to: string) =>
    from.startsWith('timestamp_') && to.startsWith('timestamp_')
      ? `try_cast(try_cast(${value} as timestamp) as ${to})`
      : `try_cast(${value} as ${to})`;
  return {
    typeOf: (type) =>
      DUCKDB[printLogicalType(type)] ??
      (type.name === 'decimal' && type.precision !== undefined ? printLogicalType(type) : undefined),
    async lostOf(values, from, to) {
      const there = to === 'json' ? "to_json(x)->>'$'" : cast('x', from, to);
      return lost(`select v from (select v, cast(v as ${from}) as x from (select unnest(${list(values)}) as v))
        where ${cast(there, to, from)} is distinct from x or x is null`);
    },
    async shiftedOf(values, from, to) {
      await connection.run("set timezone = 'America/New_York'");
      await connection.run(`create or replace temp table moved as select v, cast(v as ${from}) as x, cast(x as ${to}) as y
        from (select unnest(${list(values)}) as v)`);
      await connection.run("set timezone = 'America/Los_Angeles'");
      return lost(`select v from moved where cast(y as ${from}) is distinct from x`);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function postgresCasts(server: RunningServer): Promise<CastingEngine> {
  const connection = await connect(server.url);
  // A value that is refused costs only its own answer.
  await connection.query(`create function pg_temp.comes_back(v text, f text, t text) returns boolean language plpgsql as $$
    declare same boolean;
    begin
      execute format(
        case t when 'json' then 'select (to_jsonb(x) #>> ''{}'')::%1$s is not distinct from x from (select cast(%3$L as %1$s) as x) q'
        else 'select cast(cast(x as %2$s) as %1$s) is not distinct from x from (select cast(%3$L as %1$s) as x) q' end, f, t, v) into same;
      return same;
    exception when others then return false;
    end $$`);
  const texts = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map(({ v }) => String(v));
  return {
    typeOf(type) {
      const name = printLogicalType(type);
      if (name === 'decimal') return 'numeric';
      if (type.name === 'string' && type.length !== undefined) return `varchar(${type.length})`;
      const sized = /^(timestamp|time)\((\d)\)$/.exec(name) ?? /^(instant)\((\d)\)$/.exec(name);
      if (sized) return `${sized[1] === 'instant' ? 'timestamptz' : sized[1]}(${sized[2]})`;
      return SHARED[name] ?? (type.name === 'decimal' ? name : undefined);
    },
    async lostOf(values, from, to) {
      // What is no value of the type at all would be lost from any type.
      await connection.query(`select count(cast(v as ${from})) from unnest($1::text[]) v`, [values]);
      const asked = 'select v from unnest($1::text[]) v where not pg_temp.comes_back(v, $2::text, $3::text)';
      return texts(await connection.query(asked, [values, from, to]));
    },
    async shiftedOf(values, from, to) {
      await connection.query("set timezone = 'America/New_York'");
      await connection.query('drop table if exists moved');
      await connection.query(`create temp table moved as select v, x, cast(x as ${to}) as y
        from (select v, cast(v as ${from}) as x from unnest(array[${values.map(quoted).join(', ')}]) v) q`);
      await connection.query("set timezone = 'America/Los_Angeles'");
      return texts(await connection.query(`select v from moved where cast(y as ${from}) is distinct from x`));
    },
    close: () => connection.close(),
  };
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
