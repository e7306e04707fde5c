import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Sql, SqlDialect } from '../../sql/dialect.ts';
import { type PatternSyntax, printPattern } from '../../sql/pattern.ts';
import { describedColumn } from './described.ts';
import { anyJsonElement, readJson } from './json.ts';
import { literalSql, momentSql } from './literal.ts';

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** PostgreSQL's advanced regular expressions (manual, §9.7.3). */
const ARE: PatternSyntax = {
  start: ['\\A', '(?:\\A)'],
  end: ['\\Z', '(?:\\Z)'],
  any: '.',
  codePoint: (code) =>
    code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`,
};

/** How PostgreSQL writes what checks need. */
export const postgresSql: SqlDialect = {
  compile: (query) => {
    const { sql: text, parameters } = query.compile(compiler);
    return { sql: text, parameters };
  },
  syntax: 'standard',
  selectListLimit: 1664,
  // Counted in 16 bits by the protocol.
  parameterLimit: 65_535,

  // Over any collation of the column, those that call different texts equal included.
  text: textOf,
  codePoints: (text) => sql`char_length(cast(${text} as text))`,
  matches: (text, pattern) => sql`(${textOf(text)} ~ cast(${printPattern(pattern, ARE)} as text))`,
  ibanChecks,
  literal: literalSql,
  instant: (now) => momentSql(now.microseconds, { name: 'instant' }),
  isNaN: (value, type) => (type.name === 'float' || type.name === 'decimal' ? sql`(${value} = 'NaN')` : undefined),
  isFinite: (value, type) => (type.name === 'time' ? sql`${value} is not null` : sql`isfinite(${value})`),
  // numeric since PostgreSQL 14, so nothing is rounded.
  microseconds: (value) => sql`trunc(extract(epoch from ${value}) * 1000000)`,
  fromMicroseconds: momentSql,
  float: asFloat,
  sum: (value, type) => sql`sum(${type.name === 'float' ? asFloat(value) : value})`,
  stddev: (value) => sql`stddev_samp(${asFloat(value)})`,
  percentile: (value, fraction) =>
    sql`percentile_cont(cast(${fraction} as double precision)) within group (order by ${asFloat(value)})`,
  display: (value) => sql`cast(${value} as text)`,

  member: (value, name) => sql`nullif(${value} -> cast(${name} as text), 'null')`,
  memberValue: readJson,
  // An object's values as a list; of what is neither, nothing.
  mapValues: (value) =>
    sql`(select jsonb_agg(each.value) from jsonb_each(case when jsonb_typeof(${value}) = 'object' then ${value} end) as each)`,
  anyElement: (list, condition) =>
    anyJsonElement(sql`jsonb_array_elements(case when jsonb_typeof(${list}) = 'array' then ${list} end)`, condition),
  // Functions that give sets of rows may stand in no CASE.
  onlyScalars: (values) => sql`order by ${sql.join(values.map((value) => sql`case when ${value} is null then 1 end`))}`,
  describedColumn,
};

function textOf(value: Sql): Sql {
  return sql`(cast(${value} as text) collate "C")`;
}

function asFloat(value: Sql): Sql {
  return sql`cast(${value} as double precision)`;
}

/** ISO 13616: the first four characters behind the rest, letters as 10 to 35, modulo 97 is 1. False for what is no IBAN at all. */
function ibanChecks(text: Sql): Sql {
  const plain = sql`upper(cast(${text} as text))`;
  const moved = sql`(substr(${plain}, 5) || left(${plain}, 4))`;
  const digits = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].reduce(
    (inner, letter, index) => sql`replace(${inner}, ${sql.lit(letter)}, ${sql.lit(String(index + 10))})`,
    moved,
  );
  // An `or` does not keep PostgreSQL from evaluating its other side; `case` does.
  return sql`(case when ${textOf(text)} ~ '^[A-Za-z0-9]{5,40}$' then mod(cast(${digits} as numeric), 97) = 1 else false end)`;
}
