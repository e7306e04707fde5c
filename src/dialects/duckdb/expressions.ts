import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { LogicalType } from '../../model/logical-type.ts';
import type { Sql, SqlDialect } from '../../sql/dialect.ts';
import { printRe2 } from '../../sql/pattern.ts';
import { named } from '../../sql/quote.ts';
import { readCell } from './cell.ts';
import { literalSql, momentSql } from './literal.ts';
import { logicalType } from './native-type.ts';

// DuckDB shares PostgreSQL's quotes and its numbered parameters.
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

let depth = 0;

/** How DuckDB writes what checks need. */
export const duckdbSql: SqlDialect = {
  compile: (query) => {
    const { sql: text, parameters } = query.compile(compiler);
    return { sql: text, parameters };
  },
  syntax: 'standard',
  selectListLimit: 10_000,
  parameterLimit: 65_535,

  // A column of a database file may carry a collation of its own.
  text: (value) => sql`(cast(${value} as varchar) collate "binary")`,
  codePoints: (text) => sql`length(cast(${text} as varchar))`,
  matches: (text, pattern) => sql`regexp_matches(cast(${text} as varchar), ${printRe2(pattern)})`,
  ibanChecks,
  literal: literalSql,
  instant: (now) => momentSql(now.microseconds, { name: 'instant' }),
  isNaN: (value, type) => (type.name === 'float' ? sql`isnan(${value})` : undefined),
  isFinite: (value, type) =>
    type.name === 'time' ? sql`${value} is not null` : sql`isfinite(${microsecondType(value, type)})`,
  microseconds: (value, type) => sql`epoch_us(${microsecondType(value, type)})`,
  fromMicroseconds: momentSql,
  float: (value) => sql`cast(${value} as double)`,
  sum: (value, type) => sql`sum(${type.name === 'float' ? sql`cast(${value} as double)` : value})`,
  stddev: (value) => sql`stddev_samp(cast(${value} as double))`,
  // Over decimals DuckDB rounds the result to the column's own scale: the median of 1 and 2 was 1.
  percentile: (value, fraction) => sql`quantile_cont(cast(${value} as double), cast(${fraction} as double))`,
  display: (value) => sql`cast(${value} as varchar)`,

  member: (value, name) => sql`struct_extract(${value}, ${name})`,
  mapValues: (value) => sql`map_values(${value})`,
  anyElement: (list, condition) => {
    // The lambdas of lists in lists have parameters of their own, named by depth so that equal conditions have equal texts.
    depth++;
    try {
      const element = sql.id(`element ${depth}`) as unknown as Sql;
      return sql`coalesce(list_bool_or(list_transform(${list}, lambda ${element} : ${condition(element)})), false)`;
    } finally {
      depth--;
    }
  },
  // Neither UNNEST nor stars may stand there; it needs a window.
  onlyScalars: (values) =>
    sql`qualify row_number() over () = 0 and (${sql.join(
      values.map((value) => sql`${value} is null`),
      sql` or `,
    )})`,
  describedColumn: ({ column_type }, { name }) => {
    const native = String(column_type);
    return { name, native, type: logicalType(native), value: named(name) };
  },
  cell: readCell,
};

function microsecondType(value: Sql, type: LogicalType): Sql {
  return type.name === 'timestamp' && type.precision !== 6 ? sql`cast(${value} as timestamp)` : value;
}

/** ISO 13616: the first four characters behind the rest, letters as 10 to 35, modulo 97 is 1. */
function ibanChecks(text: Sql): Sql {
  const moved = sql`(substr(${text}, 5) || left(${text}, 4))`;
  const digit = sql`lambda "c" : case when "c" between '0' and '9' then unicode("c") - 48 else unicode("c") - 55 end`;
  const digits = sql`list_transform(string_split(upper(${moved}), ''), ${digit})`;
  const step = sql`lambda "sum", "d" : ("sum" * case when "d" > 9 then 100 else 10 end + "d") % 97`;
  return sql`(list_reduce(list_prepend(0, ${digits}), ${step}) = 1)`;
}
