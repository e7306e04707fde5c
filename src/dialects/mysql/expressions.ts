import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely';
import type { SqlDialect } from '../../sql/dialect.ts';
import { type PatternSyntax, printPattern } from '../../sql/pattern.ts';
import { describedColumn } from './described.ts';
import { display } from './display.ts';
import { ibanChecks } from './iban.ts';
import { anyElement, mapValues, memberOf, readJson } from './json.ts';
import { asFloat, literalSql, momentSql } from './literal.ts';
import { textOf, utf8 } from './text.ts';
import type { Words } from './words.ts';

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new MysqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new MysqlIntrospector(database),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
});

/** Regular expressions as ICU and PCRE2 both read them. */
const SYNTAX: PatternSyntax = {
  start: ['\\A', '(?:\\A)'],
  end: ['\\z', '(?:\\z)'],
  any: '(?s:.)',
  codePoint: (code) => `\\x{${code.toString(16)}}`,
};

/** How MySQL, or MariaDB, writes what checks need. */
export function mysqlDialect(words: Words): SqlDialect {
  return {
    compile: (query) => {
      const { sql: text, parameters } = query.compile(compiler);
      return { sql: text, parameters };
    },
    syntax: 'mysql',
    // Columns of a table, which results are kept in.
    selectListLimit: 4096,
    // Counted in 16 bits by the protocol.
    parameterLimit: 65_535,

    text: textOf,
    codePoints: (text) => sql`char_length(${utf8(text)})`,
    // MySQL refuses an empty expression.
    matches: (text, pattern) => words.matches(text, sql`${printPattern(pattern, SYNTAX) || '(?:)'}`),
    ibanChecks: (text) => ibanChecks(text, words),
    literal: literalSql,
    instant: (now) => momentSql(now.microseconds, { name: 'instant' }),
    isNaN: () => undefined,
    // Days such as 0000-00-00 and 2024-00-10 have no place in the calendar.
    isFinite: (value, type) =>
      type.name === 'time' ? sql`${value} is not null` : sql`(to_days(${value}) is not null)`,
    microseconds: (value) => sql`timestampdiff(microsecond, '1970-01-01 00:00:00.000000', ${value})`,
    fromMicroseconds: momentSql,
    float: asFloat,
    sum: (value, type) => sql`sum(${type.name === 'float' ? asFloat(value) : value})`,
    stddev: (value) => sql`stddev_samp(${asFloat(value)})`,
    display,

    // Neither server hashes: what is distinct is kept apart, and gets an index there.
    lookedUp: (rows) => sql`select distinct l.* from (${rows}) l`,

    member: (value, name) => memberOf(value, name, words),
    memberValue: (member, type) => readJson(member, type, words),
    mapValues,
    anyElement: (list, condition) => anyElement(list, condition, words),
    describedColumn: (described, declared) => describedColumn(described, declared, words),
  };
}
